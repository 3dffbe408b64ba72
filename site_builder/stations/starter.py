"""Chooses the starter set that the project carries, from a file of all of France.

    python -m site_builder.stations.starter STATIONS_DILA_CSV DATA

For each département and collectivity, one commissariat and one brigade of the chief town where
they exist; one station of each commune over 100,000 inhabitants.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from site_builder.stations.geojson_writing import geojson_text, replace_file
from site_builder.stations.importing import describe
from site_builder.stations.loading import load_stations
from site_builder.stations.model import Station, StationKind
from site_builder.stations.places import Places

LARGE_COMMUNE = 100_000  # inhabitants
MAX_STATIONS = 250


def choose(stations: Sequence[Station], places: Places) -> list[Station]:
    """The starter set, sorted by id."""
    by_commune: dict[str, list[Station]] = {}
    for station in sorted(stations, key=_preference):
        for code in _communes_of(station, places):
            by_commune.setdefault(code, []).append(station)
    chosen: dict[str, Station] = {}
    for departement in places.departements.values():
        found = by_commune.get(departement.chef_lieu, [])
        for kind in StationKind:
            chosen |= _first(station for station in found if station.kind == kind)
    for commune in places.communes.all:
        found = by_commune.get(commune.insee, [])
        if commune.population > LARGE_COMMUNE and not any(s.id in chosen for s in found):
            chosen |= _first(found)
    return sorted(chosen.values(), key=lambda station: station.id)


def _preference(station: Station) -> tuple[bool, bool, bool, str]:
    """A central station that can be found and called comes first."""
    is_commissariat = station.kind == StationKind.COMMISSARIAT
    return not is_commissariat, not station.is_located, not station.phones, station.id


def _communes_of(station: Station, places: Places) -> list[str]:
    """Its commune, and the city when that is an arrondissement."""
    commune = places.communes.by_insee.get(station.insee)
    return [station.insee, commune.parent] if commune and commune.parent else [station.insee]


def _first(stations: Iterable[Station]) -> dict[str, Station]:
    return {station.id: station for station in list(stations)[:1]}


def main(source: Path, data: Path) -> None:
    """Write data/stations.geojson."""
    found, _ = load_stations(source, source, data)
    chosen = choose(found.stations, found.places)
    metadata = describe(chosen).model_copy(update={"scope": "starter"})
    replace_file(data / "stations.geojson", geojson_text(chosen, metadata).encode())


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:]))
