"""The store on AWS: one DynamoDB table, paid by the request.

- A record, its pointers and their conditions are one transaction: all of it or nothing.
- Reads are consistent, and hide what has expired: DynamoDB's own erasure may take days.
- A withdrawal or a purge erases from the table; its backups forget some days later
  (docs/deployment.md counts them in the promise). The files of a record go before it, so
  that what is cut short is found again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from chalicelib.errors import StoreUnavailableError, StoreUncertainError
from chalicelib.intake.ports import SealedMessage, SealedSubmission, Status
from chalicelib.stores import dynamodb_items as items
from chalicelib.stores.aws_calls import AwsCalls
from chalicelib.stores.aws_refusals import ConditionFailedError
from chalicelib.stores.dynamodb_index import DynamodbIndex
from chalicelib.stores.dynamodb_items import Item
from chalicelib.stores.dynamodb_proofs import DynamodbProofStore
from chalicelib.stores.dynamodb_table import DynamodbTable
from chalicelib.stores.s3_attachments import S3AttachmentStore
from chalicelib.stores.s3_files import S3Files

_LIVE = "expires_at = :expiry and #status <> :withdrawn"
_MAX_ACTIONS = 100  # of one transaction
_PURGED_TOGETHER = 25


class DynamodbSubmissionStore:
    """`SubmissionStore` in the table `table`; its files in a bucket, where there is one."""

    def __init__(self, table: str, calls: AwsCalls, files: S3Files | None = None) -> None:
        self._table = DynamodbTable(table, calls)
        self._index = DynamodbIndex(self._table)
        self._files = files
        self.proofs = DynamodbProofStore(self._table)
        self.attachments = S3AttachmentStore(files, self) if files else None

    def close(self) -> None:
        """Release the connections."""
        self._table.close()
        if self._files:
            self._files.close()

    def add(self, submission: SealedSubmission) -> SealedSubmission:
        """See `SubmissionStore.add`.

        When the answer is lost, the table itself is asked what happened:

            put ──✗ no answer   get ──▶ there      → acknowledged
                                get ──▶ not there  → nothing was recorded
                                get ──✗ no answer  → StoreUncertainError
        """
        try:
            self._table.transact(map(self._table.adding, items.to_items(submission)))
        except (ConditionFailedError, StoreUncertainError) as error:
            return self._recorded(submission.key, error)
        return submission

    def find(self, key: str, now: datetime) -> SealedSubmission | None:
        """See `SubmissionStore.find`."""
        record = self._record(key)
        return record if record and record.expires_at > now else None

    def find_by_lookup(self, lookup: str, now: datetime) -> SealedSubmission | None:
        """See `SubmissionStore.find_by_lookup`."""
        record = self._pointed("lookup", lookup, now) if lookup else None
        return record if record and record.follow_lookup == lookup else None

    def find_by_reference(self, reference: str, now: datetime) -> SealedSubmission | None:
        """See `SubmissionStore.find_by_reference`."""
        return self._pointed("reference", reference, now)

    def all(self, now: datetime) -> Iterator[SealedSubmission]:
        """See `SubmissionStore.all`."""
        known = (key for key, expires_at in self._index.oldest_first() if expires_at > now)
        return (record for record in self._index.records(known) if record.expires_at > now)

    def set_status(self, key: str, status: Status) -> None:
        """See `SubmissionStore.set_status`."""
        self._table.change(items.record_key(key), status={"S": str(status)})

    def set_expiry(self, key: str, expires_at: datetime) -> None:
        """See `SubmissionStore.set_expiry`. The record last: what goes with it never goes first."""
        record = self._record(key)
        if record is None:
            return
        beside = [{"pk": each["pk"], "sk": each["sk"]} for each in self._messages(key)]
        if self._files:
            self._files.keep(key, expires_at)
        for place in [*items.pointer_keys(record), *beside, items.record_key(key)]:
            self._table.change(place, **items.ending(expires_at))

    def add_message(self, message: SealedMessage, now: datetime) -> bool:
        """See `SubmissionStore.add_message`."""
        record = self.find(message.submission_key, now)
        if record is None or record.status == Status.WITHDRAWN:
            return False
        values = {
            ":expiry": items.seconds(record.expires_at),
            ":withdrawn": {"S": str(Status.WITHDRAWN)},
        }
        place = items.record_key(record.key)
        message_item = items.to_message_item(message, record.expires_at)
        try:
            self._table.transact(
                [
                    self._table.requiring(place, _LIVE, values, status="status"),
                    self._table.adding(message_item),
                ]
            )
        except ConditionFailedError as error:
            # The message is there already; or its record has just moved or gone: look again.
            return not error.failed[0] or self.add_message(message, now)
        return True

    def messages(self, submission_key: str, now: datetime) -> list[SealedMessage]:
        """See `SubmissionStore.messages`."""
        if self.find(submission_key, now) is None:
            return []
        found = map(items.from_message_item, self._messages(submission_key))
        return sorted(found, key=lambda message: (message.sent_at, message.key))

    def replace(self, record: SealedSubmission, ciphertext: bytes) -> bool:
        """See `SubmissionStore.replace`."""
        place = items.record_key(record.key)
        return self._table.exchange(place, "ciphertext", record.ciphertext, ciphertext)

    def replace_message(self, message: SealedMessage, ciphertext: bytes) -> bool:
        """See `SubmissionStore.replace_message`."""
        place = items.message_key(message)
        return self._table.exchange(place, "ciphertext", message.ciphertext, ciphertext)

    def withdraw(self, key: str, forgotten_at: datetime) -> None:
        """See `SubmissionStore.withdraw`.

        Files go first: when S3 fails, nothing has changed and the same button works again.
        And once more at the end, for one that was on its way meanwhile.
        """
        record = self._record(key)
        if record is None:
            return
        self._erase_files(key)
        left = SealedSubmission(
            key=record.key,
            reference=record.reference,
            kind=record.kind,
            received_at=record.received_at,
            expires_at=forgotten_at,
            ciphertext=b"",
            status=Status.WITHDRAWN,
        )
        kept = [self._table.putting(item) for item in items.to_items(left)]
        gone = [*items.pointer_keys(record)[1:], *self._messages(key)]
        room = _MAX_ACTIONS - len(kept)
        self._table.delete(gone[room:])
        self._table.transact([*kept, *map(self._table.deletion, gone[:room])])
        try:
            self._erase_files(key)
        except StoreUnavailableError as error:  # withdrawn already: not « nothing was done »
            raise StoreUncertainError("s3") from error

    def purge(self, now: datetime) -> int:
        """See `SubmissionStore.purge`. A thread a shard: each waits for answers, not for us."""
        from concurrent.futures import ThreadPoolExecutor  # housekeeping only

        with ThreadPoolExecutor(len(items.SHARDS)) as pool:
            return sum(pool.map(lambda shard: self._purge_shard(shard, now), items.SHARDS))

    def _purge_shard(self, shard: str, now: datetime) -> int:
        """The records last: a purge cut short is done again."""
        expired = self._index.expired(shard, now)
        erased = 0
        while batch := list(islice(expired, _PURGED_TOGETHER)):
            for record in batch:
                self._erase_files(record.key)
            beside = [self._beside(record) for record in batch]
            self._table.delete(each for some in beside for each in some)
            self._table.delete(items.record_key(record.key) for record in batch)
            erased += len(batch)
        return erased

    def _beside(self, record: SealedSubmission) -> list[Item]:
        return [*self._messages(record.key), *items.pointer_keys(record)]

    def _erase_files(self, key: str) -> None:
        if self._files:
            self._files.erase(key)

    def _record(self, key: str) -> SealedSubmission | None:
        # An empty key is what the health page asks for: the table must answer all the same.
        item = self._table.get(items.record_key(key or "-"))
        return items.from_item(item) if item else None

    def _recorded(self, key: str, error: Exception) -> SealedSubmission:
        """What the table says when a transaction did not."""
        try:
            recorded = self._record(key)
        except StoreUnavailableError:
            raise StoreUncertainError("dynamodb") from error
        if recorded is None:
            raise StoreUnavailableError("dynamodb") from error
        return recorded

    def _pointed(self, kind: str, value: str, now: datetime) -> SealedSubmission | None:
        pointer = self._table.get(items.pointer_key(kind, value))
        return self.find(pointer["target"]["S"], now) if pointer else None

    def _messages(self, key: str) -> list[Item]:
        found = self._table.query(
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": key}},
            ConsistentRead=True,
        )
        return [item for item in found if items.is_message(item)]
