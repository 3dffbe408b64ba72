"""The stations of a build: checked, then made and written in place when told to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from site_builder.aside import Receive
from site_builder.functions_assets import write_assets
from site_builder.parts import Written, write_part
from site_builder.problems import Problem
from site_builder.project import SITE_FILE, STATION_FILE, Project
from site_builder.stations.check import check_freshness
from site_builder.stations.choices import station_list
from site_builder.stations.loading import load_stations
from site_builder.stations.model import Station
from site_builder.stations.render import render_stations
from site_builder.theme import Theme

StationProblems = tuple[list[Problem], list[Problem]]


def station_steps(
    receive: Receive, project: Project, today: date, path: Path | None
) -> Iterator[StationProblems | Written]:
    """Mistakes, and sources to read again; then, without any mistake, what was written.

    Args:
        receive: Gives the stations of each route and what templates may name; then a word, when
            nothing else is wrong.
        path: Another station file than data/stations.geojson.

    Raises:
        SiteBuilderError: reference data is missing, or two pages want the same address.
    """
    shown = path or STATION_FILE
    found, problems = load_stations(path or project.root / shown, shown, project.data)
    routes, names = receive()
    problems += _unknown_stations(routes, found.stations)
    yield problems, check_freshness(found.stations, STATION_FILE, today)
    if any(not problem.is_warning for problem in problems):
        return
    receive()
    write_assets([station_list(found.stations)], project.assets)
    theme = Theme.from_names(names)
    yield write_part(render_stations(theme, found, today), project.site)


def _unknown_stations(
    routes: Mapping[str, Sequence[str]], stations: Iterable[Station]
) -> Iterator[Problem]:
    """A route to a station that does not exist would never be taken."""
    known = {station.id for station in stations}
    for name, named in routes.items():
        for station_id in named:
            if station_id not in known:
                message = f"route « {name} » : aucune station n’a l’identifiant « {station_id} »"
                yield Problem(SITE_FILE, 0, message, "recopiez celui de data/stations.geojson")
