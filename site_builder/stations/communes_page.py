"""`/stations/<dep>/communes/`: for each commune its nearest station, without any script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import groupby

from site_builder.stations.communes import Commune, Communes
from site_builder.stations.departements import Departement
from site_builder.stations.model import Station
from site_builder.stations.names import fold, place_of
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
        if commune.point_deg is not None:
            found = self.index.nearest(commune.point_deg)
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
    groups = groupby(listed, key=lambda commune: fold(commune.name)[0].upper())
    return [(letter, "".join(_items(list(found), place, nearest))) for letter, found in groups]


def _items(communes: list[Commune], place: Departement, nearest: NearestStations) -> Iterator[str]:
    for commune in communes:
        name, found = escape(commune.name), nearest.of(commune)
        if found is None:
            yield f"<li>{name}\u00a0: position inconnue\n"
            continue
        station, metres = found
        away = "dans la commune" if metres is None else show_distance(metres)
        competent = _competent(nearest.competent.get(commune.insee), station, place.slug)
        yield f"<li>{name}\u00a0: {_link(station, place.slug)} {away}{competent}\n"


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
    return f'<a href="{up}/{station.slug}/">{_label(station.name)}</a>'


@cache
def _label(name: str) -> str:
    return escape(place_of(name))
