"""What the intake needs from the outside world. Adapters live in chalicelib/stores/."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from chalicelib.intake.proofs import ProofStore


class Status(StrEnum):
    """What the person reads at `/suivi/`; the words are in content/formulaires/suivi.yaml."""

    RECEIVED = "received"
    READ = "read"
    IN_PROGRESS = "in_progress"
    ANSWERED = "answered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"

    @classmethod
    def _missing_(cls, value: object) -> Status:
        """Whoever writes the store may write anything: one such row must not hide the rest."""
        return cls.UNKNOWN


@dataclass(frozen=True)
class SealedSubmission:
    """A submission as stored: the server cannot read it back.

    Attributes:
        key: SHA-256 (hex) of the check page's random nonce; never the nonce itself,
            never derived from what the person wrote.
        reference: Number given to the person, e.g. `SIG-7K2M-9QXD-4TFB`.
        kind: Name of the form.
        received_at: UTC, rounded down so that it identifies no one.
        expires_at: UTC; from then on nobody sees it, a purge erases it.
        ciphertext: age bytes; only the recipients' identities open them.
        follow_lookup: HKDF(code, "lookup"), empty when no follow-up was wanted.
        follow_recipient: `age1…` to which answers are sealed, or empty.
        follow_route: HKDF(code, route): with the code, tells who reads what is added.
    """

    key: str
    reference: str
    kind: str
    received_at: datetime
    expires_at: datetime
    ciphertext: bytes
    follow_lookup: str = ""
    follow_recipient: str = ""
    status: Status = Status.RECEIVED
    follow_route: str = ""


class Author(StrEnum):
    """Who wrote a message."""

    PERSON = "person"
    AGENT = "agent"
    DESK = "desk"  # what agents did, for agents alone
    SITE = "site"  # what this site found out: an address that was proved
    UNKNOWN = "unknown"

    @classmethod
    def _missing_(cls, value: object) -> Author:
        """See `Status`: a message that claims this is never shown."""
        return cls.UNKNOWN


@dataclass(frozen=True)
class SealedMessage:
    """Something said after the submission: by the person to agents, or back.

    Attributes:
        key: SHA-256 (hex) of the nonce of the page that sent it.
        submission_key: Of the record it belongs to, with which it expires.
        sent_at: UTC, rounded down as the record is.
        ciphertext: Sealed to agents; those of agents also to the key of the code.
    """

    key: str
    submission_key: str
    author: Author
    sent_at: datetime
    ciphertext: bytes


@dataclass(frozen=True)
class SealedAttachment:
    """A file that the person added; its name and kind are sealed with it.

    Attributes:
        key: SHA-256 (hex) of the nonce of the page that sent it.
        submission_key: Of the record it belongs to, with which it is erased.
    """

    key: str
    submission_key: str
    ciphertext: bytes


class AttachmentStore(Protocol):
    """Sealed files. Every method may raise `StoreUnavailableError`."""

    def add(self, attachment: SealedAttachment, now: datetime, at_most: int) -> bool:
        """Record a file once; False when its record is gone, or has `at_most` already."""
        ...

    def of(self, submission_key: str, now: datetime) -> list[SealedAttachment]:
        """The files of a record."""
        ...

    def count(self, submission_key: str, now: datetime) -> int:
        """How many files a record has."""
        ...

    def replace(self, attachment: SealedAttachment, ciphertext: bytes) -> bool:
        """Put the same file, sealed anew; False when what was read is not there any more."""
        ...


class SubmissionStore(Protocol):
    """Sealed submissions. Every method may raise `StoreUnavailableError`.

    Nothing whose `expires_at` is past is ever returned, purged or not.
    """

    @property
    def attachments(self) -> AttachmentStore | None:
        """The files of its records; None where none are taken."""
        ...

    @property
    def proofs(self) -> ProofStore:
        """Proofs of addresses, beside the records."""
        ...

    def add(self, submission: SealedSubmission) -> SealedSubmission:
        """Record `submission` and return what is recorded under its key.

        Sending the same key again records nothing and returns the first record, so
        that a double click shows the person the same page twice.

        Raises:
            StoreUnavailableError: nothing was recorded.
        """
        ...

    def find(self, key: str, now: datetime) -> SealedSubmission | None:
        """The submission made from one check page."""
        ...

    def find_by_lookup(self, lookup: str, now: datetime) -> SealedSubmission | None:
        """The submission that a code gives access to."""
        ...

    def find_by_reference(self, reference: str, now: datetime) -> SealedSubmission | None:
        """The submission that has this number."""
        ...

    def all(self, now: datetime) -> Iterator[SealedSubmission]:
        """Every submission, oldest first."""
        ...

    def set_status(self, key: str, status: Status) -> None:
        """Change what the person reads at `/suivi/`."""
        ...

    def set_expiry(self, key: str, expires_at: datetime) -> None:
        """Keep a record for longer, or less."""
        ...

    def add_message(self, message: SealedMessage, now: datetime) -> bool:
        """Record `message` once; False when its record is not there any more."""
        ...

    def messages(self, submission_key: str, now: datetime) -> list[SealedMessage]:
        """What was said about a record, oldest first."""
        ...

    def replace(self, record: SealedSubmission, ciphertext: bytes) -> bool:
        """Put the same answers, sealed anew, in the place of those of `record`.

        All or nothing, and nothing else changes. False when what was read is not there any
        more: withdrawn, purged, or replaced by another agent.
        """
        ...

    def replace_message(self, message: SealedMessage, ciphertext: bytes) -> bool:
        """The same for a message."""
        ...

    def withdraw(self, key: str, forgotten_at: datetime) -> None:
        """Erase a record, its messages and files, at once and beyond recovery from the store.

        Its key, its reference and the status `WITHDRAWN` stay until `forgotten_at`, so
        that its check page, sent again, does not make it anew.
        """
        ...

    def purge(self, now: datetime) -> int:
        """Erase what has expired, beyond recovery from the store; how many records."""
        ...
