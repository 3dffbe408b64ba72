"""Attachments in the file of the embedded store."""

from __future__ import annotations

from datetime import datetime

from chalicelib.intake.ports import SealedAttachment
from chalicelib.stores.sqlite_database import SqliteDatabase
from chalicelib.stores.sqlite_rows import seconds

_LIVE = "select 1 from submission where key = ? and expires_at > ? and ciphertext != x''"
_COUNT = "select count(*) from attachment where submission_key = ? and key != ?"
_INSERT_ONCE = (
    "insert into attachment (submission_key, key, ciphertext) values (?, ?, ?)"
    " on conflict (submission_key, key) do nothing"
)
_REPLACE = (
    "update attachment set ciphertext = ? where submission_key = ? and key = ? and ciphertext = ?"
)
_SELECT = (
    "select attachment.key, submission_key, attachment.ciphertext from attachment"
    " join submission on submission.key = submission_key"
    " where submission_key = ? and expires_at > ? order by attachment.key"
)


class SqliteAttachmentStore:
    """`AttachmentStore` on an open database, which the store of submissions closes."""

    def __init__(self, database: SqliteDatabase) -> None:
        self._database = database

    def add(self, attachment: SealedAttachment, now: datetime, at_most: int) -> bool:
        """See `AttachmentStore.add`."""
        where = attachment.submission_key
        with self._database.writing() as connection:
            if connection.execute(_LIVE, (where, seconds(now))).fetchone() is None:
                return False
            (others,) = connection.execute(_COUNT, (where, attachment.key)).fetchone()
            if others >= at_most:
                return False
            connection.execute(_INSERT_ONCE, (where, attachment.key, attachment.ciphertext))
        return True

    def replace(self, attachment: SealedAttachment, ciphertext: bytes) -> bool:
        """See `AttachmentStore.replace`."""
        place = attachment.submission_key, attachment.key, attachment.ciphertext
        return self._database.changed(_REPLACE, (ciphertext, *place))

    def of(self, submission_key: str, now: datetime) -> list[SealedAttachment]:
        """See `AttachmentStore.of`."""
        with self._database.locked() as connection:
            rows = connection.execute(_SELECT, (submission_key, seconds(now))).fetchall()
        return [SealedAttachment(*row) for row in rows]

    def count(self, submission_key: str, now: datetime) -> int:
        """See `AttachmentStore.count`."""
        counted = f"select count(*) from ({_SELECT})"  # noqa: S608 - our own query
        with self._database.locked() as connection:
            (count,) = connection.execute(counted, (submission_key, seconds(now))).fetchone()
        return int(count)
