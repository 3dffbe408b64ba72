"""The embedded store of submissions and messages, in one SQLite file."""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from chalicelib.errors import StoreUnavailableError
from chalicelib.intake.ports import SealedMessage, SealedSubmission, Status
from chalicelib.stores.sqlite_attachments import SqliteAttachmentStore
from chalicelib.stores.sqlite_database import SqliteDatabase, empty_log, transaction
from chalicelib.stores.sqlite_proofs import SqliteProofStore
from chalicelib.stores.sqlite_rows import (
    INSERT_MESSAGE,
    INSERT_ONCE,
    REPLACE_MESSAGE,
    SELECT,
    SELECT_MESSAGES,
    WITHDRAW,
    from_message_row,
    from_row,
    seconds,
    to_message_row,
    to_row,
)


@dataclass
class _Waiting:
    """A submission whose turn to be written has not come."""

    submission: SealedSubmission
    stored: SealedSubmission | None = None
    is_over: bool = False


class SqliteSubmissionStore:
    """`SubmissionStore` in the file `path`, made readable by its owner only."""

    def __init__(self, path: Path) -> None:
        self.database = SqliteDatabase(path)
        self.attachments = SqliteAttachmentStore(self.database)
        self.proofs = SqliteProofStore(self.database)
        self._queue: deque[_Waiting] = deque()

    def close(self) -> None:
        """Release the file."""
        self.database.close()

    def add(self, submission: SealedSubmission) -> SealedSubmission:
        """See `SubmissionStore.add`.

        Whoever gets the lock commits for all those who wait for it, so that one flush
        of the disk serves the whole group:

            thread 1  lock, commit [1] │
            thread 2      waits        │ lock, commit [2, 3] │
            thread 3         waits     │       waits         │ lock: done already
        """
        waiting = _Waiting(submission)
        self._queue.append(waiting)
        with self.database.turn() as connection:
            if not waiting.is_over:
                self._commit_group(connection)
        if waiting.stored is None:
            raise StoreUnavailableError("sqlite")
        return waiting.stored

    def _commit_group(self, connection: sqlite3.Connection) -> None:
        group = [self._queue.popleft() for _ in range(len(self._queue))]
        try:
            self.database.require_file()
            with transaction(connection):
                stored = [_add_once(connection, each.submission) for each in group]
            for each, record in zip(group, stored, strict=True):
                each.stored = record
        finally:
            for each in group:
                each.is_over = True

    def find(self, key: str, now: datetime) -> SealedSubmission | None:
        """See `SubmissionStore.find`."""
        return self._one("key", key, now)

    def find_by_lookup(self, lookup: str, now: datetime) -> SealedSubmission | None:
        """See `SubmissionStore.find_by_lookup`."""
        return self._one("follow_lookup", lookup, now)

    def find_by_reference(self, reference: str, now: datetime) -> SealedSubmission | None:
        """See `SubmissionStore.find_by_reference`."""
        return self._one("reference", reference, now)

    def all(self, now: datetime) -> Iterator[SealedSubmission]:
        """See `SubmissionStore.all`."""
        query = f"{SELECT} where expires_at > ? order by received_at, reference"
        with self.database.locked() as connection:
            rows = connection.execute(query, (seconds(now),)).fetchall()
        return map(from_row, rows)

    def set_status(self, key: str, status: Status) -> None:
        """See `SubmissionStore.set_status`."""
        with self.database.writing() as connection:
            connection.execute("update submission set status = ? where key = ?", (status, key))

    def set_expiry(self, key: str, expires_at: datetime) -> None:
        """See `SubmissionStore.set_expiry`."""
        change = "update submission set expires_at = ? where key = ?"
        with self.database.writing() as connection:
            connection.execute(change, (seconds(expires_at), key))

    def add_message(self, message: SealedMessage, now: datetime) -> bool:
        """See `SubmissionStore.add_message`."""
        live = "select 1 from submission where key = ? and expires_at > ? and ciphertext != x''"
        with self.database.writing() as connection:
            if connection.execute(live, (message.submission_key, seconds(now))).fetchone() is None:
                return False
            connection.execute(INSERT_MESSAGE, to_message_row(message))
        return True

    def messages(self, submission_key: str, now: datetime) -> list[SealedMessage]:
        """See `SubmissionStore.messages`."""
        with self.database.locked() as connection:
            rows = connection.execute(SELECT_MESSAGES, (submission_key, seconds(now))).fetchall()
        return [from_message_row(row) for row in rows]

    def replace(self, record: SealedSubmission, ciphertext: bytes) -> bool:
        """See `SubmissionStore.replace`."""
        change = "update submission set ciphertext = ? where key = ? and ciphertext = ?"
        return self.database.changed(change, (ciphertext, record.key, record.ciphertext))

    def replace_message(self, message: SealedMessage, ciphertext: bytes) -> bool:
        """See `SubmissionStore.replace_message`."""
        place = message.submission_key, message.key, message.ciphertext
        return self.database.changed(REPLACE_MESSAGE, (ciphertext, *place))

    def withdraw(self, key: str, forgotten_at: datetime) -> None:
        """See `SubmissionStore.withdraw`."""
        with self.database.locked() as connection:
            with transaction(connection):
                connection.execute(WITHDRAW, (seconds(forgotten_at), key))
                for table in ("message", "attachment"):
                    connection.execute(f"delete from {table} where submission_key = ?", (key,))  # noqa: S608 - our names
            empty_log(connection)

    def purge(self, now: datetime) -> int:
        """See `SubmissionStore.purge`."""
        gone = "delete from submission where expires_at <= ?"
        with self.database.locked() as connection:
            with transaction(connection):
                erased = connection.execute(gone, (seconds(now),)).rowcount
            empty_log(connection)
        return erased

    def _one(self, column: str, value: str, now: datetime) -> SealedSubmission | None:
        query = f"{SELECT} where {column} = ? and expires_at > ?"
        with self.database.locked() as connection:
            row = connection.execute(query, (value, seconds(now))).fetchone()
        return from_row(row) if row else None


def _add_once(connection: sqlite3.Connection, submission: SealedSubmission) -> SealedSubmission:
    if connection.execute(INSERT_ONCE, to_row(submission)).rowcount:
        return submission
    row = connection.execute(f"{SELECT} where key = ?", (submission.key,)).fetchone()
    return from_row(row)
