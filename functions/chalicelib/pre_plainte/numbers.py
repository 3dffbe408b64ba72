"""Numbers of organisations, checked with their own arithmetic."""

from __future__ import annotations

import re

_RNA = re.compile(r"W\d[\dAB]\d{7}")  # W, département, eight digits: W751234567, W2A1234567


def passes_luhn(digits: str) -> bool:
    """The check digit of SIREN and IMEI (ISO/IEC 7812-1, annex B)."""
    total = 0
    for position, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + position % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_organisation_number(text: str) -> bool:
    """A SIREN (9 digits), a SIRET (14 digits) or an RNA."""
    if _RNA.fullmatch(text):
        return True
    return text.isascii() and text.isdigit() and len(text) in (9, 14) and passes_luhn(text)
