"""The stations of a build: checked, then made and written in place when asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from site_builder.assemble import collect, write_changed
from site_builder.contacts import Contacts
from site_builder.discovery import NOT_INDEXED
from site_builder.functions_assets import write_assets
from site_builder.outputs import Output
from site_builder.problems import Problem
from site_builder.project import SITE_FILE, STATION_FILE, Project, SiteSettings
from site_builder.stations.check import check_freshness
from site_builder.stations.choices import station_list
from site_builder.stations.loading import load_stations
from site_builder.stations.model import Station
from site_builder.stations.render import render_stations
from site_builder.theme import Theme

_BATCH = 50  # pages held in memory at once: thousands of them would weigh 80 MB


class StationProblems(NamedTuple):
    """What is wrong, and the sources that are old enough to be read again."""

    problems: list[Problem]
    old: list[Problem]


@dataclass(frozen=True)
class Written:
    """What the part wrote.

    Attributes:
        files: By path, what other parts may ask of a page: whether it may be indexed.
        changed: How many files changed.
    """

    files: dict[str, bytes]
    changed: int


def station_steps(
    project: Project, site: SiteSettings, contacts: Contacts, today: date, path: Path | None
) -> Iterator[StationProblems | Written]:
    """What is wrong with the stations; then, when asked, what was written of them.

    Args:
        path: Another station file than data/stations.geojson.

    Raises:
        SiteBuilderError: reference data is missing, or two pages want the same address.
    """
    shown = path or STATION_FILE
    found, problems = load_stations(path or project.root / shown, shown, project.data)
    problems += _unknown_stations(site, found.stations)
    yield StationProblems(problems, check_freshness(found.stations, STATION_FILE, today))
    write_assets([station_list(found.stations)], project.assets)
    theme = Theme(site, contacts, today)
    yield write_part(render_stations(theme, found, today), project.site)


def _unknown_stations(site: SiteSettings, stations: Iterable[Station]) -> Iterator[Problem]:
    """A route to a station that does not exist would never be taken."""
    known = {station.id for station in stations}
    for route in site.routes:
        for station_id in route.stations:
            if station_id not in known:
                message = (
                    f"route « {route.name} » : aucune station n’a l’identifiant « {station_id} »"
                )
                yield Problem(SITE_FILE, 0, message, "recopiez celui de data/stations.geojson")


def write_part(outputs: Iterable[Output], site: Path) -> Written:
    """Write the part in place, a batch at a time.

    Raises:
        SiteBuilderError: two of its pages want the same address.
    """
    made: list[Output] = []
    changed = 0
    waiting = iter(outputs)
    while batch := collect(islice(waiting, _BATCH)):
        changed += write_changed(batch, site)
        made += (Output(path, _told(body)) for path, body in batch.items())
    return Written(collect(made), changed)


def _told(body: bytes) -> bytes:
    return NOT_INDEXED if NOT_INDEXED in body else b""
