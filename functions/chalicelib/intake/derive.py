"""Everything that is derived from a nonce, from K or from a code.

    nonce ──SHA-256──────────────▶ key of the record (the nonce itself is never stored)
    nonce ──HKDF "reference"─────▶ SIG-7K2M-9QXD-4TFB
    K, nonce ──HKDF "code"───────▶ 20 characters, 100 bits
    code ──HKDF "lookup"─────────▶ finds the record
    code ──HKDF "follow"─────────▶ X25519 identity to which answers are sealed
    code ──HKDF "route" + name───▶ which agents read it: only the code can tell

100 random bits need no slow derivation: guessing one code among a million records
takes 2^80 look-ups.
"""

from __future__ import annotations

import hashlib
import hmac

from pyrage import x25519

from chalicelib.intake import crockford
from chalicelib.intake.age_key import secret_key

NONCE_BYTES = 32
REFERENCE_LENGTH = 12
CODE_LENGTH = 20


def hkdf(secret: bytes, salt: bytes, info: str, length: int = 32) -> bytes:
    """HKDF with SHA-256, one block (RFC 5869); `length` ≤ 32."""
    pseudo_random_key = hmac.digest(salt or bytes(32), secret, "sha256")
    return hmac.digest(pseudo_random_key, info.encode() + b"\x01", "sha256")[:length]


def record_key(nonce: bytes) -> str:
    """Under which a submission is stored once (64 hex digits)."""
    return hashlib.sha256(nonce).hexdigest()


def reference_of(nonce: bytes, prefix: str) -> str:
    """The number given to the person; says nothing of them."""
    text = crockford.encode(hkdf(nonce, b"", "reperes reference v1"), REFERENCE_LENGTH)
    return f"{prefix}-{crockford.grouped(text)}"


def code_of(secret: bytes, nonce: bytes) -> str:
    """The follow-up code, ungrouped; the same as long as K and the nonce are known."""
    return crockford.encode(hkdf(secret, nonce, "reperes code v1"), CODE_LENGTH)


def lookup_of(code: str) -> str:
    """What the store keeps to find the record of a code (64 hex digits)."""
    return hkdf(code.encode(), b"", "reperes lookup v1").hex()


def route_mark(code: str, route: str) -> str:
    """What the store keeps of a route (64 hex digits): nothing, to whoever has no code."""
    return hkdf(code.encode(), b"", f"reperes route v1 {route}").hex()


def follow_identity(code: str) -> x25519.Identity:
    """The identity that opens the answers to the holder of `code`."""
    seed = hkdf(code.encode(), b"", "reperes follow v1")
    return x25519.Identity.from_str(secret_key(seed))


def follow_recipient(code: str) -> str:
    """The public half, kept with the record: `age1…`."""
    return str(follow_identity(code).to_public())
