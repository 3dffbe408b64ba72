"""Dates and hours as French people read them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
_PARIS = ZoneInfo("Europe/Paris")
_WALLIS = timedelta(hours=12)  # UTC+12, where a day of France begins first


def french_date(day: date) -> str:
    """`22 novembre 2026`; the first of a month is `1er`."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {MONTHS[day.month - 1]} {day.year}"


def paris_date(moment: datetime) -> str:
    """The day it is in Paris, in words."""
    return french_date(moment.astimezone(_PARIS).date())


def latest_day(moment: datetime) -> date:
    """The latest day begun somewhere in France: what is dated today there is not future."""
    return (moment + _WALLIS).date()


def days(duration: timedelta) -> str:
    """`90 jours`."""
    return f"{duration.days} jours"


def euros(amount: str) -> str:
    """`1250.00` → `1 250,00 €`, with spaces that do not break."""
    whole, _, cents = amount.partition(".")
    grouped = f"{int(whole):,}".replace(",", "\u202f")
    return f"{grouped},{cents or '00'}\u00a0€"
