"""What pages say of a station, in French: hours of the week, distances, kinds."""

from __future__ import annotations

from datetime import date
from functools import cache
from urllib.parse import quote, urlencode

from chalicelib.forms.french import MONTHS
from site_builder.stations.hours import OpeningHours, Spans, parse_hours, runs_of
from site_builder.stations.model import Accessibility, HoursFor, Station, StationKind

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
KINDS = {
    StationKind.COMMISSARIAT: "Police nationale",
    StationKind.BRIGADE: "Gendarmerie nationale",
}
ACCESS = {
    Accessibility.ACCESSIBLE: "accessible en fauteuil roulant",
    Accessibility.ON_REQUEST: "accessible en fauteuil roulant sur demande",
    Accessibility.NOT_ACCESSIBLE: "non accessible en fauteuil roulant",
    Accessibility.UNKNOWN: "",
}
HOURS_FOR = {
    HoursFor.EVERYTHING: "",
    HoursFor.PLAINTES: "pour les plaintes",
    HoursFor.APPOINTMENTS: "sur rendez-vous",
}
# A plain link that the reader follows or not; the page itself asks nothing of anybody.
_DIRECTIONS = "https://www.openstreetmap.org/directions"
_SEARCH = "https://www.openstreetmap.org/search"


def show_distance(metres: float) -> str:
    """`850` → `à 850 m`; `12345` → `à 12 km`; `1234` → `à 1,2 km`; never broken over two lines."""
    if metres < 950:
        return f"à\u00a0{max(50, round(metres / 50) * 50)}\u00a0m"
    km = metres / 1000
    number = f"{km:.1f}".replace(".", ",") if km < 9.95 else f"{km:.0f}"
    return f"à\u00a0{number}\u00a0km"


@cache
def week_rows(hours: str) -> tuple[tuple[str, str], ...]:
    """(days, spans) of a week; alike days together: `lundi au vendredi`, `8 h à 12 h`."""
    read = parse_hours(hours)
    if read.is_always_open:
        return (("tous les jours", "24 h sur 24"),)
    by_spans: dict[Spans, list[int]] = {}
    for day, spans in enumerate(read.week):
        by_spans.setdefault(spans, []).append(day)
    rows = [(_days(days), _spans(spans)) for spans, days in by_spans.items()]
    return (*rows, ("jours fériés", _holidays(read)))


def _holidays(hours: OpeningHours) -> str:
    return "non communiqué" if hours.holidays is None else _spans(hours.holidays)


def _days(days: list[int]) -> str:
    return ", ".join(
        DAYS[run[0]]
        if len(run) == 1
        else f"{DAYS[run[0]]}{' et ' if len(run) == 2 else ' au '}{DAYS[run[-1]]}"
        for run in runs_of(days)
    )


def _spans(spans: Spans) -> str:
    return ", ".join(f"{_clock(s.start_min)} à {_clock(s.end_min)}" for s in spans) or "fermé"


def _clock(minutes: int) -> str:
    hour, rest = divmod(minutes, 60)
    return f"{hour} h {rest:02}" if rest else f"{hour} h"


def french_month(day: date) -> str:
    """`2022-01-04` → `janvier 2022`."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def geo_uri(station: Station) -> str:
    """`geo:` link (RFC 5870), which opens the map of the phone."""
    longitude, latitude = station.point_deg
    label = quote(f"{latitude},{longitude}({station.name})")
    return f"geo:{latitude},{longitude}?q={label}"


def way_href(station: Station) -> str:
    """A way there; by address when the position cannot be trusted."""
    if station.is_located:
        longitude, latitude = station.point_deg
        return f"{_DIRECTIONS}?to={latitude},{longitude}"
    return f"{_SEARCH}?{urlencode({'query': postal_address(station)})}"


def postal_address(station: Station) -> str:
    """On one line: `4 rue des Remparts, 01000 Bourg-en-Bresse`."""
    town = f"{station.postcode} {station.commune}".strip()
    return f"{station.address}, {town}" if station.address else town
