"""The forms for programs: the same models, the same tokens, the same limits as the pages.

POST /api/<form>/check     {"answers": {…}}                → token and code
POST /api/<form>/confirm   {"answers": {…}, "token": "…"}  → reference, dates, code
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from chalicelib.errors import (
    BodyTooLargeError,
    InvalidSubmissionError,
    UnreadableBodyError,
    UnsupportedBodyError,
)
from chalicelib.forms import answers as reading
from chalicelib.forms.answers import Answers
from chalicelib.forms.french import latest_day
from chalicelib.forms.spec import FormSpec
from chalicelib.forms.stations import NO_STATIONS
from chalicelib.forms.view import FieldViews
from chalicelib.http.bodies import MAX_FORM_BYTES
from chalicelib.http.exchange import Incoming, Outgoing
from chalicelib.http.problems import invalid
from chalicelib.http.services import Services
from chalicelib.intake import crockford, submit

MEDIA_TYPE = "application/json"


def read_json(incoming: Incoming, keys: set[str]) -> dict[str, Any]:
    """The object of a body that has `keys` and no other.

    Raises:
        UnsupportedBodyError, BodyTooLargeError, UnreadableBodyError: nothing was read.
    """
    if incoming.media_type != MEDIA_TYPE:
        raise UnsupportedBodyError
    if len(incoming.body) > MAX_FORM_BYTES:
        raise BodyTooLargeError
    try:
        data = json.loads(incoming.body.decode(), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise UnreadableBodyError from None  # the error would quote what was sent
    if not isinstance(data, dict) or set(data) != keys:
        raise UnreadableBodyError
    return data


def _refuse_constant(name: str) -> Any:
    raise ValueError(name)  # NaN and Infinity are no JSON (RFC 8259 §6)


@dataclass(frozen=True)
class JsonForm:
    """Answers the programs that fill in one form."""

    spec: FormSpec
    services: Services

    def check(self, incoming: Incoming) -> Outgoing:
        """Nothing is stored; the token signs the answers as they are given back."""
        intake = self.services.intake()
        self.services.requests.take()
        sent = read_json(incoming, {"answers"})
        try:
            answers = self._valid(sent["answers"])
        except InvalidSubmissionError as error:
            return self._invalid(error)
        checked = submit.check(intake, self.services.declaration(self.spec, answers))
        code = crockford.grouped(checked.code)
        return Outgoing(json={"token": checked.token, "code": code, "answers": answers})

    def confirm(self, incoming: Incoming) -> Outgoing:
        """Stored once, however many times it is sent."""
        intake = self.services.intake()
        self.services.requests.take()
        sent = read_json(incoming, {"answers", "token"})
        if not isinstance(sent["token"], str):
            raise UnreadableBodyError
        try:
            answers = self._valid(sent["answers"])
        except InvalidSubmissionError as error:
            return self._invalid(error)
        self.services.submissions(self.spec.name).take()
        declaration = self.services.declaration(self.spec, answers)
        confirmed = submit.confirm(intake, declaration, sent["token"])
        record = confirmed.submission
        return Outgoing(
            json={
                "reference": record.reference,
                "code": crockford.grouped(confirmed.code),
                "status": str(record.status),
                "received_at": record.received_at.isoformat(),
                "expires_at": record.expires_at.isoformat(),
                "late": confirmed.is_late,
            }
        )

    def _valid(self, answers: Any) -> Answers:
        if not isinstance(answers, dict):
            raise UnreadableBodyError
        stations = self.services.assets().stations if answers.get("station") else NO_STATIONS
        today = latest_day(self.services.clock())
        return reading.validate(self.spec.model, answers, today, stations)

    def _invalid(self, error: InvalidSubmissionError) -> Outgoing:
        assets = self.services.assets()
        words = assets.form(self.spec.name).fields
        views = FieldViews(self.spec.model, words, assets.common)
        return invalid(assets.common, views, error)
