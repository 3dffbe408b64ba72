"""Proofs of addresses in the file of the embedded store, for minutes or a day."""

from __future__ import annotations

from datetime import UTC, datetime

from chalicelib.intake.proofs import Proof
from chalicelib.stores.sqlite_database import SqliteDatabase
from chalicelib.stores.sqlite_rows import seconds

_KEEP = "insert or replace into proof (submission_key, mac, expires_at) values (?, ?, ?)"
_FIND = "select mac, expires_at from proof where submission_key = ? and expires_at > ?"
_COUNT = (
    "insert into tally (name, expires_at, number) values (?, ?, 1)"
    " on conflict (name) do update set number = number + 1 where number < ?"
)


class SqliteProofStore:
    """`ProofStore` on an open database, which the store of submissions closes."""

    def __init__(self, database: SqliteDatabase) -> None:
        self._database = database

    def keep(self, proof: Proof) -> None:
        """See `ProofStore.keep`."""
        row = proof.submission_key, proof.mac, seconds(proof.expires_at)
        with self._database.writing() as connection:
            connection.execute(_KEEP, row)

    def find(self, submission_key: str, now: datetime) -> Proof | None:
        """See `ProofStore.find`."""
        with self._database.locked() as connection:
            row = connection.execute(_FIND, (submission_key, seconds(now))).fetchone()
        return Proof(submission_key, row[0], datetime.fromtimestamp(row[1], UTC)) if row else None

    def forget(self, submission_key: str) -> None:
        """See `ProofStore.forget`."""
        with self._database.writing() as connection:
            connection.execute("delete from proof where submission_key = ?", (submission_key,))

    def count(self, name: str, until: datetime, at_most: int) -> bool:
        """See `ProofStore.count`."""
        if at_most < 1:
            return False
        return self._database.changed(_COUNT, (name, seconds(until), at_most))

    def purge(self, now: datetime) -> None:
        """See `ProofStore.purge`."""
        with self._database.writing() as connection:
            for table in ("proof", "tally"):
                gone = f"delete from {table} where expires_at <= ?"  # noqa: S608 - our names
                connection.execute(gone, (seconds(now),))
