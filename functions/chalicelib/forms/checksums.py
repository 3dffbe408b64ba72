"""Check digits."""

from __future__ import annotations


def passes_luhn(digits: str) -> bool:
    """The check digit of SIREN, IMEI and cards (ISO/IEC 7812-1, annex B)."""
    total = 0
    for position, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + position % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def passes_mod_97(iban: str) -> bool:
    """The check digits of an IBAN in capital letters (ISO 13616-1, ISO/IEC 7064)."""
    moved = iban[4:] + iban[:4]
    return int("".join(str(int(char, 36)) for char in moved)) % 97 == 1
