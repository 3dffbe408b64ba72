"""Opening hours of a week, written in a small part of the OSM `opening_hours` syntax.

What is read: `24/7`, or rules joined by `; ` such as `Mo-Fr 08:00-12:00,14:00-18:00; PH off`.
Days that no rule names are closed; public holidays that no rule names are unknown.
Source of the syntax: https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
DAY_MIN = 24 * 60
HOLIDAYS = "PH"
ALWAYS = "24/7"

_TIME = re.compile(r"([01]\d|2[0-4]):([0-5]\d)")


@dataclass(frozen=True, order=True)
class Span:
    """From `start_min` to `end_min`, minutes since midnight, 0 to 1440."""

    start_min: int
    end_min: int

    def __post_init__(self) -> None:
        if not 0 <= self.start_min < self.end_min <= DAY_MIN:
            raise ValueError("une plage horaire finit avant de commencer")


Spans = tuple[Span, ...]
ALL_DAY: Spans = (Span(0, DAY_MIN),)


@dataclass(frozen=True)
class OpeningHours:
    """A week from Monday to Sunday.

    Attributes:
        week: Seven tuples of spans, in order, without overlap.
        holidays: Spans of public holidays; empty when closed, None when nobody said.
    """

    week: tuple[Spans, ...]
    holidays: Spans | None = None

    @property
    def is_always_open(self) -> bool:
        """Open day and night, holidays included."""
        return all(day == ALL_DAY for day in (*self.week, self.holidays))


def merged(spans: Iterable[Span]) -> Spans:
    """The same minutes in order, spans that touch or overlap joined."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.start_min <= result[-1].end_min:
            result[-1] = Span(result[-1].start_min, max(result[-1].end_min, span.end_min))
        else:
            result.append(span)
    return tuple(result)


@cache  # a force keeps a few dozen weeks for thousands of stations
def parse_hours(text: str) -> OpeningHours:
    """Read what `format_hours` writes.

    Raises:
        ValueError: a French sentence that says which part cannot be read.
    """
    if text == ALWAYS:
        return OpeningHours((ALL_DAY,) * 7, ALL_DAY)
    week: list[Spans] = [()] * 7
    holidays: Spans | None = None
    for rule in text.split("; "):
        days, _, times = rule.partition(" ")
        spans = () if times == "off" else merged(_span(part) for part in times.split(","))
        for day in _days(days):
            if day == len(DAYS):
                holidays = spans
            else:
                week[day] = spans
    return OpeningHours(tuple(week), holidays)


def format_hours(hours: OpeningHours) -> str:
    """The shortest text that `parse_hours` reads back; days with the same spans together."""
    if hours.is_always_open:
        return ALWAYS
    by_spans: dict[Spans, list[int]] = {}
    for day, spans in enumerate(hours.week):
        if spans:
            by_spans.setdefault(spans, []).append(day)
    rules = [f"{_day_list(days)} {_times(spans)}" for spans, days in by_spans.items()]
    if hours.holidays is not None:
        rules.append(f"{HOLIDAYS} {_times(hours.holidays)}")
    return "; ".join(rules)


def _days(text: str) -> Iterator[int]:
    for part in text.split(","):
        first, _, last = part.partition("-")
        if part == HOLIDAYS:
            yield len(DAYS)
        elif first in DAYS and (last or first) in DAYS:
            start, end = DAYS.index(first), DAYS.index(last or first)
            if start > end:
                raise ValueError(f"« {part} » finit avant de commencer")
            yield from range(start, end + 1)
        else:
            raise ValueError(f"« {part} » n’est pas un jour (Mo, Tu… Su, PH)")


def _span(text: str) -> Span:
    bounds = [_TIME.fullmatch(bound) for bound in text.split("-")]
    if len(bounds) != 2 or not all(bounds):
        raise ValueError(f"« {text} » n’est pas une plage HH:MM-HH:MM")
    start, end = (int(found[1]) * 60 + int(found[2]) for found in bounds if found)
    return Span(start, end)


def _times(spans: Spans) -> str:
    return ",".join(f"{_clock(s.start_min)}-{_clock(s.end_min)}" for s in spans) or "off"


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _day_list(days: list[int]) -> str:
    return ",".join(_day_range(run) for run in runs_of(days))


def _day_range(run: list[int]) -> str:
    first, last = DAYS[run[0]], DAYS[run[-1]]
    return first if len(run) == 1 else f"{first}-{last}"


def runs_of(days: list[int]) -> list[list[int]]:
    """Consecutive days together: [0, 1, 3] → [[0, 1], [3]]."""
    jumps = [0, *(int(b != a + 1) for a, b in pairwise(days))]
    numbered, total = [], 0
    for day, jump in zip(days, jumps, strict=True):
        total += jump
        numbered.append((total, day))
    return [[day for _, day in run] for _, run in groupby(numbered, key=lambda pair: pair[0])]
