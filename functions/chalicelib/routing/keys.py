"""The public keys of agents, `age1…`: which ones can be sealed to."""

from __future__ import annotations

import bech32
import pyrage
from pyrage import x25519

_PRIME = 2**255 - 19  # RFC 7748 §4.1, as the two numbers below
_A = 486662
_BYTES = 32
_SECRET = "AGE-SECRET-KEY-"  # noqa: S105 - the public prefix of the age format
_NOT_THE_SIGN = (1 << 255) - 1  # the top bit is masked: RFC 7748 §5


def is_recipient(text: str) -> bool:
    """Whether `text` is an age public key that can be sealed to."""
    try:
        x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        return False
    return not _is_of_small_order(text)


def wrong_key(key: str) -> str:
    """Why `key` is refused, in one French sentence that repeats no secret."""
    if key.upper().startswith(_SECRET):
        return (
            "c’est une clé secrète : retirez-la d’ici, changez d’identité, donnez la clé publique"
        )
    return (
        f"« {key} » n’est pas une clé publique age : "
        "recopiez celle que « reperes-desk keygen » a donnée"
    )


def _is_of_small_order(recipient: str) -> bool:
    """Whether the point is one of those that make any shared secret zero.

    age refuses to seal to them by a panic that no `except Exception` sees. They are those
    of order 1, 2, 4 or 8: three doublings (RFC 7748 §5) lead them to infinity, Z = 0.
    """
    words = bech32.bech32_decode(recipient)[1] or []
    number = int.from_bytes(
        bytes(bech32.convertbits(words, 5, 8, False) or bytes(_BYTES)), "little"
    )
    x, z = number & _NOT_THE_SIGN, 1
    for _ in range(3):
        squares, product = x * x - z * z, x * z
        x, z = squares**2 % _PRIME, 4 * product * (x * x + _A * product + z * z) % _PRIME
    return z == 0
