"""One form, from the posted page to the next page: steps 1 to 4 of the protocol.

verifier   → check page, nothing stored       (422: the form again, with what is wrong)
modifier   → the form again, with the answers
confirmer  → stored once, acknowledgement     (409: the check page again, nothing lost)
pdf        → the same acknowledgement as a file, made and forgotten
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from chalicelib.errors import InvalidSubmissionError, TokenError, UnknownActionError
from chalicelib.forms import answers as reading
from chalicelib.forms import groups
from chalicelib.forms.answers import Answers
from chalicelib.forms.french import latest_day, paris_date
from chalicelib.forms.groups import Fields
from chalicelib.forms.render import FormPages
from chalicelib.forms.spec import HONEYPOT, FormSpec
from chalicelib.forms.stations import NO_STATIONS, Stations
from chalicelib.forms.view import POSTCODES, Typed
from chalicelib.forms.words import fill
from chalicelib.http.bodies import last, read_form
from chalicelib.http.exchange import Incoming, Outgoing
from chalicelib.http.services import Services, Writer
from chalicelib.intake import crockford, submit
from chalicelib.intake.ports import SealedSubmission, Status
from chalicelib.intake.submit import Intake

_CONTACT = re.compile(
    r"[^@\s]{1,64}@[^@\s]{1,254}\.[a-z]{2,}|(?:\+33|0033|\b0)\s?[1-9](?:[\s.-]?\d{2}){4}\b", re.I
)


# The name of the file stays in a folder, and in a list of downloads: it tells nothing.
_DOWNLOAD = {
    "Content-Type": "application/pdf",
    "Content-Disposition": 'attachment; filename="document.pdf"',
}


@dataclass(frozen=True)
class DeclarationHandler:
    """Answers the posts of one form."""

    spec: FormSpec
    services: Services

    def __call__(self, incoming: Incoming) -> Outgoing:
        """The next page.

        Raises:
            IntakeError: translated by the edge.
        """
        intake = self.services.intake()  # closed is said at once, never after confirm
        self.services.requests.take()
        sent = read_form(incoming)
        action = last(sent, "action") or "verifier"
        fields = groups.capped(self.spec.model, sent)
        if (again := self._drawn_again(action, fields)) is not None:
            return again
        write_pdf = self._write_pdf()
        if action not in ("verifier", "confirmer") and not (action == "pdf" and write_pdf):
            raise UnknownActionError
        fields = groups.renumbered(self.spec.model, fields)
        try:
            answers = self._read(fields, intake)
        except InvalidSubmissionError as error:
            return self._form(Typed(fields, error.fields), error.status)
        if action == "verifier":
            return self._check(answers, intake, 200, [])
        if action == "pdf" and write_pdf:
            return self._pdf(answers, intake, last(sent, "token"), write_pdf)
        return self._confirm(answers, intake, last(sent, "token"))

    def _drawn_again(self, action: str, fields: Fields) -> Outgoing | None:
        """The form, after a button that only changes it."""
        if action == "modifier":
            return self._form(Typed(fields), 200)
        if action == "stations" and "station" in self.spec.model.model_fields:
            return self._form(self._with_stations(fields), 200)
        try:
            changed = groups.changed(self.spec.model, fields, action)
        except InvalidSubmissionError as error:
            return self._form(Typed(fields, error.fields), error.status)
        return None if changed is None else self._form(Typed(changed), 200)

    def _write_pdf(self) -> Writer | None:
        return self.services.write_pdf if self.spec.has_document else None

    def _read(self, fields: Fields, intake: Intake) -> Answers:
        trap = {HONEYPOT: "trap"} if "".join(fields.get(HONEYPOT, ())) else {}
        try:
            answers = reading.read(
                self.spec.model, fields, latest_day(intake.now), self._stations(fields)
            )
        except InvalidSubmissionError as error:
            raise InvalidSubmissionError({**error.fields, **trap}) from None
        if trap:
            raise InvalidSubmissionError(trap)
        return answers

    def _with_stations(self, fields: Fields) -> Typed:
        """The form again, with a list to choose from; or what is needed to make it."""
        postcodes = [value for name in POSTCODES for value in fields.get(name, ())]
        found = self.services.assets().stations.around(postcodes)
        return Typed(fields, {} if found else {"station": "station_postcode"})

    def _stations(self, fields: Fields) -> Stations:
        """Read only when one is chosen."""
        return self.services.assets().stations if any(fields.get("station", ())) else NO_STATIONS

    def _confirm(self, answers: Answers, intake: Intake, token: str) -> Outgoing:
        self.services.submissions(self.spec.name).take()
        try:
            confirmed = submit.confirm(intake, self.services.declaration(self.spec, answers), token)
        except TokenError as error:
            return self._check(answers, intake, error.status, self._token_notes(error))
        values = _values(confirmed.submission, confirmed.code)
        pages = self._pages()
        if confirmed.submission.status == Status.WITHDRAWN:
            return Outgoing(200, pages.words.withdrawn.tab, pages.short("withdrawn", values))
        if confirmed.is_late:
            return Outgoing(200, pages.words.late.tab, pages.short("late", values))
        shown = token if self._write_pdf() else ""
        proves = self.services.mailer is not None
        main = pages.acknowledgement(answers, values, shown, proves)
        return Outgoing(200, pages.words.acknowledgement.tab, main)

    def _pdf(self, answers: Answers, intake: Intake, token: str, write_pdf: Writer) -> Outgoing:
        """What the acknowledgement says, from what it carries: nothing is kept."""
        try:
            record = submit.recorded(intake, self.services.declaration(self.spec, answers), token)
        except TokenError as error:
            return self._check(answers, intake, error.status, self._token_notes(error))
        document = self._pages().document(answers, _values(record, ""))
        return Outgoing(headers=_DOWNLOAD, body=write_pdf(document))

    def _check(self, answers: Answers, intake: Intake, status: int, notes: list[str]) -> Outgoing:
        checked = submit.check(intake, self.services.declaration(self.spec, answers))
        pages = self._pages()
        code = crockford.grouped(checked.code)
        main = pages.check(answers, checked.token, code, [*notes, *self._contacts(answers)])
        return Outgoing(status, pages.words.check.tab, main)

    def _form(self, typed: Typed, status: int) -> Outgoing:
        pages = self._pages()
        tab = pages.words.form.tab
        if typed.errors:
            tab = f"{pages.common.labels['error']} · {tab}"
        return Outgoing(status, tab, pages.form(typed, self.services.retention(self.spec)))

    def _pages(self) -> FormPages:
        assets = self.services.assets()
        return FormPages(
            self.spec,
            assets.form(self.spec.name),
            assets.common,
            assets.settings.mode,
            assets.stations if "station" in self.spec.model.model_fields else NO_STATIONS,
        )

    def _token_notes(self, error: TokenError) -> list[str]:
        sentences = self.services.assets().common.tokens
        notes = [sentences[error.code]]
        if error.reference:
            notes.append(fill(sentences["already_sent"], {"reference": error.reference}))
        return notes

    def _contacts(self, answers: Answers) -> list[str]:
        """What would tell who writes, pointed out before sending."""
        if not self.spec.warn_of_contacts:
            return []
        sentence = self.services.assets().common.labels["contact_found"]
        texts = [value for value in answers.values() if isinstance(value, str)]
        found = [match[0] for text in texts for match in _CONTACT.finditer(text)]
        return [fill(sentence, {"found": each}) for each in dict.fromkeys(found)][:3]


def _values(submission: SealedSubmission, code: str) -> dict[str, str]:
    return {
        "reference": submission.reference,
        "code": crockford.grouped(code),
        "received": paris_date(submission.received_at),
        "expires": paris_date(submission.expires_at),
    }
