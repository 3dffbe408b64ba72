"""Reads the hours of the DILA base; what cannot be read stays text and is never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from site_builder.stations.hours import (
    ALL_DAY,
    OpeningHours,
    Span,
    Spans,
    format_hours,
    merged,
)
from site_builder.stations.model import HoursFor

DAY_NAMES = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
SUNDAY = 6

# `lundi..vendredi: 08:00:00-12:00:00,14:00:00-18:00:00 [a note]`, rules joined by ` ; `
_RULE = re.compile(
    r"(?P<first>[a-z]+)\.\.(?P<last>[a-z]+): (?P<times>[\d:,-]+)( \[(?P<note>[^]]*)])?"
)
_TIMES = re.compile(r"(\d\d):(\d\d):00-(\d\d):(\d\d):00")
# What the base writes when it has a note and no hours. It never means « day and night ».
_NO_HOURS = "00:00:00-00:00:00"

# Whole sentences only: « ouvert 24 h sur 24 » inside a longer one may speak of another service.
_ALWAYS = re.compile(
    r"(le commissariat est )?ouvert (tous les jours )?24 ?h(/| sur )24 ?h?( et 7 ?j/7)?\.?", re.I
)
_EVERY_DAY = re.compile(r"tous les jours|7 ?j/7", re.I)
_SCOPES = (
    (
        HoursFor.PLAINTES,
        re.compile(
            r"accueil pour les dépôts de plaintes?\.?"
            r"|.*concernent uniquement les dépôts de plaintes?\.?"
            r"|le commissariat est ouvert 24 .+ et, pour les plaintes, .+",
            re.I,
        ),
    ),
    (
        HoursFor.APPOINTMENTS,
        re.compile(
            r"accueil (physique )?(ouvert )?uniquement sur rendez-vous\.?"
            r"|accueil sur rendez-vous uniquement\.?",
            re.I,
        ),
    ),
)
_CLOSED_HOLIDAYS = re.compile(r"fermée? les? dimanches? et (les )?jours fériés\.?", re.I)
_HOLIDAYS = re.compile(
    r"(les? )?(?P<sunday>dimanches? et )?jours fériés ?:? ?(?P<times>de .+?)\.?", re.I
)
_SPOKEN = re.compile(r"de (\d{1,2}) ?h ?(\d\d)? à (\d{1,2}) ?h ?(\d\d)?", re.I)


@dataclass(frozen=True)
class ReadHours:
    """Hours in the syntax of `hours.py` (empty: not told or not readable) and words to show."""

    hours: str = ""
    note: str = ""
    scope: HoursFor = HoursFor.EVERYTHING


@cache  # a few dozen weeks for thousands of stations
def read_dila_hours(text: str, comment: str = "") -> ReadHours:
    """The two columns `horaires` and `commentaire` of one record."""
    comment = " ".join(comment.split())
    rules = [_RULE.fullmatch(" ".join(part.split())) for part in text.split(" ; ")] if text else []
    if not all(rules):
        return ReadHours(note=_joined([text, comment]))
    found = [rule for rule in rules if rule]
    notes = [" ".join((rule["note"] or "").split()) for rule in found]
    week = _week([(r["first"], r["last"], r["times"]) for r in found if r["times"] != _NO_HOURS])
    if week is None:
        return ReadHours(note=_joined([_readable(text), comment]))
    hours, rest = _with_holidays(week, [*notes, comment])
    if not any(hours.week):
        return ReadHours(_always(comment), _joined(rest))
    return ReadHours(format_hours(hours), _joined(rest), _scope(notes))


def _week(rules: list[tuple[str, str, str]]) -> list[Spans] | None:
    """Spans of each day; None when two of them overlap, since one must be a mistake."""
    week: list[list[Span]] = [[] for _ in DAY_NAMES]
    for first, last, times in rules:
        if first not in DAY_NAMES or last not in DAY_NAMES:
            return None
        try:
            spans = [_span(part) for part in times.split(",")]
        except ValueError:
            return None
        for day in range(DAY_NAMES.index(first), DAY_NAMES.index(last) + 1):
            week[day] += spans
    for day_spans in week:
        day_spans.sort()
        pairs = pairwise(day_spans)
        if any(a.end_min > b.start_min for a, b in pairs):
            return None
    return [merged(spans) for spans in week]


def _span(text: str) -> Span:
    found = _TIMES.fullmatch(text)
    if not found:
        raise ValueError(text)
    h1, m1, h2, m2 = (int(part) for part in found.groups())
    return Span(h1 * 60 + m1, h2 * 60 + m2)


def _with_holidays(week: list[Spans], notes: list[str]) -> tuple[OpeningHours, list[str]]:
    """Adds what a note says of public holidays; such a note stays shown all the same."""
    hours = OpeningHours(tuple(week))
    for note in notes:
        if _CLOSED_HOLIDAYS.fullmatch(note):
            hours = replace(hours, holidays=())
        elif (found := _HOLIDAYS.fullmatch(note)) and (spans := _spoken(found["times"])):
            hours = replace(hours, holidays=spans)
            if found["sunday"] and not week[SUNDAY]:
                hours = replace(hours, week=(*hours.week[:SUNDAY], spans))
    return hours, [note for note in notes if note]


def _spoken(text: str) -> Spans:
    """`de 9h à 12 h et de 15h à 18h` → spans; empty when another word is there."""
    if re.sub(r"[\s,]|et", "", _SPOKEN.sub("", text)):
        return ()
    groups = ((found[1], found[2], found[3], found[4]) for found in _SPOKEN.finditer(text))
    numbers = ([int(part or 0) for part in group] for group in groups)
    return merged(Span(h1 * 60 + m1, h2 * 60 + m2) for h1, m1, h2, m2 in numbers)


def _always(comment: str) -> str:
    whole = _ALWAYS.fullmatch(comment) and _EVERY_DAY.search(comment)
    return format_hours(OpeningHours((ALL_DAY,) * 7, ALL_DAY)) if whole else ""


def _scope(notes: list[str]) -> HoursFor:
    """What a note says of all the hours; a note about one morning says nothing of them."""
    for note in notes:
        found = next((scope for scope, phrase in _SCOPES if phrase.fullmatch(note)), None)
        if found:
            return found
    return HoursFor.EVERYTHING


def _readable(text: str) -> str:
    """The source's own syntax, made readable: `08:00:00` → `8 h`, `lundi..lundi` → `lundi`."""
    text = re.sub(r"([a-z]+)\.\.\1", r"\1", text)
    text = re.sub(r"([a-z]+)\.\.([a-z]+)", r"\1 à \2", text)
    text = re.sub(r"0?(\d?\d):(\d\d):00", lambda m: f"{m[1]} h {m[2]}".removesuffix(" 00"), text)
    return text.replace("-", " à ").replace(" ;", " ;").replace(",", ", ").replace(":", " :")


def _joined(notes: list[str]) -> str:
    return " ".join(dict.fromkeys(note for note in notes if note))
