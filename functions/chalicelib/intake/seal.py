"""Sealing at the door: the functions hold no key that opens what they store."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pyrage
from pyrage import x25519

# The length of a sealed text leaks: it is padded up to the next of these, then to
# multiples of the last.
BUCKETS = tuple(1024 << step for step in range(7))  # 1 to 64 KiB


def padded(text: bytes) -> bytes:
    """JSON text followed by spaces, which JSON ignores, up to the next bucket."""
    largest = BUCKETS[-1]
    multiple = -(-len(text) // largest) * largest
    size = next((bucket for bucket in BUCKETS if len(text) <= bucket), multiple)
    return text.ljust(size, b" ")


def seal(payload: dict[str, Any], recipients: Sequence[str], decoys: int = 0) -> bytes:
    """`payload` as padded JSON, sealed so that any one of `recipients` opens it.

    Kind and reference belong inside: age has no associated data. The `decoys` are keys
    made here and forgotten: the number of keys is seen by whoever holds the file.
    """
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
    keys = [x25519.Recipient.from_str(recipient) for recipient in recipients]
    keys += [x25519.Identity.generate().to_public() for _ in range(decoys)]
    return bytes(pyrage.encrypt(padded(text), keys))


def unseal(ciphertext: bytes, identities: Sequence[x25519.Identity]) -> dict[str, Any]:
    """What `seal` was given. For agents' machines, and for the holder of a code.

    Raises:
        pyrage.DecryptError: none of the identities opens it.
    """
    payload: dict[str, Any] = json.loads(pyrage.decrypt(ciphertext, identities))
    return payload
