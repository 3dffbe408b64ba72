"""`reperes stations import`: official files in, one station file out, all or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Literal

from site_builder.errors import SiteBuilderError
from site_builder.problems import Problem
from site_builder.stations.competence import read_competence
from site_builder.stations.formats import Format, detect, read_stations
from site_builder.stations.geojson_file import Metadata, StationFile, read_geojson
from site_builder.stations.geojson_writing import geojson_text, replace_file
from site_builder.stations.merge import losses, merge, series_of
from site_builder.stations.model import Station, StationKind
from site_builder.stations.places import Places, load_places
from site_builder.stations.reading import Progress, Reading, date_of
from site_builder.stations.report import Report
from site_builder.stations.support import FILE as SUPPORT_FILE
from site_builder.stations.support import SupportOffice, read_support, support_text


def import_stations(
    paths: Sequence[Path],
    fmt: Format,
    output: Path,
    previous: Path | None,
    *,
    data: Path,
    today: date,
    as_of: date | None = None,
    force: bool = False,
    progress: Progress = iter,
) -> Report:
    """Import files into `output`; any problem in the report means that nothing was written.

    Args:
        previous: Station file to start from; its ids and addresses are kept.
        data: Folder of communes.csv and departements.geojson.
        today: Day on which stations that are gone are said to be closed.
        as_of: Date of files whose records carry none; by default as `date_of` tells.
        progress: Passes rows through and may show how far they are.
        force: Write although rows were refused or many stations are lost.
    """
    places, report = load_places(data), Report()
    before = _previous(previous)
    stations, changed = list(before.stations), False
    offices: list[SupportOffice] = []
    for layout, group in _by_layout(paths, fmt).items():
        readings = [
            Reading(p, Path(p.name), places, report, as_of or date_of(p), progress) for p in group
        ]
        if layout == "competence":
            for reading in readings:
                stations, changed = read_competence(reading, stations), True
            continue
        if layout == "support":
            offices = [office for reading in readings for office in read_support(reading)]
            continue
        # files of one layout are read together: a station missing from one may be in the other
        incoming = [station for reading in readings for station in read_stations(reading, layout)]
        report.problems += _duplicate_ids(incoming, Path(group[0].name))
        if incoming and not report.problems:
            stations, changed = merge(stations, incoming, today, report), True
            if not force:
                lost = losses(before.stations, stations, {series_of(s) for s in incoming})
                report.problems += [_too_many_lost(Path(group[0].name), what) for what in lost]
    report.problems += [] if force else report.refused
    if offices and not report.problems:
        report.offices = len(offices)
        replace_file(output.with_name(SUPPORT_FILE), support_text(offices).encode())
    if changed and not report.problems:
        _count(report, stations)
        text = geojson_text(stations, describe(stations, _scope(before, stations)))
        replace_file(output, text.encode())
    return report


def describe(stations: Sequence[Station], scope: Literal["starter", "full"] = "full") -> Metadata:
    """Metadata of a whole file: sources by weight, the date of the newest record."""
    sources = [source for source, _ in Counter(s.source for s in stations).most_common()]
    return Metadata(
        source=" ; ".join(sources),
        licence=", ".join(dict.fromkeys(station.licence for station in stations)),
        date=max(station.as_of for station in stations),
        scope=scope,
    )


def read_official(path: Path, shown: Path, places: Places, report: Report) -> list[Station]:
    """Stations of one official file as it stands, joined with nothing."""
    reading = Reading(path, shown, places, report, date_of(path))
    layout = detect(path)
    if layout in ("competence", "support"):
        report.problems.append(Problem(shown, 0, "ce fichier ne contient pas de station"))
        return []
    return read_stations(reading, layout)


def _scope(before: StationFile, stations: Sequence[Station]) -> Literal["starter", "full"]:
    """Still a starter set while one of the two forces has only the stations it started with."""
    if before.metadata is None or before.metadata.scope == "full":
        return "full"
    known = {station.id for station in before.stations}
    grown = {station.kind for station in stations if station.id not in known}
    return "full" if grown == set(StationKind) else "starter"


def _by_layout(paths: Sequence[Path], fmt: Format) -> dict[Format, list[Path]]:
    groups: dict[Format, list[Path]] = {}
    for path in paths:
        groups.setdefault(detect(path) if fmt == "auto" else fmt, []).append(path)
    return groups


def _count(report: Report, stations: Sequence[Station]) -> None:
    opened = [station for station in stations if station.closed_on is None]
    report.kept = len(opened)
    report.unlocated = sum(not station.is_located for station in opened)


def _previous(path: Path | None) -> StationFile:
    """The station file of an earlier import.

    Raises:
        SiteBuilderError: it is damaged; going on would lose ids and addresses.
    """
    if path is None or not path.is_file():
        return StationFile()
    found = read_geojson(path, path)
    if found.problems:
        raise SiteBuilderError(f"« {path} » est abîmé : {found.problems[0]}")
    return found


def _duplicate_ids(stations: Sequence[Station], path: Path) -> list[Problem]:
    count = Counter(station.id for station in stations)
    return [
        Problem(path, 0, f"identifiant « {station_id} » présent {number} fois")
        for station_id, number in count.items()
        if number > 1
    ]


def _too_many_lost(path: Path, what: str) -> Problem:
    hint = "vérifiez le fichier ; --force l’accepte quand même"
    return Problem(path, 0, f"trop de pertes : {what}", hint)
