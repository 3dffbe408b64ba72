"""What leads to the author of a scam, in one shape; and what must never be given."""

from __future__ import annotations

import re

from chalicelib.forms.checksums import passes_luhn, passes_mod_97
from chalicelib.forms.parsing import refuse

_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")  # ISO 13616-1
# Bitcoin (base 58 and bech32), Ethereum and its kin, Tron, Monero, Litecoin.
_WALLET = re.compile(
    r"[13LM][1-9A-HJ-NP-Za-km-z]{25,34}|(bc1|ltc1)[02-9ac-hj-np-z]{11,71}|0x[0-9a-fA-F]{40}"
    r"|T[1-9A-HJ-NP-Za-km-z]{33}|[48][0-9AB][1-9A-HJ-NP-Za-km-z]{93}"
)
_DIGITS = re.compile(r"(?<![\w-])[0-9](?:[ .-]?[0-9])+(?![\w])")
_CARD = re.compile(
    r"4[0-9]{12}([0-9]{3})?|(5[1-5]|2[2-7])[0-9]{14}|3[47][0-9]{13}|6[0-9]{15}|5[06-8][0-9]{14}"
)


def to_iban(value: str) -> str:
    """`FR76 3000 …` → `FR763000…`, with its check digits verified."""
    iban = re.sub(r"[\s.-]", "", value).upper()
    if not _IBAN.fullmatch(iban) or not passes_mod_97(iban):
        raise refuse("iban_invalid")
    return iban


def to_wallet(value: str) -> str:
    """An address of a crypto-asset; its letters keep their case."""
    wallet = value.replace(" ", "")
    if not _WALLET.fullmatch(wallet):
        raise refuse("wallet_invalid")
    return wallet


def without_card_number(value: str) -> str:
    """Refuses a whole card number: nobody needs it, and it must not be kept anywhere."""
    for found in _DIGITS.finditer(value):
        digits = re.sub(r"[ .-]", "", found[0])
        if _CARD.fullmatch(digits) and passes_luhn(digits):
            raise refuse("card_number")
    return value
