"""What the holder of a code may do with a record, whether by pages or by a program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from chalicelib.errors import InvalidSubmissionError
from chalicelib.files.cleaning import cleaned
from chalicelib.forms.spec import FormSpec
from chalicelib.http.exchange import Upload
from chalicelib.http.services import Services
from chalicelib.intake import derive, follow
from chalicelib.intake.follow import Message
from chalicelib.intake.ports import Author, SealedMessage, SealedSubmission
from chalicelib.intake.submit import rounded_down
from chalicelib.suivi.model import MAX_MESSAGES


class Visit(NamedTuple):
    """A code that opened a record."""

    code: str
    record: SealedSubmission
    spec: FormSpec
    now: datetime


@dataclass(frozen=True)
class Visits:
    """`forms` are all those whose records have codes, by name."""

    services: Services
    forms: Mapping[str, FormSpec]

    def open(self, code: str) -> Visit:
        """The record of a normalised code.

        Raises:
            InvalidSubmissionError: no record has it.
        """
        now = self.services.clock()
        record = self.services.store().find_by_lookup(derive.lookup_of(code), now)
        if record is None:
            raise InvalidSubmissionError({"code": "code_unknown"})
        return Visit(code, record, self.forms[record.kind], now)

    def answers(self, visit: Visit) -> Sequence[Message]:
        """What agents answered: the rest is sealed to them alone."""
        sealed = [message for message in self._said(visit) if message.author == Author.AGENT]
        return follow.opened(sealed, visit.record.reference, derive.follow_identity(visit.code))

    def write(self, visit: Visit, text: str, nonce: bytes) -> Visit:
        """Add a message, once for each nonce.

        Raises:
            InvalidSubmissionError: there are too many.
        """
        said = self._said(visit)
        if sum(message.author == Author.PERSON for message in said) >= MAX_MESSAGES:
            raise InvalidSubmissionError({"message": "too_many"})
        self.services.submissions("suivi").take()
        self.add(visit, Author.PERSON, text, nonce, len(said))
        return self._renewed(visit)

    def add(self, visit: Visit, author: Author, text: str, nonce: bytes, order: int) -> None:
        """Seal a message to those who read the record."""
        sent_at = rounded_down(visit.now, visit.spec.rounding)
        routing = self.services.intake().routing
        readers = follow.readers_of(visit.record, visit.code, routing)
        message = Message(author, sent_at, text, order)
        sealed = follow.sealed_message(visit.record, message, nonce, readers)
        self.services.store().add_message(sealed, visit.now)

    def takes_file(self, visit: Visit) -> bool:
        """Whether one more file may be added."""
        store = self.services.attachments()
        if store is None:
            return False
        return store.count(visit.record.key, visit.now) < visit.spec.max_files

    def attach(self, visit: Visit, upload: Upload, nonce: bytes) -> tuple[Visit, str]:
        """Add a file, once for each nonce; the name under which it is kept.

        Raises:
            InvalidSubmissionError: it cannot be taken, or there are too many.
        """
        store = self.services.attachments()
        readers = follow.readers_of(visit.record, visit.code, self.services.intake().routing)
        self.services.submissions("suivi").take()
        file = cleaned(upload.name, upload.data)
        sealed = follow.sealed_file(visit.record, file, nonce, readers)
        if store is None or not store.add(sealed, visit.now, visit.spec.max_files):
            raise InvalidSubmissionError({"file": "too_many"})
        return self._renewed(visit), file.name

    def longer(self, visit: Visit) -> datetime | None:
        """The date to which the record may be kept, or None."""
        retention = self.services.retention(visit.spec)
        return follow.longer_until(visit.record, retention, visit.spec.rounding, visit.now)

    def keep(self, visit: Visit, until: str) -> Visit:
        """Keep the record until the date that was offered; the same one twice does nothing."""
        offered = self.longer(visit)
        if offered is None or until != offered.isoformat():
            return visit
        return self._until(visit, offered)

    def erase(self, visit: Visit) -> None:
        """Erase the record and all that was said."""
        self.services.store().withdraw(visit.record.key, visit.now + follow.FORGOTTEN_AFTER)

    def _said(self, visit: Visit) -> list[SealedMessage]:
        return self.services.store().messages(visit.record.key, visit.now)

    def _renewed(self, visit: Visit) -> Visit:
        if not visit.spec.renews:
            return visit
        retention = self.services.retention(visit.spec)
        until = follow.renewed_until(visit.record, retention, visit.spec.rounding, visit.now)
        return self._until(visit, until)

    def _until(self, visit: Visit, until: datetime) -> Visit:
        self.services.store().set_expiry(visit.record.key, until)
        return visit._replace(record=replace(visit.record, expires_at=until))
