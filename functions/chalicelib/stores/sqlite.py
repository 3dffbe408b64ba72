"""The embedded store: one SQLite file, one process that writes.

- WAL and `synchronous=FULL`: an acknowledged submission survives `kill -9` and a power cut.
- One lock around each write: SQLite's own back-off makes a tail of half a second.
- The primary key is random and the table has no rowid: the order of rows tells no time.
- `secure_delete`, and a truncating checkpoint after a purge: what is erased is gone.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from chalicelib.errors import StoreUnavailableError
from chalicelib.intake.ports import SealedSubmission, Status

_SCHEMA = """
create table if not exists submission (
    key              text primary key,
    reference        text not null unique,
    kind             text not null,
    received_at      integer not null, -- UTC, seconds since 1970
    expires_at       integer not null,
    ciphertext       blob not null,
    follow_lookup    text unique,      -- null without follow-up
    follow_recipient text not null,
    status           text not null
) without rowid
"""
_COLUMNS = (
    "key, reference, kind, received_at, expires_at, ciphertext,"
    " follow_lookup, follow_recipient, status"
)
_INSERT_ONCE = (
    f"insert into submission ({_COLUMNS})"  # noqa: S608 - only our constants
    " values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (key) do nothing"
)
_SELECT = f"select {_COLUMNS} from submission"  # noqa: S608 - only our constants


class SqliteSubmissionStore:
    """`SubmissionStore` in the file `path`, made readable by its owner only."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.touch(mode=0o600)
            self._connection = sqlite3.connect(
                path, isolation_level=None, check_same_thread=False, timeout=5
            )
            for pragma in ("journal_mode=wal", "synchronous=full", "secure_delete=on"):
                self._connection.execute(f"pragma {pragma}").fetchall()
            self._connection.execute(_SCHEMA)
        except (sqlite3.Error, OSError) as error:
            raise StoreUnavailableError("sqlite") from error

    def close(self) -> None:
        """Release the file; the last connection to close empties the log into it."""
        with self._lock:
            self._connection.close()

    def add(self, submission: SealedSubmission) -> SealedSubmission:
        """See `SubmissionStore.add`."""
        with self._transaction() as connection:
            made = connection.execute(_INSERT_ONCE, _to_row(submission)).rowcount
            if made:
                return submission
            row = connection.execute(f"{_SELECT} where key = ?", (submission.key,)).fetchone()
        return _from_row(row)

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
        query = f"{_SELECT} where expires_at > ? order by received_at, reference"
        with self._reading() as connection:
            rows = connection.execute(query, (_seconds(now),)).fetchall()
        return map(_from_row, rows)

    def set_status(self, key: str, status: Status) -> None:
        """See `SubmissionStore.set_status`."""
        with self._transaction() as connection:
            connection.execute("update submission set status = ? where key = ?", (status, key))

    def purge(self, now: datetime) -> int:
        """See `SubmissionStore.purge`."""
        with self._transaction() as connection:
            erased = connection.execute(
                "delete from submission where expires_at <= ?", (_seconds(now),)
            ).rowcount
        with self._reading() as connection:
            connection.execute("pragma wal_checkpoint(truncate)").fetchall()
        return erased

    def _one(self, column: str, value: str, now: datetime) -> SealedSubmission | None:
        query = f"{_SELECT} where {column} = ? and expires_at > ?"
        with self._reading() as connection:
            row = connection.execute(query, (value, _seconds(now))).fetchone()
        return _from_row(row) if row else None

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        try:
            with self._lock:
                yield self._connection
        except sqlite3.Error as error:
            raise StoreUnavailableError("sqlite") from error

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """One durable write: when it returns, the bytes are on the disk."""
        with self._reading() as connection:
            connection.execute("begin immediate")
            try:
                yield connection
                connection.execute("commit")
            finally:
                if connection.in_transaction:
                    connection.execute("rollback")


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _to_row(submission: SealedSubmission) -> tuple[object, ...]:
    return (
        submission.key,
        submission.reference,
        submission.kind,
        _seconds(submission.received_at),
        _seconds(submission.expires_at),
        submission.ciphertext,
        submission.follow_lookup or None,
        submission.follow_recipient,
        submission.status,
    )


def _from_row(row: tuple[str, str, str, int, int, bytes, str | None, str, str]) -> SealedSubmission:
    return SealedSubmission(
        key=row[0],
        reference=row[1],
        kind=row[2],
        received_at=datetime.fromtimestamp(row[3], UTC),
        expires_at=datetime.fromtimestamp(row[4], UTC),
        ciphertext=row[5],
        follow_lookup=row[6] or "",
        follow_recipient=row[7],
        status=Status(row[8]),
    )
