"""The token of a check page: what was read again is what is sent.

    token = version ‖ key id ‖ nonce ‖ time ‖ digest ‖ HMAC(K, all of them and the form)

It is carried by the page, so nothing is stored before the person confirms.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from chalicelib.errors import TokenUnreadableError
from chalicelib.intake.derive import NONCE_BYTES
from chalicelib.intake.keys import SigningKey

LIFETIME = timedelta(hours=24)
_CLOCK_SKEW = timedelta(minutes=5)
_VERSION = 1
_LAYOUT = struct.Struct(f">B4s{NONCE_BYTES}sQ32s")  # version, key id, nonce, seconds, digest
_MAC_BYTES = 32


@dataclass(frozen=True)
class Token:
    """A token as read; `is_signed_by` says whether it can be believed."""

    key_id: bytes
    nonce: bytes
    issued_at: datetime
    digest: bytes
    mac: bytes = b""

    def body(self) -> bytes:
        """The bytes that are signed, without the form."""
        seconds = int(self.issued_at.timestamp())
        return _LAYOUT.pack(_VERSION, self.key_id, self.nonce, seconds, self.digest)

    def is_signed_by(self, key: SigningKey, form: str) -> bool:
        """Whether `key` signed this token for `form`."""
        return hmac.compare_digest(self.mac, _sign(key, form, self.body()))

    def is_alive(self, now: datetime) -> bool:
        """Whether it is young enough (and not from the future)."""
        return self.issued_at - _CLOCK_SKEW <= now < self.issued_at + LIFETIME

    def __str__(self) -> str:
        return base64.urlsafe_b64encode(self.body() + self.mac).rstrip(b"=").decode()


def digest_of(answers: bytes) -> bytes:
    """Of the canonical answers."""
    return hashlib.sha256(answers).digest()


def issue(key: SigningKey, form: str, nonce: bytes, now: datetime, answers: bytes) -> Token:
    """A token for these canonical answers."""
    token = Token(key.id, nonce, now.replace(microsecond=0), digest_of(answers))
    return Token(token.key_id, nonce, token.issued_at, token.digest, _sign(key, form, token.body()))


def read(text: str) -> Token:
    """The token written in a page.

    Raises:
        TokenUnreadableError: it is not one of ours.
    """
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        version, key_id, nonce, seconds, digest = _LAYOUT.unpack(data[:-_MAC_BYTES])
        issued_at = datetime.fromtimestamp(seconds, UTC)
    except (binascii.Error, struct.error, ValueError, OverflowError, OSError) as error:
        raise TokenUnreadableError from error
    if version != _VERSION:
        raise TokenUnreadableError
    return Token(key_id, nonce, issued_at, digest, data[-_MAC_BYTES:])


def _sign(key: SigningKey, form: str, body: bytes) -> bytes:
    name = form.encode()
    return hmac.digest(key.secret, bytes([len(name)]) + name + body, "sha256")
