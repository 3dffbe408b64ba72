"""What an agent should open first, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from chalicelib.intake import deadlines
from chalicelib.intake.ports import SealedSubmission
from chalicelib.routing.model import themes_of

_GRAVE = ("violences", "disparition")
_ADULT_YEARS = 18  # Code civil, art. 414


@dataclass(frozen=True)
class Sorted:
    """A record with the reasons of its place; `rank` 0 comes first."""

    record: SealedSubmission
    reasons: tuple[str, ...]
    rank: int
    amount: Decimal


def sorted_records(
    opened: Iterable[tuple[SealedSubmission, dict[str, Any]]], now: datetime
) -> list[Sorted]:
    """Violence, minors, vehicles, then the rest by amount, each from the oldest."""
    found = [_judged(record, answers, now) for record, answers in opened]
    return sorted(found, key=lambda one: (one.rank, -one.amount, one.record.received_at))


def _judged(record: SealedSubmission, answers: dict[str, Any], now: datetime) -> Sorted:
    amount = _amount(answers)
    grave = [theme for theme in _GRAVE if theme in themes_of(answers)]
    is_minor = _is_minor(answers, record.received_at.date())
    has_vehicle = any(thing.get("plate") for thing in _things(answers))
    said = {
        **dict.fromkeys(grave, True),
        "mineur": is_minor,
        "véhicule": has_vehicle,
        "pour une autre personne": answers.get("declarant") == "representative",
        f"{amount:.0f} €": amount > 0,
        "s’efface bientôt": deadlines.is_lost_soon(record, now),
    }
    reasons = tuple(reason for reason, applies in said.items() if applies)
    rank = [bool(grave), is_minor, has_vehicle, True].index(True)
    return Sorted(record, reasons, rank, amount)


def _is_minor(answers: dict[str, Any], day: date) -> bool:
    """Whether a date of birth among the answers is that of a child on `day`."""
    return any(
        _age(str(value), day) < _ADULT_YEARS
        for name, value in answers.items()
        if name.endswith("birth_date")
    )


def _age(born: str, day: date) -> int:
    """In years; of what is no date, the age of an adult."""
    try:
        birth = date.fromisoformat(born)
    except ValueError:
        return _ADULT_YEARS
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def _things(answers: dict[str, Any]) -> list[dict[str, Any]]:
    things = answers.get("objects")
    return (
        [thing for thing in things if isinstance(thing, dict)] if isinstance(things, list) else []
    )


def _amount(answers: dict[str, Any]) -> Decimal:
    """In euros; a record that someone forged may hold anything."""
    try:
        alone = Decimal(str(answers.get("amount") or 0))
        total = alone + sum(
            Decimal(str(thing.get("amount") or 0)) * int(thing.get("quantity") or 1)
            for thing in _things(answers)
        )
    except (ArithmeticError, ValueError, TypeError):
        return Decimal(0)
    return total if total.is_finite() else Decimal(0)
