"""`reperes stations import`: official files in, one station file out, all or nothing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Literal

from site_builder.errors import SiteBuilderError
from site_builder.problems import Problem
from site_builder.stations.communes import load_communes
from site_builder.stations.departements import load_departements
from site_builder.stations.dila import Places, read_dila
from site_builder.stations.geojson_file import Metadata, geojson_text, read_geojson, replace_file
from site_builder.stations.merge import losses, merge, series_of
from site_builder.stations.model import Station
from site_builder.stations.report import Report

Format = Literal["auto", "dila", "geojson"]
Reader = Callable[[Path, Path, Places, Report], list[Station]]


def import_stations(
    paths: Sequence[Path],
    fmt: Format,
    output: Path,
    previous: Path | None,
    *,
    data: Path,
    today: date,
    force: bool = False,
) -> Report:
    """Import files into `output`; any problem in the report means that nothing was written.

    Args:
        previous: Station file to start from; its ids and addresses are kept.
        data: Folder of communes.csv and departements.geojson.
        today: Day on which stations that are gone are said to be closed.
        force: Write although rows were refused or many stations are lost.
    """
    places = load_places(data)
    report = Report()
    incoming = [s for path in paths for s in read_file(path, path, fmt, places, report)]
    report.problems += _duplicate_ids(incoming, paths)
    report.problems += [] if force else report.refused
    if report.problems or not incoming:
        return report
    before = _previous(previous)
    stations = merge(before, incoming, today, report)
    lost = losses(before, stations, {series_of(station) for station in incoming})
    if lost and not force:
        hint = "vérifiez le fichier ; --force l’accepte quand même"
        report.problems += [Problem(paths[0], 0, f"trop de pertes : {what}", hint) for what in lost]
        return report
    report.kept = sum(station.closed_on is None for station in stations)
    report.unlocated = sum(not s.is_located for s in stations if s.closed_on is None)
    replace_file(output, geojson_text(stations, describe(stations)).encode())
    return report


def read_file(
    path: Path, shown: Path, fmt: Format, places: Places, report: Report
) -> list[Station]:
    """Stations of one file in the given format, or the one that its first line shows."""
    reader = _READERS[fmt if fmt != "auto" else detect(path)]
    return reader(path, shown, places, report)


def detect(path: Path) -> Literal["dila", "geojson"]:
    """The format of a file, from its first characters.

    Raises:
        SiteBuilderError: the file looks like none that we read.
    """
    try:
        with path.open("rb") as opened:
            start = opened.read(4096).decode("utf-8", errors="replace").lstrip("\ufeff \n")
    except OSError as error:
        raise SiteBuilderError(f"« {path} » ne peut pas être lu : {error.strerror}") from error
    if start.startswith("{") or path.suffix in (".geojson", ".json"):
        return "geojson"
    # Anything else goes to the reader of the DILA base, which names what is wrong with it.
    return "dila"


def load_places(data: Path) -> Places:
    """Communes and départements of the data folder."""
    return Places(
        load_communes(data / "communes.csv"), load_departements(data / "departements.geojson")
    )


def describe(stations: Sequence[Station]) -> Metadata:
    """Metadata of a whole file: sources by weight, the date of the newest record."""
    sources = [source for source, _ in Counter(s.source for s in stations).most_common()]
    licences = dict.fromkeys(station.licence for station in stations)
    return Metadata(
        source=" ; ".join(sources),
        licence=", ".join(licences),
        date=max(station.as_of for station in stations),
    )


def write_report(report: Report, path: Path) -> None:
    """The report as JSON."""
    path.write_text(json.dumps(report.as_json(), ensure_ascii=False, indent=1), encoding="utf-8")


def _read_geojson(path: Path, shown: Path, places: Places, report: Report) -> list[Station]:
    found = read_geojson(path, shown)
    report.read += len(found.stations)
    report.problems += found.problems
    return found.stations


def _previous(path: Path | None) -> list[Station]:
    """Stations of an earlier file; a starter set gives way to all of France."""
    if path is None or not path.is_file():
        return []
    found = read_geojson(path, path)
    if found.problems:
        raise SiteBuilderError(f"« {path} » est abîmé : {found.problems[0]}")
    return found.stations


def _duplicate_ids(stations: Sequence[Station], paths: Sequence[Path]) -> list[Problem]:
    count = Counter(station.id for station in stations)
    return [
        Problem(paths[0], 0, f"identifiant « {station_id} » présent {number} fois")
        for station_id, number in count.items()
        if number > 1
    ]


_READERS: dict[str, Reader] = {"dila": read_dila, "geojson": _read_geojson}
