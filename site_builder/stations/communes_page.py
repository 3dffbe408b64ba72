"""`/stations/<dep>/communes/`: for each commune its nearest station, without any script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from site_builder.stations.communes import Commune, Communes
from site_builder.stations.departements import Departement
from site_builder.stations.model import Station
from site_builder.stations.names import place_of
from site_builder.stations.nearest import NearestIndex
from site_builder.stations.words import show_distance


@dataclass(frozen=True)
class NearestStations:
    """The nearest open station of any commune."""

    stations: Sequence[Station]
    index: NearestIndex
    by_commune: Mapping[str, Station]
    competent: Mapping[str, Station]

    def of(self, commune: Commune) -> tuple[Station, float | None] | None:
        """(station, metres); metres are None when only the commune tells that it is near."""
        point = commune.point_deg
        if point is not None:
            found = self.index.nearest(point)
            if found:
                return self.stations[found[0]], found[1]
        station = self.by_commune.get(commune.insee)
        return (station, None) if station else None


def nearest_stations(stations: Sequence[Station]) -> NearestStations:
    """Index of the stations that are open; those without a sure position serve their commune."""
    opened = [station for station in stations if station.closed_on is None]
    located = [station for station in opened if station.is_located]
    index = NearestIndex([station.point_deg for station in located])
    competent = {insee: station for station in opened for insee in station.competent_for}
    by_commune = {station.insee: station for station in opened}
    return NearestStations(located, index, by_commune, competent)


def commune_groups(
    place: Departement, communes: Communes, nearest: NearestStations
) -> list[tuple[str, str]]:
    """(first letter, list items as HTML) of a département.

    The items are made here: 35,000 of them through a template would cost half a second.
    """
    listed = communes.by_departement.get(place.slug, [])
    if not listed:
        return []
    names = escape("\0".join(commune.name for commune in listed)).split("\0")
    items = _items(listed, names, place.slug, nearest)
    groups = groupby(zip(listed, items, strict=True), key=lambda pair: pair[0].folded[0].upper())
    return [(letter, "".join(item for _, item in found)) for letter, found in groups]


def _items(
    communes: Sequence[Commune], names: Sequence[str], departement: str, nearest: NearestStations
) -> Iterator[str]:
    """One list item for each commune; `names` are theirs, escaped at once."""
    links: dict[str, str] = {}
    for commune, name in zip(communes, names, strict=True):
        found = nearest.of(commune)
        if found is None:
            yield f"<li>{name}\u00a0: position inconnue\n"
            continue
        station, metres = found
        link = links.get(station.id)
        if link is None:
            link = links[station.id] = _link(station, departement)
        away = "dans la commune" if metres is None else show_distance(metres)
        competent = _competent(nearest.competent.get(commune.insee), station, departement)
        yield f"<li>{name}\u00a0: {link} {away}{competent}\n"


def _competent(competent: Station | None, nearest: Station, page_departement: str) -> str:
    """Who answers for the commune, where the operator loaded it."""
    if competent is None:
        return ""
    if competent is nearest:
        return ", compétente"
    return f", compétente\u00a0: {_link(competent, page_departement)}"


def _link(station: Station, page_departement: str) -> str:
    """Relative, since a page repeats it hundreds of times."""
    up = ".." if station.departement == page_departement else f"../../{station.departement}"
    return f'<a href="{up}/{station.slug}/">{escape(place_of(station.name))}</a>'
