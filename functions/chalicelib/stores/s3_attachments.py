"""The attachments on AWS: files in S3, and the table that knows whether their record lives."""

from __future__ import annotations

from datetime import datetime

from chalicelib.errors import StoreUnavailableError, StoreUncertainError
from chalicelib.intake.ports import SealedAttachment, Status, SubmissionStore
from chalicelib.stores.s3_files import S3Files


class S3AttachmentStore:
    """`AttachmentStore` beside the store of submissions, which erases the files too."""

    def __init__(self, files: S3Files, records: SubmissionStore) -> None:
        self._files = files
        self._records = records

    def add(self, attachment: SealedAttachment, now: datetime, at_most: int) -> bool:
        """See `AttachmentStore.add`.

        Two services have no common transaction, so the record is looked at twice:

            live? ──▶ put ──▶ live still? ──▶ acknowledged
                                 └ withdrawn meanwhile ──▶ erased again, refused
        """
        where = attachment.submission_key
        if not self._is_live(where, now) or not self._files.add(attachment, at_most):
            return False
        try:
            if self._is_live(where, now):
                return True
            self._files.erase(where)
        except StoreUnavailableError as error:
            raise StoreUncertainError("s3") from error
        return False

    def of(self, submission_key: str, now: datetime) -> list[SealedAttachment]:
        """See `AttachmentStore.of`."""
        if not self._is_live(submission_key, now):
            return []
        return sorted(self._files.of(submission_key), key=lambda each: each.key)

    def count(self, submission_key: str, now: datetime) -> int:
        """See `AttachmentStore.count`."""
        return self._files.count(submission_key) if self._is_live(submission_key, now) else 0

    def replace(self, attachment: SealedAttachment, ciphertext: bytes) -> bool:
        """See `AttachmentStore.replace`."""
        return self._files.replace(attachment, ciphertext)

    def _is_live(self, submission_key: str, now: datetime) -> bool:
        record = self._records.find(submission_key, now)
        return record is not None and record.status != Status.WITHDRAWN
