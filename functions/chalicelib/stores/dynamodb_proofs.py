"""Proofs of addresses in the table of submissions, for minutes or a day.

    pk                  sk        what
    proof#KEY           pointer   the HMAC of an address and its six digits
    tally#NAME          pointer   how many e-mails or tries

They are read at their keys only and name no record in an index: DynamoDB's own erasure is
enough for them.
"""

from __future__ import annotations

from datetime import UTC, datetime

from chalicelib.intake.proofs import Proof
from chalicelib.stores.dynamodb_items import TIME_TO_LIVE, Item, pointer_key, seconds
from chalicelib.stores.dynamodb_table import DynamodbTable


class DynamodbProofStore:
    """`ProofStore` in `table`, which the store of submissions closes."""

    def __init__(self, table: DynamodbTable) -> None:
        self._table = table

    def keep(self, proof: Proof) -> None:
        """See `ProofStore.keep`."""
        item = {**_place(proof.submission_key), "mac": {"S": proof.mac}}
        self._table.transact([self._table.putting({**item, **_ending(proof.expires_at)})])

    def find(self, submission_key: str, now: datetime) -> Proof | None:
        """See `ProofStore.find`."""
        item = self._table.get(_place(submission_key))
        if item is None:
            return None
        expires_at = datetime.fromtimestamp(int(item["expires_at"]["N"]), UTC)
        return Proof(submission_key, item["mac"]["S"], expires_at) if expires_at > now else None

    def forget(self, submission_key: str) -> None:
        """See `ProofStore.forget`."""
        self._table.delete([_place(submission_key)])

    def count(self, name: str, until: datetime, at_most: int) -> bool:
        """See `ProofStore.count`. A try whose answer was lost counts twice: never too few."""
        if at_most < 1:
            return False
        return self._table.increment(pointer_key("tally", name), at_most, _ending(until))

    def purge(self, now: datetime) -> None:
        """See `ProofStore.purge`: DynamoDB erases what is past its `forgotten_at`."""


def _place(submission_key: str) -> Item:
    return pointer_key("proof", submission_key)


def _ending(moment: datetime) -> Item:
    return {"expires_at": seconds(moment), TIME_TO_LIVE: seconds(moment)}
