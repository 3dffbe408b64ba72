"""Phone numbers: kept as one dials them from anywhere, shown as one reads them in France."""

from __future__ import annotations

import re
from functools import cache

# Country codes of France's territories (ITU-T E.164 list) and the length of the number after
# them. Guadeloupe, Martinique, Guyane, La Réunion and Mayotte use the national plan (0590…).
_OVERSEAS_DIGITS = {"508": 6, "681": 6, "687": 6, "689": 8}
_NATIONAL_PLAN = {"590", "594", "596", "262"}
# First digits of a national number that belong to one of these, fixed lines then mobiles.
_AREAS = {
    **dict.fromkeys(("590", "690", "691"), "590"),
    **dict.fromkeys(("594", "694"), "594"),
    **dict.fromkeys(("596", "696", "697"), "596"),
    **dict.fromkeys(("262", "263", "269", "639", "692", "693"), "262"),
}
# Old fixed lines of French Polynesia (six digits) took the prefix 40 in June 2014.
_POLYNESIA, _POLYNESIA_FIXED = "689", "40"

SHAPE = re.compile(
    r"\d{2,4}|\+33[1-9]\d{8}|\+(590|594|596|262)\d{9}|\+(508|681|687)\d{6}|\+689\d{8}"
)


def parse_phone(text: str) -> str:
    """`04 74 47 20 20` → `+33474472020`; empty when the text is not a French number."""
    digits = re.sub(r"\D", "", text)
    if text.strip().startswith("+") or digits.startswith("00"):
        return _international(digits.removeprefix("00"))
    if len(digits) == 10 and digits.startswith("0"):
        return _national(digits)
    return digits if re.fullmatch(r"1\d{1,2}|3\d{3}|1[01]\d{2}", digits) else ""


def _national(digits: str) -> str:
    return f"+{_AREAS.get(digits[1:4], '33')}{digits[1:]}"


def _international(digits: str) -> str:
    if digits.startswith("33"):
        rest = digits[2:].removeprefix("0")
        return _national(f"0{rest}") if re.fullmatch(r"[1-9]\d{8}", rest) else ""
    code, rest = digits[:3], digits[3:]
    if code in _NATIONAL_PLAN:  # `+590 41 14 20` and `+590 5 90 41 14 20` are both met
        rest = code + rest if len(rest) == 6 else rest.removeprefix("0")
        return f"+{code}{rest}" if len(rest) == 9 else ""
    if code == _POLYNESIA and len(rest) == 6 and rest.startswith(("4", "5")):
        rest = _POLYNESIA_FIXED + rest
    return f"+{code}{rest}" if len(rest) == _OVERSEAS_DIGITS.get(code) else ""


@cache
def show_phone(phone: str) -> str:
    """`+33474472020` → `04 74 47 20 20`; `+687443535` → `+687 44 35 35`; `3430` → `34 30`."""
    if not phone.startswith("+"):
        return _pairs(phone) if len(phone) == 4 else phone
    if phone.startswith("+33"):
        return _pairs("0" + phone[3:])
    code, rest = phone[1:4], phone[4:]
    return _pairs("0" + rest) if code in _NATIONAL_PLAN else f"+{code} {_pairs(rest)}"


def _pairs(digits: str) -> str:
    return " ".join(re.findall(r"\d{1,2}", digits))
