"""What an agent should open first, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from chalicelib.intake.ports import SealedSubmission

EXPIRES_SOON = timedelta(days=7)
_GRAVE = {"violences", "disparition"}


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
    """Violence, then vehicles, then the rest by amount, each from the oldest."""
    found = [_judged(record, answers, now) for record, answers in opened]
    return sorted(found, key=lambda one: (one.rank, -one.amount, one.record.received_at))


def _judged(record: SealedSubmission, answers: dict[str, Any], now: datetime) -> Sorted:
    amount = _amount(answers)
    is_grave = _is_grave(answers)
    has_vehicle = any(thing.get("plate") for thing in _things(answers))
    said = {
        "violences": is_grave,
        "véhicule": has_vehicle,
        "pour une autre personne": answers.get("declarant") == "representative",
        f"{amount:.0f} €": amount > 0,
        "s’efface bientôt": record.expires_at - now <= EXPIRES_SOON,
    }
    reasons = tuple(reason for reason, applies in said.items() if applies)
    return Sorted(record, reasons, 0 if is_grave else 1 if has_vehicle else 2, amount)


def _is_grave(answers: dict[str, Any]) -> bool:
    said = (answers.get("offence"), answers.get("theme"))
    return answers.get("violence") == "yes" or any(str(each) in _GRAVE for each in said)


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
