"""`/suivi/`: what the holder of a code may see and do.

ouvrir     status, answers, and what follows
ecrire     add a message, once for each page
joindre    add a file, cleaned and sealed, once for each page
garder     keep the record for longer, to the date that the page said
noter      number, code and date alone, to be printed
adresse    prove an e-mail address: ask for it, then
prouver    send it six digits, then
valider    read them
retirer    ask once more, then
effacer    erase the record and all that was said
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import NamedTuple

from chalicelib.errors import InvalidSubmissionError, UnknownActionError, UnreadableBodyError
from chalicelib.forms import answers as reading
from chalicelib.forms.french import latest_day
from chalicelib.forms.groups import Fields
from chalicelib.forms.spec import FormModel
from chalicelib.forms.view import Typed
from chalicelib.forms.words import fill
from chalicelib.http.bodies import last, nonce_in, read_fields
from chalicelib.http.exchange import Incoming, Outgoing, Upload
from chalicelib.http.services import Services
from chalicelib.intake import crockford, derive
from chalicelib.suivi.model import Suivi, SuiviDigits, SuiviEmail, SuiviMessage
from chalicelib.suivi.pages import Opened, SuiviPages
from chalicelib.suivi.proofs import Proofs
from chalicelib.suivi.visits import Visit, Visits


class Sent(NamedTuple):
    """What a page posted."""

    fields: dict[str, list[str]]
    upload: Upload | None


@dataclass(frozen=True)
class SuiviHandler:
    """Answers the posts of `/suivi/`."""

    services: Services
    visits: Visits

    def __call__(self, incoming: Incoming) -> Outgoing:
        """The record, or the form again.

        Raises:
            IntakeError: translated by the edge.
        """
        self.services.requests.take()
        takes_files = self.services.attachments() is not None
        fields, files = read_fields(incoming, with_files=takes_files)
        actions = {
            "ouvrir": lambda visit, _: self._record(visit),
            "ecrire": self._write,
            "joindre": self._attach,
            "garder": self._keep,
            "noter": self._memo,
            "adresse": self._ask_address,
            "prouver": self._send_digits,
            "valider": self._check_digits,
            "retirer": self._ask_again,
            "effacer": self._erase,
        }
        act = actions.get(last(fields, "action") or "ouvrir")
        if act is None:
            raise UnknownActionError
        try:
            visit = self.visits.open(self._read(Suivi, fields)["code"])
        except InvalidSubmissionError as error:
            pages = self._pages()
            main = pages.form(fields, error.fields)
            return Outgoing(error.status, self._wrong(pages.words.form.tab), main)
        return act(visit, Sent(fields, files.get("file")))

    def _read(self, model: type[FormModel], fields: Fields) -> reading.Answers:
        return reading.read(model, fields, latest_day(self.services.clock()))

    def _write(self, visit: Visit, sent: Sent) -> Outgoing:
        nonce = nonce_in(sent.fields)
        try:
            text = self._read(SuiviMessage, sent.fields)["message"]
            visit = self.visits.write(visit, text, nonce)
        except InvalidSubmissionError as error:
            return self._record(visit, Typed(sent.fields, error.fields), error.status)
        return self._record(visit, notice=self._pages().words.written)

    def _attach(self, visit: Visit, sent: Sent) -> Outgoing:
        if self.services.attachments() is None or sent.upload is None:
            raise UnreadableBodyError
        try:
            visit, name = self.visits.attach(visit, sent.upload, nonce_in(sent.fields))
        except InvalidSubmissionError as error:
            return self._record(visit, Typed({}, error.fields), error.status)
        return self._record(visit, notice=fill(self._pages().words.attached, {"name": name}))

    def _keep(self, visit: Visit, sent: Sent) -> Outgoing:
        """Idempotent: the page carries the date, and it must still be one that is offered."""
        visit = self.visits.keep(visit, last(sent.fields, "until"))
        return self._record(visit, notice=self._pages().words.kept)

    def _memo(self, visit: Visit, _: Sent) -> Outgoing:
        pages = self._pages()
        main = pages.memo(crockford.grouped(visit.code), visit.record)
        return Outgoing(200, pages.words.memo.tab, main)

    def _ask_address(self, visit: Visit, _: Sent) -> Outgoing:
        if not self._proofs().offered(visit):
            raise UnknownActionError
        return self._proof(visit, Typed(), 200)

    def _send_digits(self, visit: Visit, sent: Sent) -> Outgoing:
        try:
            address = self._read(SuiviEmail, sent.fields)["email"]
            self._proofs().send(visit, address, self._pages().words)
        except InvalidSubmissionError as error:
            return self._proof(visit, Typed(sent.fields, error.fields), error.status)
        return self._proof(visit, Typed(), 200, address)

    def _check_digits(self, visit: Visit, sent: Sent) -> Outgoing:
        words = self._pages().words
        try:
            said = self._read(SuiviDigits, sent.fields)
            self._proofs().check(visit, said["email"], said["digits"], words)
        except InvalidSubmissionError as error:
            typed = Typed(sent.fields, error.fields)
            return self._proof(visit, typed, error.status, last(sent.fields, "email"))
        return self._record(visit, notice=words.proved)

    def _ask_again(self, visit: Visit, _: Sent) -> Outgoing:
        pages = self._pages()
        main = pages.sure(crockford.grouped(visit.code), visit.record.reference)
        return Outgoing(200, pages.words.sure.tab, main)

    def _erase(self, visit: Visit, _: Sent) -> Outgoing:
        self.visits.erase(visit)
        pages = self._pages()
        return Outgoing(200, pages.words.erased.tab, pages.erased(visit.record.reference))

    def _record(
        self, visit: Visit, typed: Typed | None = None, status: int = 200, notice: str = ""
    ) -> Outgoing:
        pages, typed = self._pages(), typed or Typed()
        nonce = self.services.random_bytes(derive.NONCE_BYTES)
        opened = Opened(
            record=visit.record,
            code=crockford.grouped(visit.code),
            nonce=base64.urlsafe_b64encode(nonce).decode(),
            answers=self.visits.answers(visit),
            until=self.visits.longer(visit),
            typed=typed,
            notice=notice,
            takes_file=self.visits.takes_file(visit),
            proves=self._proofs().offered(visit),
        )
        tab = pages.words.record.tab
        return Outgoing(status, self._wrong(tab) if typed.errors else tab, pages.record(opened))

    def _proof(self, visit: Visit, typed: Typed, status: int, address: str = "") -> Outgoing:
        pages = self._pages()
        main = pages.proof(crockford.grouped(visit.code), visit.record.reference, typed, address)
        tab = pages.words.proof.tab
        return Outgoing(status, self._wrong(tab) if typed.errors else tab, main)

    def _proofs(self) -> Proofs:
        return Proofs(self.services, self.visits)

    def _wrong(self, tab: str) -> str:
        return f"{self._pages().common.labels['error']} · {tab}"

    def _pages(self) -> SuiviPages:
        assets = self.services.assets()
        return SuiviPages(assets.suivi, assets.common)
