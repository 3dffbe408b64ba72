"""`/suivi/`: what the holder of a code may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from chalicelib.errors import InvalidSubmissionError
from chalicelib.forms import answers as reading
from chalicelib.forms.french import latest_day, paris_date
from chalicelib.http.bodies import read_form
from chalicelib.http.exchange import Incoming, Outgoing
from chalicelib.http.services import Services
from chalicelib.intake import derive
from chalicelib.intake.ports import SealedSubmission
from chalicelib.suivi.model import Suivi
from chalicelib.suivi.pages import SuiviPages


@dataclass(frozen=True)
class SuiviHandler:
    """Answers the posts of `/suivi/`."""

    services: Services

    def __call__(self, incoming: Incoming) -> Outgoing:
        """The status of the record, or the form again.

        Raises:
            IntakeError: translated by the edge.
        """
        self.services.requests.take()
        fields = read_form(incoming)
        now = self.services.clock()
        pages = self._pages()
        try:
            record = self._record(reading.read(Suivi, fields, latest_day(now))["code"], now)
        except InvalidSubmissionError as error:
            tab = f"{pages.common.labels['error']} · {pages.words.form.tab}"
            return Outgoing(error.status, tab, pages.form(fields, error.fields))
        dates = {
            "received": paris_date(record.received_at),
            "expires": paris_date(record.expires_at),
        }
        main = pages.record(record.reference, record.status, dates)
        return Outgoing(200, pages.words.record.tab, main)

    def _record(self, code: str, now: datetime) -> SealedSubmission:
        record = self.services.store().find_by_lookup(derive.lookup_of(code), now)
        if record is None:
            raise InvalidSubmissionError({"code": "code_unknown"})
        return record

    def _pages(self) -> SuiviPages:
        assets = self.services.assets()
        return SuiviPages(assets.suivi, assets.common)
