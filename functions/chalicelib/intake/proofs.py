"""Proof of an e-mail address: six digits are sent there, and come back with the code.

    begin   address ─▶ six digits by e-mail; the store keeps their HMAC for a quarter of an hour
    prove   address + digits ─▶ the same HMAC, five tries in all

The HMAC is keyed by the follow-up code, which the store does not have: neither the address
nor the digits can be guessed from what is kept.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from chalicelib.intake import derive
from chalicelib.intake.keys import SigningKeys
from chalicelib.intake.ports import SealedSubmission

DIGITS = 6
LIFETIME = timedelta(minutes=15)
MAX_TRIES = 5  # of one record, however many e-mails: one chance in 200,000
MAX_MAILS_OF_RECORD = 5
MAX_MAILS_TO_ADDRESS = 5  # a day, whoever asks
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Proof:
    """What is kept of an e-mail on its way: nothing that gives back address or digits.

    Attributes:
        mac: 64 hex digits.
    """

    submission_key: str
    mac: str
    expires_at: datetime


class ProofStore(Protocol):
    """Every method may raise `StoreUnavailableError`."""

    def keep(self, proof: Proof) -> None:
        """Keep it in the place of the one before, if any."""
        ...

    def find(self, submission_key: str, now: datetime) -> Proof | None:
        """The last one of a record, until it expires."""
        ...

    def forget(self, submission_key: str) -> None:
        """Erase it."""
        ...

    def count(self, name: str, until: datetime, at_most: int) -> bool:
        """Add one to a counter that may go at `until`; False when it is at `at_most` already.

        At once: two requests never take the same place.
        """
        ...

    def purge(self, now: datetime) -> None:
        """Erase what has expired."""
        ...


Sender = Callable[[str], None]


@dataclass(frozen=True)
class Proving:
    """What a proof needs from the outside.

    Attributes:
        mails_per_day: Of this site, to everybody.
    """

    store: ProofStore
    keys: Callable[[datetime], SigningKeys]
    random_bytes: Callable[[int], bytes]
    mails_per_day: int
    now: datetime

    def begin(self, record: SealedSubmission, code: str, address: str, send: Sender) -> bool:
        """Draw six digits and hand them to `send`; False when too many e-mails have gone.

        What `send` raises goes through: then nothing has begun.
        """
        if not self._may_mail(record, address):
            return False
        digits = f"{int.from_bytes(self.random_bytes(8), 'big') % 10**DIGITS:0{DIGITS}}"
        send(digits)
        mac = _mac(record, code, address, digits)
        self.store.keep(Proof(record.key, mac, self.now + LIFETIME))
        return True

    def prove(self, record: SealedSubmission, code: str, address: str, digits: str) -> bool:
        """Whether `digits` are those that were sent to `address`; counts as a try."""
        if not self.store.count(f"tries#{record.key}", record.expires_at, MAX_TRIES):
            return False
        proof = self.store.find(record.key, self.now)
        if not (proof and hmac.compare_digest(proof.mac, _mac(record, code, address, digits))):
            return False
        self.store.forget(record.key)
        return True

    def _may_mail(self, record: SealedSubmission, address: str) -> bool:
        day = self.now.date().isoformat()
        tomorrow = self.now + _DAY
        secret = self.keys(self.now).current.secret
        whom = derive.hkdf(secret, day.encode(), f"reperes mail v1 {address.lower()}").hex()
        return (
            self.store.count(f"mails#{record.key}", record.expires_at, MAX_MAILS_OF_RECORD)
            and self.store.count(f"mails#{whom}", tomorrow, MAX_MAILS_TO_ADDRESS)
            and self.store.count(f"mails#{day}", tomorrow, self.mails_per_day)
        )


def _mac(record: SealedSubmission, code: str, address: str, digits: str) -> str:
    key = derive.hkdf(code.encode(), b"", "reperes proof v1")
    said = "\0".join((record.reference, address.lower(), digits))
    return hmac.digest(key, said.encode(), "sha256").hex()
