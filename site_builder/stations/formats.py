"""The layouts that can be imported, and how a file shows which one it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from site_builder.errors import SiteBuilderError
from site_builder.stations.check import check_stations
from site_builder.stations.dila import read_dila
from site_builder.stations.geojson_file import read_geojson
from site_builder.stations.interior import read_gn2, read_pn
from site_builder.stations.model import Station
from site_builder.stations.reading import Reading

Format = Literal["auto", "dila", "gn2", "pn", "geojson", "competence", "support"]
FORMATS: tuple[Format, ...] = ("auto", "dila", "gn2", "pn", "geojson", "competence", "support")

# A word of the first line that only one layout has; the first that fits wins.
_SIGNS: tuple[tuple[str, Format], ...] = (
    ("identifiant_public_unite", "gn2"),
    ("libelle_commune", "competence"),
    ("geocodage_x_GPS", "pn"),
)


_SUPPORT_IDS = ("aav-", "bav-", "cidf-")


def detect(path: Path) -> Format:
    """The format of a file, from its name and first line.

    A file that looks like none goes to the reader of the DILA base, which says what is wrong.

    Raises:
        SiteBuilderError: the file cannot be opened.
    """
    try:
        with path.open("rb") as opened:
            start = opened.read(4096).decode("utf-8", errors="replace").lstrip("\ufeff \r\n")
    except OSError as error:
        raise SiteBuilderError(f"« {path} » ne peut pas être lu : {error.strerror}") from error
    if start.startswith("{") or path.suffix in (".geojson", ".json"):
        return "geojson"
    first_line, _, next_line = start.partition("\n")
    if next_line.lstrip('"').startswith(_SUPPORT_IDS):  # the same layout as stations
        return "support"
    return next((name for sign, name in _SIGNS if sign in first_line), "dila")


def read_stations(reading: Reading, fmt: Format) -> list[Station]:
    """Stations of one file in one of the formats that hold stations."""
    return _READERS[fmt](reading)


def _read_geojson(reading: Reading) -> list[Station]:
    found = read_geojson(reading.path, reading.shown)
    places = reading.places
    checked = check_stations(
        found.stations, found.lines, reading.shown, places.communes, places.departements
    )
    reading.report.read += len(found.stations)
    reading.report.problems += found.problems
    reading.report.problems += [problem for problem in checked if not problem.is_warning]
    return found.stations


_READERS: dict[str, Callable[[Reading], list[Station]]] = {
    "dila": read_dila,
    "gn2": read_gn2,
    "pn": read_pn,
    "geojson": _read_geojson,
}
