"""The pages of `/suivi/` as HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from chalicelib.forms.answer_views import View
from chalicelib.forms.french import paris_date
from chalicelib.forms.groups import Fields
from chalicelib.forms.render import draw
from chalicelib.forms.view import FieldViews, Typed
from chalicelib.forms.words import CommonWords, PageWords, SuiviWords, fill
from chalicelib.intake.follow import Message
from chalicelib.intake.ports import SealedSubmission
from chalicelib.suivi.model import Suivi, SuiviDigits, SuiviEmail, SuiviFile, SuiviMessage


@dataclass(frozen=True)
class Opened:
    """A record as the holder of its code sees it.

    Attributes:
        code: Carried by the hidden fields of the page, which is never kept.
        nonce: Makes what this page sends count once.
        until: Date to which it may be kept longer, or None.
        typed: A message that was refused, with its error.
        notice: What was just done.
        takes_file: Whether one more file may be added.
        proves: Whether an e-mail address may be proved.
    """

    record: SealedSubmission
    code: str
    nonce: str
    answers: Sequence[Message]
    until: datetime | None
    typed: Typed = field(default_factory=Typed)
    notice: str = ""
    takes_file: bool = False
    proves: bool = False


@dataclass(frozen=True)
class SuiviPages:
    """Draws the inner HTML of `<main>`."""

    words: SuiviWords
    common: CommonWords

    def form(self, fields: Fields, errors: Mapping[str, str]) -> str:
        """The page that asks for the code."""
        views = FieldViews(Suivi, self.words.fields, self.common)
        typed = Typed(fields, errors)
        return draw(
            "suivi.html",
            head=self.words.form.model_dump(),
            field=views.field("code", typed),
            summary=views.summary(["code"], typed),
            labels=self.common.labels,
            button=self.words.button,
        )

    def record(self, opened: Opened) -> str:
        """Status, answers, and what may be done."""
        views = FieldViews(SuiviMessage, self.words.fields, self.common)
        files = FieldViews(SuiviFile, self.words.fields, self.common)
        record = opened.record
        return draw(
            "record.html",
            **self._shared(opened.code, record.reference, self.words.record),
            status={"key": record.status, **self.words.statuses[record.status].model_dump()},
            received=paris_date(record.received_at),
            expires=paris_date(record.expires_at),
            answers=[
                {"title": self._answered(answer), "text": answer.text} for answer in opened.answers
            ],
            nonce=opened.nonce,
            until=opened.until.isoformat() if opened.until else "",
            longer=fill(
                self.words.longer.text,
                {"until": paris_date(opened.until) if opened.until else ""},
            ),
            field=views.field("message", opened.typed),
            file=files.field("file", opened.typed) if opened.takes_file else None,
            summary=views.summary(["message"], opened.typed)
            or files.summary(["file"], opened.typed),
            notice=opened.notice,
            proves=opened.proves,
        )

    def memo(self, code: str, record: SealedSubmission) -> str:
        """Number, code and date, and no word on what they are: safe to leave on paper."""
        expires = paris_date(record.expires_at)
        shared = self._shared(code, record.reference, self.words.memo)
        return draw("memo.html", **shared, lead=fill(self.words.memo.lead, {"expires": expires}))

    def proof(self, code: str, reference: str, typed: Typed, address: str) -> str:
        """Asks for an address, or for the digits that `address` has received."""
        emails = FieldViews(SuiviEmail, self.words.fields, self.common)
        digits = FieldViews(SuiviDigits, self.words.fields, self.common)
        return draw(
            "proof.html",
            **self._shared(code, reference, self.words.proof),
            sent=fill(self.words.mail_sent, {"email": address}) if address else "",
            address=address,
            field=emails.field("email", typed if not address else Typed()),
            digits=digits.field("digits", typed, autocomplete=True),
            summary=emails.summary(["email"], typed) or digits.summary(["digits"], typed),
        )

    def sure(self, code: str, reference: str) -> str:
        """Asks once more before everything is erased."""
        return draw("sure.html", **self._shared(code, reference, self.words.sure))

    def erased(self, reference: str) -> str:
        """Says that nothing is left."""
        return draw(
            "short.html",
            head=self.words.erased.model_dump(),
            reference=reference,
            labels=self.common.labels,
        )

    def _answered(self, answer: Message) -> str:
        return fill(self.words.answered, {"date": paris_date(answer.sent_at)})

    def _shared(self, code: str, reference: str, head: PageWords) -> View:
        return {
            "head": head.model_dump(),
            "words": self.words.model_dump(),
            "labels": self.common.labels,
            "code": code,
            "reference": reference,
        }
