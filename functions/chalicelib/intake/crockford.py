"""Crockford base 32: references and codes that can be read aloud and typed by hand."""

from __future__ import annotations

import base64

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # https://www.crockford.com/base32.html
_FROM_RFC_4648 = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", ALPHABET)
_LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SEPARATORS = str.maketrans("", "", " -\u00a0\u202f\u2010\u2011\u2013\u2014.\t\r\n")


def encode(data: bytes, length: int) -> str:
    """The first `length` characters (5 bits each) of `data`."""
    if len(data) * 8 < length * 5:
        raise ValueError("not enough bits")
    return base64.b32encode(data).decode().translate(_FROM_RFC_4648)[:length]


def grouped(text: str, size: int = 4) -> str:
    """`7K2M9QXD` → `7K2M-9QXD`."""
    return "-".join(text[start : start + size] for start in range(0, len(text), size))


def normalised(typed: str) -> str:
    """What a person typed, without separators and look-alikes; not checked."""
    return typed.translate(_SEPARATORS).upper().translate(_LOOK_ALIKES)


def is_valid(text: str, length: int) -> bool:
    """Whether a normalised text has `length` characters of the alphabet."""
    return len(text) == length and set(text) <= set(ALPHABET)
