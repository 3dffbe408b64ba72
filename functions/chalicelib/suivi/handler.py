"""`/suivi/`: what the holder of a code may see and do.

ouvrir     status, answers, and what follows
ecrire     add a message, once for each page
joindre    add a file, cleaned and sealed, once for each page
garder     keep the record for longer, to the date that the page said
retirer    ask once more, then
effacer    erase the record and all that was said
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from chalicelib.errors import InvalidSubmissionError, UnknownActionError, UnreadableBodyError
from chalicelib.files.cleaning import cleaned
from chalicelib.forms import answers as reading
from chalicelib.forms.french import latest_day
from chalicelib.forms.spec import FormSpec
from chalicelib.forms.view import Typed
from chalicelib.forms.words import fill
from chalicelib.http.bodies import last, nonce_in, read_fields
from chalicelib.http.exchange import Incoming, Outgoing
from chalicelib.http.multipart import Upload
from chalicelib.http.services import Services
from chalicelib.intake import crockford, derive, follow
from chalicelib.intake.follow import Message
from chalicelib.intake.ports import Author, SealedSubmission
from chalicelib.intake.submit import rounded_down
from chalicelib.routing.routing import Readers
from chalicelib.suivi.model import MAX_MESSAGES, Suivi, SuiviMessage
from chalicelib.suivi.pages import Opened, SuiviPages


class Visit(NamedTuple):
    """A code that opened a record."""

    code: str
    record: SealedSubmission
    spec: FormSpec
    fields: dict[str, list[str]]
    now: datetime
    upload: Upload | None


@dataclass(frozen=True)
class SuiviHandler:
    """Answers the posts of `/suivi/`; `forms` are all those whose records have codes."""

    services: Services
    forms: dict[str, FormSpec]

    def __call__(self, incoming: Incoming) -> Outgoing:
        """The record, or the form again.

        Raises:
            IntakeError: translated by the edge.
        """
        self.services.requests.take()
        takes_files = self.services.attachments() is not None
        fields, files = read_fields(incoming, with_files=takes_files)
        actions = {
            "ouvrir": self._open,
            "ecrire": self._write,
            "joindre": self._attach,
            "garder": self._keep,
            "noter": self._memo,
            "retirer": self._ask_again,
            "effacer": self._erase,
        }
        act = actions.get(last(fields, "action") or "ouvrir")
        if act is None:
            raise UnknownActionError
        try:
            visit = self._visit(fields, files.get("file"))
        except InvalidSubmissionError as error:
            pages = self._pages()
            main = pages.form(fields, error.fields)
            return Outgoing(error.status, self._wrong(pages.words.form.tab), main)
        return act(visit)

    def _visit(self, fields: dict[str, list[str]], upload: Upload | None) -> Visit:
        now = self.services.clock()
        code = reading.read(Suivi, fields, latest_day(now))["code"]
        record = self.services.store().find_by_lookup(derive.lookup_of(code), now)
        if record is None:
            raise InvalidSubmissionError({"code": "code_unknown"})
        return Visit(code, record, self.forms[record.kind], fields, now, upload)

    def _open(self, visit: Visit, notice: str = "") -> Outgoing:
        return self._record(visit, Typed(), 200, notice)

    def _write(self, visit: Visit) -> Outgoing:
        readers = self._readers(visit)
        nonce = nonce_in(visit.fields)
        try:
            text = reading.read(SuiviMessage, visit.fields, latest_day(visit.now))["message"]
            order = self._order_of_one_more(visit)
        except InvalidSubmissionError as error:
            return self._record(visit, Typed(visit.fields, error.fields), error.status)
        self.services.submissions("suivi").take()
        sent_at = rounded_down(visit.now, visit.spec.rounding)
        message = Message(Author.PERSON, sent_at, text, order)
        sealed = follow.sealed_message(visit.record, message, nonce, readers)
        self.services.store().add_message(sealed, visit.now)
        return self._open(self._renewed(visit), self._pages().words.written)

    def _order_of_one_more(self, visit: Visit) -> int:
        said = self.services.store().messages(visit.record.key, visit.now)
        if sum(message.author == Author.PERSON for message in said) >= MAX_MESSAGES:
            raise InvalidSubmissionError({"message": "too_many"})
        return len(said)

    def _attach(self, visit: Visit) -> Outgoing:
        try:
            name = self._stored_file(visit)
        except InvalidSubmissionError as error:
            return self._record(visit, Typed({}, error.fields), error.status)
        notice = fill(self._pages().words.attached, {"name": name})
        return self._open(self._renewed(visit), notice)

    def _stored_file(self, visit: Visit) -> str:
        """The name under which the file is kept."""
        store = self.services.attachments()
        if store is None or visit.upload is None:
            raise UnreadableBodyError
        readers = self._readers(visit)
        nonce = nonce_in(visit.fields)
        self.services.submissions("suivi").take()
        file = cleaned(visit.upload.name, visit.upload.data)
        sealed = follow.sealed_file(visit.record, file, nonce, readers)
        if not store.add(sealed, visit.now, visit.spec.max_files):
            raise InvalidSubmissionError({"file": "too_many"})
        return file.name

    def _readers(self, visit: Visit) -> Readers:
        return follow.readers_of(visit.record, visit.code, self.services.intake().routing)

    def _renewed(self, visit: Visit) -> Visit:
        if not visit.spec.renews:
            return visit
        retention = self.services.retention(visit.spec)
        until = follow.renewed_until(visit.record, retention, visit.spec.rounding, visit.now)
        return self._until(visit, until)

    def _keep(self, visit: Visit) -> Outgoing:
        """Idempotent: the page carries the date, and it must still be one that is offered."""
        offered = self._longer(visit)
        if offered and last(visit.fields, "until") == offered.isoformat():
            visit = self._until(visit, offered)
        return self._open(visit, self._pages().words.kept)

    def _until(self, visit: Visit, until: datetime) -> Visit:
        self.services.store().set_expiry(visit.record.key, until)
        return visit._replace(record=replace(visit.record, expires_at=until))

    def _memo(self, visit: Visit) -> Outgoing:
        pages = self._pages()
        return Outgoing(
            200, pages.words.memo.tab, pages.memo(crockford.grouped(visit.code), visit.record)
        )

    def _ask_again(self, visit: Visit) -> Outgoing:
        pages = self._pages()
        main = pages.sure(crockford.grouped(visit.code), visit.record.reference)
        return Outgoing(200, pages.words.sure.tab, main)

    def _erase(self, visit: Visit) -> Outgoing:
        self.services.store().withdraw(visit.record.key, visit.now + follow.FORGOTTEN_AFTER)
        pages = self._pages()
        return Outgoing(200, pages.words.erased.tab, pages.erased(visit.record.reference))

    def _record(self, visit: Visit, typed: Typed, status: int, notice: str = "") -> Outgoing:
        pages = self._pages()
        said = self.services.store().messages(visit.record.key, visit.now)
        sealed = [message for message in said if message.author == Author.AGENT]
        identity = derive.follow_identity(visit.code)
        nonce = self.services.random_bytes(derive.NONCE_BYTES)
        opened = Opened(
            record=visit.record,
            code=crockford.grouped(visit.code),
            nonce=base64.urlsafe_b64encode(nonce).decode(),
            answers=follow.opened(sealed, visit.record.reference, identity),
            until=self._longer(visit),
            typed=typed,
            notice=notice,
            takes_file=self._takes_file(visit),
        )
        tab = pages.words.record.tab
        return Outgoing(status, self._wrong(tab) if typed.errors else tab, pages.record(opened))

    def _takes_file(self, visit: Visit) -> bool:
        store = self.services.attachments()
        return store is not None and (
            store.count(visit.record.key, visit.now) < visit.spec.max_files
        )

    def _longer(self, visit: Visit) -> datetime | None:
        retention = self.services.retention(visit.spec)
        return follow.longer_until(visit.record, retention, visit.spec.rounding, visit.now)

    def _wrong(self, tab: str) -> str:
        return f"{self._pages().common.labels['error']} · {tab}"

    def _pages(self) -> SuiviPages:
        assets = self.services.assets()
        return SuiviPages(assets.suivi, assets.common)
