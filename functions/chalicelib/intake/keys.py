"""K, the secret that signs check pages and makes the codes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

SECRET_BYTES = 32
PREVIOUS_ACCEPTED = timedelta(hours=24)
ROTATED_AFTER = timedelta(days=30)


@dataclass(frozen=True)
class SigningKey:
    """One generation of K."""

    secret: bytes
    created_at: datetime

    @cached_property
    def id(self) -> bytes:
        """Four bytes that name the key without telling it."""
        return hashlib.sha256(b"reperes key id v1" + self.secret).digest()[:4]


@dataclass(frozen=True)
class SigningKeys:
    """The current key, and the one before it, still accepted for a day."""

    current: SigningKey
    previous: SigningKey | None = None

    def find(self, key_id: bytes, now: datetime) -> SigningKey | None:
        """The accepted key that has this id."""
        if key_id == self.current.id:
            return self.current
        if self.previous is None or key_id != self.previous.id:
            return None
        retired_at = self.current.created_at
        return self.previous if now < retired_at + PREVIOUS_ACCEPTED else None

    def is_due(self, now: datetime) -> bool:
        """Whether a new key should replace the current one."""
        return now >= self.current.created_at + ROTATED_AFTER

    def rotated(self, secret: bytes, now: datetime) -> SigningKeys:
        """`secret` becomes current; the current key becomes the previous one."""
        return SigningKeys(SigningKey(secret, now), self.current)
