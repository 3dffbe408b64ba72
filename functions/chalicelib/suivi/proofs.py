"""The proof of an e-mail address: six digits go by e-mail and come back with the code."""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.errors import InvalidSubmissionError
from chalicelib.forms.words import SuiviWords, fill
from chalicelib.http.services import Services
from chalicelib.intake import derive, proofs
from chalicelib.intake.ports import Author
from chalicelib.mail.ports import Mailer, MailError
from chalicelib.suivi.visits import Visit, Visits


@dataclass(frozen=True)
class Proofs:
    """Proofs of addresses, on the visits of a code."""

    services: Services
    visits: Visits

    def offered(self, visit: Visit) -> bool:
        """Whether this site sends e-mails, and the form asks for an address."""
        return self.services.mailer is not None and visit.spec.asks_email

    def send(self, visit: Visit, address: str, words: SuiviWords) -> None:
        """Send six digits.

        Raises:
            InvalidSubmissionError: under `email`, why none was sent.
        """
        mailer = self.services.mailer
        if mailer is None or not visit.spec.asks_email:
            raise InvalidSubmissionError({"email": "mail_failed"})
        try:
            with self.services.mails.taken():
                begun = self._proving(visit).begin(
                    visit.record, visit.code, address, _sender(mailer, address, words)
                )
        except MailError:
            raise InvalidSubmissionError({"email": "mail_failed"}) from None
        if not begun:
            raise InvalidSubmissionError({"email": "mail_too_many"})

    def check(self, visit: Visit, address: str, digits: str, words: SuiviWords) -> None:
        """Tell the agents, under their seal, that the address is proved.

        Raises:
            InvalidSubmissionError: these are not the digits, or no try is left.
        """
        if not self._proving(visit).prove(visit.record, visit.code, address, digits):
            raise InvalidSubmissionError({"digits": "digits_wrong"})
        text = fill(words.proved_for_agents, {"email": address})
        nonce = self.services.random_bytes(derive.NONCE_BYTES)
        self.visits.add(visit, Author.SITE, text, nonce, 0)

    def _proving(self, visit: Visit) -> proofs.Proving:
        return proofs.Proving(
            store=self.services.store().proofs,
            keys=self.services.keys,
            random_bytes=self.services.random_bytes,
            mails_per_day=self.services.mails_per_day,
            now=visit.now,
        )


def _sender(mailer: Mailer, address: str, words: SuiviWords) -> proofs.Sender:
    def send(digits: str) -> None:
        spaced = f"{digits[:3]} {digits[3:]}"
        mailer.send(address, words.mail.title, fill(words.mail.text, {"digits": spaced}))

    return send
