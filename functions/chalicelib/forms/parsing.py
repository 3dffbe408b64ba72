"""What people really type → one canonical shape, or an error code."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

from pydantic import ValidationInfo
from pydantic_core import PydanticCustomError

from chalicelib.forms import texts

_MONTHS = (
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
)
_ACCENTS = str.maketrans("éû", "eu")
_NUMBERS = re.compile(r"(\d{1,2})(?:er)?[\s/.-]+(\d{1,2})[\s/.-]+(\d{4})")
_WORDS = re.compile(r"(\d{1,2})(?:er)?\s+([a-z]+)\.?\s+(\d{4})")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_HOUR = re.compile(r"([01]?\d|2[0-3])\s*(?:h|:|heures?)\s*([0-5]\d)?", re.IGNORECASE)
_AMOUNT = re.compile(r"[0-9]{1,9}(\.[0-9]{1,2})?")
_EMAIL = re.compile(r"[^@\s]{1,64}@(?:[^@\s.]+\.)+[^@\s.\d][^@\s.]*")
_FRENCH_PHONE = re.compile(r"0[1-9][0-9]{8}")
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")  # ITU-T E.164: 7 to 15 digits
OLDEST_YEAR = 1900


def refuse(code: str) -> PydanticCustomError:
    """The error of a validator; its sentence is in the words of the form."""
    return PydanticCustomError(code, "{code}", {"code": code})


def to_date(value: object) -> object:
    """`14/07/2026`, `14 juillet 2026` and `2026-07-14` are the same day."""
    if not isinstance(value, str):
        return value
    text = str(texts.line(value)).lower().translate(_ACCENTS)
    if _ISO.fullmatch(text):
        year, month, day = text.split("-")
    elif numbers := _NUMBERS.fullmatch(text):
        day, month, year = numbers.groups()
    elif (words := _WORDS.fullmatch(text)) and words[2] in _MONTHS:
        day, month, year = words[1], str(_MONTHS.index(words[2]) + 1), words[3]
    else:
        raise refuse("date_invalid")
    try:
        return date(int(year), int(month), int(day))
    except ValueError as error:
        raise refuse("date_invalid") from error


def not_too_old(value: date | None) -> date | None:
    """Nobody alive was born, and no prescription runs, since 1900."""
    if value and value.year < OLDEST_YEAR:
        raise refuse("date_too_old")
    return value


def to_hour(value: object) -> object:
    """`18h30`, `18:30`, `18 h` → `18:30`."""
    if not isinstance(value, str) or not value:
        return value
    found = _HOUR.fullmatch(str(texts.line(value)))
    if not found:
        raise refuse("hour_invalid")
    return f"{int(found[1]):02}:{int(found[2] or 0):02}"


def to_email(value: str) -> str:
    """An address that could exist; only a message sent there proves it."""
    if value and not _EMAIL.fullmatch(value):
        raise refuse("email_invalid")
    local, _, domain = value.rpartition("@")
    return f"{local}@{domain.lower()}" if value else ""


def to_phone(value: str) -> str:
    """`06 12 34 56 78`, `0033612345678` → `+33612345678`."""
    digits = re.sub(r"[\s.()/-]", "", value)
    digits = re.sub(r"^00", "+", digits).replace("+330", "+33")
    if _FRENCH_PHONE.fullmatch(digits):
        digits = f"+33{digits[1:]}"
    if digits and not _E164.fullmatch(digits):
        raise refuse("phone_invalid")
    return digits


def to_postcode(value: str) -> str:
    """Five digits, with or without spaces."""
    digits = value.replace(" ", "")
    if digits and not re.fullmatch(r"[0-9]{5}", digits):
        raise refuse("postcode_invalid")
    return digits


def to_url(value: str) -> str:
    """A web address; `https://` is added to a bare name."""
    text = value if re.match(r"[a-z]+://", value, re.IGNORECASE) else f"https://{value}"
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018 - reading the port checks it
    except ValueError as error:
        raise refuse("url_invalid") from error
    if parts.scheme.lower() not in ("http", "https") or "." not in (parts.hostname or ""):
        raise refuse("url_invalid")
    if re.search(r"\s", text):
        raise refuse("url_invalid")
    return text


def to_lines(value: object) -> object:
    """A text area with one entry a line → the entries that are not empty."""
    if isinstance(value, str):
        value = value.splitlines()
    if isinstance(value, list):
        return [line for line in map(texts.line, value) if line != ""]
    return value


def to_bool(value: object) -> object:
    """What a ticked box sends."""
    return (
        {"yes": True, "": False, "no": False}.get(value, value) if isinstance(value, str) else value
    )


def must_be_ticked(value: bool) -> bool:
    """For boxes without which nothing can be sent."""
    if not value:
        raise refuse("required")
    return value


def not_future(value: date | None, info: ValidationInfo) -> date | None:
    """What happened is past; `context["today"]` is given by the caller."""
    if value and value > info.context["today"]:  # type: ignore[index] # always given
        raise refuse("date_future")
    return value


def to_amount(value: str) -> str:
    """Euros: `1 234,5 €` → `1234.50`; nothing under zero, under a thousand million."""
    digits = re.sub(r"[\s€]|euros?", "", value, flags=re.IGNORECASE).replace(",", ".")
    if not digits:
        return ""
    if not _AMOUNT.fullmatch(digits):
        raise refuse("amount_invalid")
    return f"{float(digits):.2f}"
