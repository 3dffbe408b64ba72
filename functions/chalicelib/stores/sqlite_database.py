"""The file of the embedded store: one connection, one writer, durable and erasable.

- WAL and `synchronous=FULL`: what is acknowledged survives `kill -9` and a power cut.
- One lock around each use: SQLite's own back-off makes a tail of half a second.
- Nothing is read or written once the file has lost its name: it would be acknowledged, then gone.
- `secure_delete`, and a truncating checkpoint after a purge: what is erased is gone.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chalicelib.errors import StoreUnavailableError
from chalicelib.stores.sqlite_rows import ADDED, SCHEMA

_PRAGMAS = (
    "journal_mode=wal",
    "synchronous=full",
    "secure_delete=on",
    "temp_store=memory",
    "foreign_keys=on",
    # Pages, 4 MB. Each one stops the writers: at 4,000 the 99th percentile was a tenth higher.
    "wal_autocheckpoint=1000",
)


class SqliteDatabase:
    """The file `path`, made readable by its owner only."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.touch(mode=0o600)
            path.chmod(0o600)  # a copy that was put back may be open to all
            self._connection = sqlite3.connect(
                path, isolation_level=None, check_same_thread=False, timeout=5
            )
            for pragma in _PRAGMAS:
                self._connection.execute(f"pragma {pragma}").fetchall()
            self._connection.executescript(SCHEMA)
            self._path, self._file = path, _identity(path)
            _bring_up_to_date(self._connection)
        except (sqlite3.Error, OSError) as error:
            raise StoreUnavailableError("sqlite") from error

    def close(self) -> None:
        """Release the file; the last connection to close empties the log into it."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def turn(self) -> Iterator[sqlite3.Connection]:
        """The connection, for one thread at a time; its failures in our terms."""
        try:
            with self._lock:
                yield self._connection
        except sqlite3.Error as error:
            raise StoreUnavailableError("sqlite") from error

    @contextmanager
    def locked(self) -> Iterator[sqlite3.Connection]:
        """The connection to a file that is still there, for one thread at a time."""
        with self.turn() as connection:
            self.require_file()
            yield connection

    def require_file(self) -> None:
        """What goes to a file that was moved or erased would be gone at the next start.

        Raises:
            StoreUnavailableError: another file, or none, has its name.
        """
        try:
            is_there = _identity(self._path) == self._file
        except OSError as error:
            raise StoreUnavailableError("sqlite file") from error
        if not is_there:
            raise StoreUnavailableError("sqlite file")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One durable write."""
        with self.locked() as connection, transaction(connection):
            yield connection

    def changed(self, change: str, values: tuple[object, ...]) -> bool:
        """Whether a durable update found its row."""
        with self.writing() as connection:
            return connection.execute(change, values).rowcount == 1


def _bring_up_to_date(connection: sqlite3.Connection) -> None:
    for change in ADDED:
        table, column = change.split()[2], change.split()[5]
        known = [row[1] for row in connection.execute(f"pragma table_info({table})")]
        if column not in known:
            connection.execute(change)


def _identity(path: Path) -> tuple[int, int]:
    """Which file it is, whatever its name."""
    found = path.stat()
    return found.st_dev, found.st_ino


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """When it returns, the bytes are on the disk."""
    connection.execute("begin immediate")
    try:
        yield
        connection.execute("commit")
    finally:
        if connection.in_transaction:
            connection.execute("rollback")


def empty_log(connection: sqlite3.Connection) -> None:
    """The write-ahead log holds older pages, with what was erased since."""
    connection.execute("pragma wal_checkpoint(truncate)").fetchall()
