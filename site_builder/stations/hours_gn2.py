"""Reads the hours of the gendarmerie's export, before and since its 2023 layout."""

from __future__ import annotations

import re
from itertools import pairwise

from site_builder.stations.hours import DAY_MIN, OpeningHours, Span, Spans, format_hours, merged
from site_builder.stations.hours_text import DAY_NAMES, ReadHours
from site_builder.stations.tables import Line

HOLIDAYS = "jours_feries"
RANGES = ("plage1", "plage2", "plage3")
# `Lundi : 8h00-12h00 14h00-18h00 Mardi : …`, sometimes with `$` before each day
_DAY = re.compile(
    r"\$?\s*(lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|jours? f[ée]ri[ée]s?)\s*:",
    re.IGNORECASE,
)
_SPAN = re.compile(r"(\d{1,2}) ?h ?(\d{0,2}) ?(?:-|à) ?(\d{1,2}) ?h ?(\d{0,2})", re.IGNORECASE)


def read_gn2_hours(line: Line) -> ReadHours:
    """Hours of one row, of either layout."""
    if f"{DAY_NAMES[0]}_plage1_debut" in line.columns:
        return _columns(line)
    return _text(line["horaires_accueil"])


def _text(text: str) -> ReadHours:
    """The layout until 2023: one text for the week."""
    parts = _DAY.split(text)
    if len(parts) < 3 or parts[0].strip(" $"):
        return ReadHours(note=" ".join(text.split()))
    days: dict[str, Spans] = {}
    for name, times in zip(parts[1::2], parts[2::2], strict=True):
        spans = _spans(times)
        if spans is None:
            return ReadHours(note=" ".join(text.replace("$", " ").split()))
        days[_day_key(name)] = spans
    return _read(days)


def _columns(line: Line) -> ReadHours:
    """The layout since 2023: a beginning and an end for each of three spans of each day."""
    days: dict[str, Spans] = {}
    told: list[str] = []
    is_readable = True
    for day in (*DAY_NAMES, HOLIDAYS):
        bounds = [(line[f"{day}_{r}_debut"], line[f"{day}_{r}_fin"]) for r in RANGES]
        written = [f"{start}-{end}" for start, end in bounds if start or end]
        if not written:
            continue
        told.append(f"{day.replace('_', ' ')} {' '.join(written)}")
        spans = _spans(" ".join(written))
        if spans is None:
            is_readable = False
        else:
            days[day] = spans
    return _read(days) if is_readable else ReadHours(note=", ".join(told))


def _read(days: dict[str, Spans]) -> ReadHours:
    week = tuple(days.get(name, ()) for name in DAY_NAMES)
    hours = OpeningHours(week, days.get(HOLIDAYS))
    return ReadHours(format_hours(hours) if any(week) else "")


def _spans(text: str) -> Spans | None:
    """Spans of one day; none when it says closed; None when anything else is written."""
    rest = re.sub(r"[\s,;$]|et|ferm[ée]e?", "", _SPAN.sub("", text), flags=re.IGNORECASE)
    if rest:
        return None
    try:
        found = [Span(_minutes(m[1], m[2]), _end(m[3], m[4])) for m in _SPAN.finditer(text)]
    except ValueError:
        return None
    ordered = sorted(found)
    overlap = any(a.end_min > b.start_min for a, b in pairwise(ordered))
    return None if overlap else merged(ordered)


def _minutes(hour: str, minute: str) -> int:
    return int(hour) * 60 + int(minute or 0)


def _end(hour: str, minute: str) -> int:
    """Midnight is written 24h00, 0h00 or 23h59."""
    minutes = _minutes(hour, minute)
    return DAY_MIN if minutes in (0, DAY_MIN - 1) else minutes


def _day_key(name: str) -> str:
    return HOLIDAYS if name.lower().startswith("jour") else name.lower()
