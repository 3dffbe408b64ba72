"""Sealed files in one bucket of S3, which keeps no version: what is deleted is gone.

    KEY OF THE RECORD/0, /1, /2 …   places, claimed by « only where nothing is »

The claim makes both promises at once: no more files than places, and the same page sent
twice is one file, since a place remembers the key of the file that took it. The names are
hashes: without the table, nobody knows which form or which reference they belong to.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from chalicelib.errors import StoreUnavailableError, StoreUncertainError
from chalicelib.intake.ports import SealedAttachment
from chalicelib.stores.aws_calls import AwsCalls
from chalicelib.stores.aws_refusals import ConditionFailedError, NotThereError

# The net under the purge: the bucket itself forgets what is so old (functions/resources.yaml).
FORGOTTEN_AFTER = timedelta(days=120)
# A file is written again when less than this would be left to it after its record.
MARGIN = timedelta(days=16)


class S3Files:
    """The bucket `name`."""

    def __init__(self, name: str, calls: AwsCalls) -> None:
        self._name = name
        self._calls = calls

    def close(self) -> None:
        """Release the connections."""
        self._calls.close()

    def add(self, attachment: SealedAttachment, at_most: int) -> bool:
        """Put a file into the first free place, once; False when they are all taken."""
        for number in range(at_most):
            place = f"{attachment.submission_key}/{number}"
            if self._holder(place, attachment) == attachment.key:
                return True
        return False

    def of(self, submission_key: str) -> Iterator[SealedAttachment]:
        """The files of a record, in the order of their places."""
        for each in self._listed(submission_key):
            try:
                answer = self._calls("get_object", Bucket=self._name, Key=each["Key"])
            except NotThereError:  # erased since it was listed
                continue
            yield SealedAttachment(answer["Metadata"]["key"], submission_key, answer["Body"])

    def count(self, submission_key: str) -> int:
        """How many files a record has."""
        return len(self._listed(submission_key))

    def replace(self, attachment: SealedAttachment, ciphertext: bytes) -> bool:
        """Put `ciphertext` in the place of `attachment`; False when it is not there any more."""
        for each in self._listed(attachment.submission_key):
            try:
                answer = self._calls("get_object", Bucket=self._name, Key=each["Key"])
                if answer["Body"] == attachment.ciphertext:
                    self._put_over(each["Key"], answer["ETag"], attachment.key, ciphertext)
                    return True
            except (ConditionFailedError, NotThereError):  # replaced or erased meanwhile
                continue
        return False

    def erase(self, submission_key: str) -> None:
        """Erase the files of a record, also those that no answer ever acknowledged."""
        for each in self._listed(submission_key):
            self._calls("delete_object", Bucket=self._name, Key=each["Key"])

    def keep(self, submission_key: str, until: datetime) -> None:
        """Make the files of a record outlive `until`: a copy onto itself is young again."""
        for each in self._listed(submission_key):
            if each["LastModified"] + FORGOTTEN_AFTER < until + MARGIN:
                self._calls(
                    "copy_object",
                    Bucket=self._name,
                    Key=each["Key"],
                    CopySource={"Bucket": self._name, "Key": each["Key"]},
                    MetadataDirective="REPLACE",  # else S3 refuses to copy onto itself
                    Metadata={"key": self._key_at(each["Key"])},
                )

    def _put_over(self, place: str, tag: str, key: str, ciphertext: bytes) -> None:
        self._calls(
            "put_object",
            Bucket=self._name,
            Key=place,
            Body=ciphertext,
            IfMatch=tag,
            Metadata={"key": key},
        )

    def _holder(self, place: str, attachment: SealedAttachment) -> str:
        """Key of the file at `place`: `attachment`, where nothing was.

        Raises:
            StoreUncertainError: nobody knows whether it is there.
            StoreUnavailableError: it is not there.
        """
        held = self._key_at(place)
        if held:
            return held
        try:
            self._calls(
                "put_object",
                Bucket=self._name,
                Key=place,
                Body=attachment.ciphertext,
                IfNoneMatch="*",
                Metadata={"key": attachment.key},
            )
        except ConditionFailedError:  # another page was quicker, or a lost answer was ours
            return self._key_at(place)
        except StoreUncertainError as error:
            return self._recorded(place, error)
        return attachment.key

    def _recorded(self, place: str, error: StoreUncertainError) -> str:
        """What the bucket says when a write did not."""
        try:
            held = self._key_at(place)
        except StoreUnavailableError:
            raise error from None
        if not held:
            raise StoreUnavailableError("s3") from error
        return held

    def _key_at(self, place: str) -> str:
        """Key of the file at `place`, empty where there is none."""
        try:
            answer = self._calls("head_object", Bucket=self._name, Key=place)
        except NotThereError:
            return ""
        return str(answer["Metadata"]["key"])

    def _listed(self, submission_key: str) -> list[dict[str, Any]]:
        """A record has a handful of files: one page of the list holds them."""
        answer = self._calls("list_objects_v2", Bucket=self._name, Prefix=f"{submission_key}/")
        return list(answer.get("Contents", ()))
