"""32 bytes as an age identity, `AGE-SECRET-KEY-1…` (https://age-encryption.org/v1, BIP 173).

Every confirmation makes one. The `bech32` library, which reads the other keys, goes through the
checksum bit by bit: 58 µs, a sixteenth of a confirmation. A table of 32 entries takes 9.
"""

from __future__ import annotations

from functools import reduce
from operator import xor

_ALPHABET = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L"
_PREFIX = "age-secret-key-"
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_BYTES, _WORDS, _CHECK_WORDS = 32, 52, 6  # 52 words of 5 bits hold 32 bytes and 4 zero bits


def _step(top: int) -> int:
    """What the five bits that leave the checksum do to the rest."""
    chosen = (generator for bit, generator in enumerate(_GENERATORS) if top >> bit & 1)
    return reduce(xor, chosen, 0)


_STEPS = tuple(_step(top) for top in range(32))


def _checksum(words: list[int], state: int) -> int:
    for word in words:
        state = (state & 0x1FFFFFF) << 5 ^ word ^ _STEPS[state >> 25]
    return state


# The prefix is the same for every key: its part of the checksum is made once.
_START = _checksum([ord(c) >> 5 for c in _PREFIX] + [0] + [ord(c) & 31 for c in _PREFIX], 1)


def secret_key(seed: bytes) -> str:
    """The text of the identity whose secret is `seed` (32 bytes).

    Raises:
        ValueError: another length.
    """
    if len(seed) != _BYTES:
        raise ValueError("an age identity has 32 bytes")
    number = int.from_bytes(seed, "big") << 4
    words = [number >> shift & 31 for shift in range(5 * (_WORDS - 1), -1, -5)]
    check = _checksum(words + [0] * _CHECK_WORDS, _START) ^ 1
    words += [check >> shift & 31 for shift in range(5 * (_CHECK_WORDS - 1), -1, -5)]
    return f"{_PREFIX.upper()}1{''.join(_ALPHABET[word] for word in words)}"
