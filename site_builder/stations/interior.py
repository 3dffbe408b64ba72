"""Importers of the Interior ministry's exports: `export-gn2.csv` and `export-pn.csv`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from site_builder.stations.hours_gn2 import read_gn2_hours
from site_builder.stations.hours_text import ReadHours
from site_builder.stations.model import Station, StationKind
from site_builder.stations.names import place_of, slug_of, slugify
from site_builder.stations.positions import judge_position
from site_builder.stations.reading import Reading, point_of, typographic, without_cedex
from site_builder.stations.tables import Line
from site_builder.stations.territories import departement_of

LICENCE = "Licence Ouverte"
COLUMNS = (
    *("service", "telephone", "code_commune_insee", "voie", "code_postal", "commune"),
    *("geocodage_x_GPS", "geocodage_y_GPS"),
)
# Written in the identifier's column when a unit has none.
_NO_ID = {"", "0"}


@dataclass(frozen=True)
class _Export:
    """What tells one export from the other."""

    kind: StationKind
    prefix: str
    source: str
    columns: tuple[str, ...]


GENDARMERIE = _Export(
    StationKind.BRIGADE,
    "gn",
    "Ministère de l’intérieur, unités de gendarmerie accueillant du public (export-gn2)",
    ("identifiant_public_unite", *COLUMNS),
)
POLICE = _Export(
    StationKind.COMMISSARIAT,
    "pn",
    "Ministère de l’intérieur, services de police accueillant du public (export-pn)",
    COLUMNS,
)


def read_gn2(reading: Reading) -> list[Station]:
    """Brigades of `export-gn2.csv`, before or since its 2023 layout."""
    return _read(reading, GENDARMERIE)


def read_pn(reading: Reading) -> list[Station]:
    """Commissariats of `export-pn.csv`, which has no identifier and no hours."""
    return _read(reading, POLICE)


def _read(reading: Reading, export: _Export) -> list[Station]:
    lines = list(reading.rows(export.columns))
    reading.report.dates[reading.shown.name] = reading.as_of
    official = Counter(line["identifiant_public_unite"] for line in lines)
    stations = []
    for line in lines:
        official_id = line["identifiant_public_unite"]
        if official_id in _NO_ID or official[official_id] > 1:
            official_id = ""
        try:
            stations.append(_station(line, reading, export, official_id))
        except ValueError as error:
            reading.refuse_values(line, line["service"], error)
    return stations


def _station(line: Line, reading: Reading, export: _Export, official_id: str) -> Station:
    name = typographic(line["service"])
    given = line["code_commune_insee"].upper().zfill(5)
    station_id = f"{export.prefix}-{official_id or f'{given}-{slugify(place_of(name))}'}"
    commune = reading.commune(line, station_id, given, line["commune"])
    insee = commune.insee if commune else given
    position = judge_position(
        point_of(line["geocodage_x_GPS"], line["geocodage_y_GPS"]),
        reading.places.departements.get(departement_of(insee)),
        commune,
    )
    reading.note_position(line, station_id, name, position)
    longitude, latitude = position.point_deg or (None, None)
    hours = read_gn2_hours(line) if export is GENDARMERIE else ReadHours()
    return Station(
        id=station_id,
        name=name,
        slug=slug_of(export.kind, name),
        kind=export.kind,
        longitude_deg=longitude,
        latitude_deg=latitude,
        position=position.status,
        address=typographic(" ".join(line["voie"].split())),
        postcode=line["code_postal"].zfill(5) if line["code_postal"] else "",
        # the export shouts the names of communes
        commune=commune.name if commune else without_cedex(line["commune"].title()),
        insee=insee,
        departement=departement_of(insee),
        phones=reading.phones(line, station_id),
        hours=hours.hours,
        hours_note=typographic(hours.note),
        official_id=official_id,
        source=export.source,
        licence=LICENCE,
        as_of=reading.as_of,
    )
