"""Who sends, when, and how often: the three sizes, and the arrivals of one day.

Shares are assumptions, written here and shown in the table; no site was measured.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass

SEED = 2026
# Of a day, hour by hour from midnight: quiet nights, a long evening. They sum to 1,000.
HOURS = (
    *(10, 7, 5, 4, 4, 6, 12, 22, 34, 42, 46, 48),
    *(50, 48, 46, 46, 50, 58, 72, 88, 98, 92, 70, 42),
)
EVENT_FACTOR = 50  # a news event: one evening hour, fifty times its usual arrivals
# Steps for each record that is sent, beside the one that sends it.
PER_RECORD = {
    "check, with errors": 0.5,
    "check": 1.3,
    "confirm": 1.0,
    "add a photo": 0.25,
    "come back": 1.5,
    "write": 0.1,
    "an agent reads": 1.2,
    "an agent answers": 0.4,
}
VISITS_PER_RECORD = 20  # people who read and send nothing, for one who sends
PAGES_PER_VISIT = 4


@dataclass(frozen=True)
class Place:
    """A deployment.

    Attributes:
        peak_per_s: Records at the worst second that it is asked to stand.
    """

    name: str
    per_day: int
    peak_per_s: float


def evening_peak(per_day: int, factor: float = 1.0) -> float:
    """Records a second in the busiest hour."""
    return per_day * max(HOURS) / sum(HOURS) / 3_600 * factor


PLACES = (
    Place("town", 10, evening_peak(10, EVENT_FACTOR)),
    Place("département", 1_000, evening_peak(1_000, EVENT_FACTOR)),
    Place("France", 50_000, 500.0),
)


def month(place: Place) -> Counter[str]:
    """Steps drawn for thirty days, one of which has a news event."""
    chance = random.Random(f"{SEED} {place.name}")  # noqa: S311 - a simulation, the same each time
    event = round(evening_peak(place.per_day, EVENT_FACTOR - 1) * 3_600)
    records = sum(_about(place.per_day, chance) for _ in range(30)) + event
    return Counter({name: _about(records * share, chance) for name, share in PER_RECORD.items()})


def second(place: Place, chance: random.Random) -> Counter[str]:
    """Steps drawn for one second of the peak."""
    return Counter(
        {name: _about(place.peak_per_s * share, chance) for name, share in PER_RECORD.items()}
    )


def _about(mean: float, chance: random.Random) -> int:
    """Arrivals that know nothing of each other: Poisson, near enough by the normal law."""
    return max(0, round(chance.gauss(mean, mean**0.5)))
