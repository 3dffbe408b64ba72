"""Stations for a build or a check, from data/stations.geojson or from another file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from site_builder.problems import Problem
from site_builder.stations.check import check_stations
from site_builder.stations.formats import detect
from site_builder.stations.geojson_file import Metadata, read_geojson
from site_builder.stations.importing import describe, read_official
from site_builder.stations.merge import with_slugs
from site_builder.stations.model import Station
from site_builder.stations.places import Places, load_places
from site_builder.stations.report import Report
from site_builder.stations.support import FILE as SUPPORT_FILE
from site_builder.stations.support import SupportOffice, load_support


@dataclass(frozen=True)
class StationSet:
    """Everything that the pages need of stations."""

    stations: tuple[Station, ...]
    metadata: Metadata | None
    places: Places
    support: tuple[SupportOffice, ...] = ()


def load_stations(path: Path, shown: Path, data: Path) -> tuple[StationSet, list[Problem]]:
    """Stations of a GeoJSON or of an official CSV (`make build STATIONS=FILE`), checked.

    Args:
        shown: The same path as messages show it.
        data: Folder of communes.csv and departements.geojson.
    """
    places = load_places(data)
    support, damaged = load_support(data / SUPPORT_FILE, Path(data.name) / SUPPORT_FILE)
    if path.is_file() and detect(path) != "geojson":
        found, problems = _from_official(path, shown, places)
    else:
        found, problems = _from_geojson(path, shown, places)
    return replace(found, support=tuple(support)), problems + damaged


def check_station_file(path: Path, shown: Path, data: Path) -> list[Problem]:
    """Every problem of a station file, for `reperes stations check`."""
    return load_stations(path, shown, data)[1]


def _from_geojson(path: Path, shown: Path, places: Places) -> tuple[StationSet, list[Problem]]:
    found = read_geojson(path, shown)
    problems = found.problems + check_stations(
        found.stations, found.lines, shown, places.communes, places.departements
    )
    return StationSet(tuple(found.stations), found.metadata, places), problems


def _from_official(path: Path, shown: Path, places: Places) -> tuple[StationSet, list[Problem]]:
    report = Report()
    read = read_official(path, shown, places, report)
    stations = with_slugs(read, {})
    problems = report.problems + report.refused
    problems += check_stations(
        stations, [0] * len(stations), shown, places.communes, places.departements
    )
    metadata = describe(stations) if stations else None
    return StationSet(tuple(stations), metadata, places), problems
