"""Public holidays where a station stands, for the weeks that a build lives."""

from __future__ import annotations

import importlib.util
import sys
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import holidays

# Subdivisions of the `holidays` library by département; the others have the national days.
_SUBDIVISIONS = {
    "57": "57",
    "67": "6AE",
    "68": "6AE",
    "971": "971",
    "972": "972",
    "973": "973",
    "974": "974",
    "975": "PM",
    "976": "976",
    "977": "BL",
    "978": "MF",
    "986": "WF",
    "987": "PF",
    "988": "NC",
}
# A page that is rebuilt once a year still knows its holidays.
HORIZON = timedelta(days=400)


def holidays_of(departement: str, today: date) -> tuple[str, ...]:
    """ISO dates of public holidays from yesterday on (it may still be yesterday overseas)."""
    return _holidays(_SUBDIVISIONS.get(departement), today)


@cache
def _holidays(subdivision: str | None, today: date) -> tuple[str, ...]:
    first, last = today - timedelta(days=1), today + HORIZON
    years = range(first.year, last.year + 1)
    days = _france()(subdiv=subdivision, years=years)
    return tuple(day.isoformat() for day in sorted(days) if first <= day <= last)


@cache
def _france() -> Any:
    """The class `France` of the library, without the 250 other countries.

    `holidays.countries` imports every one of them: 60 ms and 7 MiB of a build for one calendar.
    """
    name = "holidays_of_france"
    file = Path(holidays.__file__).parent / "countries" / "france.py"
    spec = importlib.util.spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        raise ImportError(f"no calendar in {file.name}")
    sys.modules[name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.France
