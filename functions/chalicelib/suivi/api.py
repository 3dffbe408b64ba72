"""`/suivi/` for programs: the same code, the same rules, the same limits as the pages.

POST /api/suivi/open    {"code"}                      → status, dates, answers, a nonce
POST /api/suivi/write   {"code", "message", "nonce"}  → the same, a new nonce
POST /api/suivi/keep    {"code", "until"}             → the same, with the new date
POST /api/suivi/erase   {"code"}                      → reference
Files are sent by the page only.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from chalicelib.errors import InvalidSubmissionError, UnreadableBodyError
from chalicelib.forms import answers as reading
from chalicelib.forms.french import latest_day
from chalicelib.forms.spec import FormModel
from chalicelib.forms.view import FieldViews
from chalicelib.http.bodies import nonce_in
from chalicelib.http.exchange import Incoming, Outgoing
from chalicelib.http.json_api import read_json
from chalicelib.http.problems import invalid
from chalicelib.http.services import Services
from chalicelib.intake.derive import NONCE_BYTES
from chalicelib.suivi.model import Suivi, SuiviMessage
from chalicelib.suivi.visits import Visit, Visits

Act = Callable[[Visit, dict[str, str]], Outgoing]


@dataclass(frozen=True)
class JsonSuivi:
    """Answers the programs that hold a code."""

    services: Services
    visits: Visits

    def open(self, incoming: Incoming) -> Outgoing:
        """Status, dates and the answers of agents."""
        return self._answer(incoming, (), lambda visit, _: self._record(visit))

    def write(self, incoming: Incoming) -> Outgoing:
        """Add a message, once for each nonce."""

        def act(visit: Visit, sent: dict[str, str]) -> Outgoing:
            nonce = nonce_in({"nonce": [sent["nonce"]]})
            text = self._valid(SuiviMessage, {"message": sent["message"]})["message"]
            return self._record(self.visits.write(visit, text, nonce))

        return self._answer(incoming, ("message", "nonce"), act)

    def keep(self, incoming: Incoming) -> Outgoing:
        """Keep the record until the date that was offered; any other changes nothing."""
        return self._answer(
            incoming,
            ("until",),
            lambda visit, sent: self._record(self.visits.keep(visit, sent["until"])),
        )

    def erase(self, incoming: Incoming) -> Outgoing:
        """Erase everything, at once."""

        def act(visit: Visit, _: dict[str, str]) -> Outgoing:
            self.visits.erase(visit)
            return Outgoing(json={"reference": visit.record.reference})

        return self._answer(incoming, (), act)

    def _answer(self, incoming: Incoming, names: tuple[str, ...], act: Act) -> Outgoing:
        self.services.requests.take()
        sent = read_json(incoming, {"code", *names})
        if not all(isinstance(value, str) for value in sent.values()):
            raise UnreadableBodyError
        try:
            visit = self.visits.open(self._valid(Suivi, {"code": sent["code"]})["code"])
            return act(visit, sent)
        except InvalidSubmissionError as error:
            return self._invalid(error)

    def _record(self, visit: Visit) -> Outgoing:
        longer = self.visits.longer(visit)
        body: dict[str, Any] = {
            "reference": visit.record.reference,
            "status": str(visit.record.status),
            "received_at": visit.record.received_at.isoformat(),
            "expires_at": visit.record.expires_at.isoformat(),
            "longer_until": longer.isoformat() if longer else None,
            "answers": [
                {"sent_at": said.sent_at.isoformat(), "text": said.text}
                for said in self.visits.answers(visit)
            ],
            "nonce": base64.urlsafe_b64encode(self.services.random_bytes(NONCE_BYTES)).decode(),
        }
        return Outgoing(json=body)

    def _valid(self, model: type[FormModel], data: dict[str, str]) -> reading.Answers:
        return reading.validate(model, data, latest_day(self.services.clock()))

    def _invalid(self, error: InvalidSubmissionError) -> Outgoing:
        assets = self.services.assets()
        model: type[FormModel] = Suivi if "code" in error.fields else SuiviMessage
        views = FieldViews(model, assets.suivi.fields, assets.common)
        return invalid(assets.common, views, error)
