"""Joins an import with the stations of earlier ones, so that ids and addresses stay."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from site_builder.stations.model import Origin, Station
from site_builder.stations.names import assign_slugs, fold, place_of
from site_builder.stations.nearest import distance_m
from site_builder.stations.report import Report

# Two records of the same place and kind, whose positions differ by less, are one station.
SAME_PLACE_M = 2_000
# A loss beyond this share stops the import: the file is more likely cut than France.
MAX_LOSS = 0.05
# Fields that a second source may complete or refresh, each with its own origin.
FIELDS = (
    *("address", "postcode", "commune", "phones", "email", "url", "hours", "note"),
    *("accessibility", "official_id", "competent_for", "position"),
)
# Fields that only make sense together travel together.
_GROUPS = {
    "hours": ("hours", "hours_for", "hours_note"),
    "position": ("longitude_deg", "latitude_deg", "position"),
}

Series = tuple[str, str]  # source and kind


def merge(
    previous: Sequence[Station], incoming: Sequence[Station], day: date, report: Report
) -> list[Station]:
    """All stations after the import, addresses assigned.

    Stations of an imported series (source and kind) that are gone are closed on `day`; those of
    other series stay as they are.
    """
    series = {series_of(station) for station in incoming}
    finder = _Finder(previous, incoming)
    result: dict[str, Station] = {}
    for station in incoming:
        old = finder.find(station)
        if old is None:
            report.added += 1
            result[station.id] = station
            continue
        report.matched += 1
        merged = _joined(old, station)
        report.changed += merged != old
        result[old.id] = merged
    for station in previous:
        if station.id in result:
            continue
        if series_of(station) in series and station.closed_on is None:
            report.removed += 1
            station = station.model_copy(update={"closed_on": day})
        result[station.id] = station
    return with_slugs(list(result.values()), {station.id: station.slug for station in previous})


def with_slugs(stations: Sequence[Station], kept: dict[str, str]) -> list[Station]:
    """The same stations, each with an address unique in its département."""
    wanted = ((station.id, station.departement, station.slug) for station in stations)
    slugs = assign_slugs(wanted, kept)
    return [
        station
        if station.slug == slugs[station.id]
        else station.model_copy(update={"slug": slugs[station.id]})
        for station in stations
    ]


def losses(
    previous: Sequence[Station], merged: Sequence[Station], series: set[Series]
) -> list[str]:
    """What each imported series loses beyond 5 %, in French."""
    before, after = _counts(previous), _counts(merged)
    found = []
    for source, kind in sorted(series):
        for position, what in enumerate(("stations", "téléphones")):
            old, new = before[source, kind][position], after[source, kind][position]
            if new < old * (1 - MAX_LOSS):
                found.append(f"{what} ({kind}, {source}) : {old} avant, {new} après")
    return found


def series_of(station: Station) -> Series:
    """Source and kind: what an import replaces."""
    return station.source, station.kind


def _counts(stations: Iterable[Station]) -> dict[Series, tuple[int, int]]:
    count: Counter[Series] = Counter()
    phones: Counter[Series] = Counter()
    for station in stations:
        if station.closed_on is None:
            count[series_of(station)] += 1
            phones[series_of(station)] += bool(station.phones)
    return defaultdict(lambda: (0, 0), {key: (count[key], phones[key]) for key in count})


class _Finder:
    """Finds the earlier record of a station: own id, official id, then name, place and distance."""

    def __init__(self, stations: Sequence[Station], incoming: Sequence[Station]) -> None:
        self._by_id = {station.id: station for station in stations}
        # Those that come back under their own id are nobody else's earlier record.
        known = {station.id for station in incoming}
        others = [station for station in stations if station.id not in known]
        self._ambiguous = _repeated_ids(stations) | _repeated_ids(incoming)
        self._by_official = {(s.kind, s.official_id): s for s in others if s.official_id}
        self._by_place: dict[tuple[str, str, str], list[Station]] = defaultdict(list)
        for station in others:
            self._by_place[_place_key(station)].append(station)
        self._taken: set[str] = set()

    def find(self, station: Station) -> Station | None:
        """The earlier record, each given once."""
        found = self._by_id.get(station.id) or self._same_official(station)
        found = found or self._same_place(station)
        if found:
            self._taken.add(found.id)
        return found

    def _same_official(self, station: Station) -> Station | None:
        if station.official_id in self._ambiguous:
            return None
        found = self._by_official.get((station.kind, station.official_id))
        return found if found and found.id not in self._taken else None

    def _same_place(self, station: Station) -> Station | None:
        near = [
            other
            for other in self._by_place[_place_key(station)]
            if other.id not in self._taken and _could_be_same(station, other)
        ]
        return near[0] if len(near) == 1 else None


def _repeated_ids(stations: Sequence[Station]) -> set[str]:
    """Official ids that several stations bear (the DILA base has three): they prove nothing."""
    count = Counter(station.official_id for station in stations if station.official_id)
    return {official_id for official_id, number in count.items() if number > 1}


def _place_key(station: Station) -> tuple[str, str, str]:
    return station.kind, station.departement, fold(place_of(station.name))


def _could_be_same(a: Station, b: Station) -> bool:
    if a.official_id and b.official_id and a.official_id != b.official_id:
        return False
    if a.is_located and b.is_located:
        return distance_m(a.point_deg, b.point_deg) <= SAME_PLACE_M
    return a.insee == b.insee


def _joined(old: Station, new: Station) -> Station:
    """One record from two: the same series replaces, another source wins when it is newer."""
    keep: dict[str, Any] = {"id": old.id, "slug": old.slug, "closed_on": None}
    if series_of(old) == series_of(new):
        first, second = new, old
        wanted = [
            name
            for name, origin in old.provenance.items()
            if origin.as_of > new.as_of or _lacks(new, name)
        ]
    else:
        first, second = (new, old) if new.as_of >= old.as_of else (old, new)
        wanted = [name for name in FIELDS if _lacks(first, name)]
    provenance = dict(first.provenance)
    for name in wanted:
        if not _lacks(second, name):
            own = Origin(source=second.source, as_of=second.as_of)
            provenance[name] = second.provenance.get(name, own)
            keep |= _values(second, name)
    return first.model_copy(update=keep | {"provenance": provenance})


def _lacks(station: Station, name: str) -> bool:
    if name == "position":
        return not station.is_located
    if name == "hours":
        return not (station.hours or station.hours_note)
    return not getattr(station, name)


def _values(station: Station, name: str) -> dict[str, Any]:
    return {field: getattr(station, field) for field in _GROUPS.get(name, (name,))}
