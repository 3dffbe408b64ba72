"""Importer of the DILA « Annuaire de l’administration – base de données locales »."""

from __future__ import annotations

import re
from datetime import date

from site_builder.stations.communes import Commune
from site_builder.stations.hours_text import read_dila_hours
from site_builder.stations.model import Accessibility, PositionStatus, Station, StationKind
from site_builder.stations.names import slug_of
from site_builder.stations.positions import Position, judge_position
from site_builder.stations.reading import Reading, point_of, typographic, without_cedex
from site_builder.stations.tables import Line
from site_builder.stations.territories import departement_of

SOURCE = "DILA, Annuaire de l’administration – base de données locales"
LICENCE = "Licence Ouverte 2.0"
COLUMNS = (
    *("id", "type", "nom", "dateMiseAJour", "code_insee", "adresse", "code_postal", "commune"),
    *("latitude", "longitude", "telephone", "email", "accessibilite", "horaires"),
)
KINDS = {"commissariat_police": StationKind.COMMISSARIAT, "gendarmerie": StationKind.BRIGADE}
_ACCESS = {
    "ACC": Accessibility.ACCESSIBLE,
    "DEM": Accessibility.ON_REQUEST,
    "NAC": Accessibility.NOT_ACCESSIBLE,
}


def read_dila(reading: Reading) -> list[Station]:
    """Stations of a file; repairs, doubts and refusals go to the report, with their line."""
    stations = []
    for line in reading.rows(COLUMNS):
        if line["type"] not in KINDS:
            hint = f"types attendus : {', '.join(KINDS)}"
            reading.refuse(line, f"type « {line['type']} » inconnu", hint)
            continue
        try:
            stations.append(_station(line, reading))
        except ValueError as error:  # pydantic's ValidationError is one
            reading.refuse_values(line, line["nom"], error)
    return stations


def _station(line: Line, reading: Reading) -> Station:
    insee, commune = _commune(line, reading)
    position = _position(line, departement_of(insee), commune, reading)
    reading.note_position(line, line["id"], line["nom"], position)
    hours = read_dila_hours(line["horaires"], line["commentaire"])
    name = typographic(line["nom"])
    longitude, latitude = position.point_deg or (None, None)
    return Station(
        id=line["id"],
        name=name,
        slug=slug_of(KINDS[line["type"]], name),
        kind=KINDS[line["type"]],
        longitude_deg=longitude,
        latitude_deg=latitude,
        position=position.status,
        address=typographic(" ".join(line["adresse"].split())),
        postcode=line["code_postal"],
        commune=without_cedex(line["commune"]),
        insee=insee,
        departement=departement_of(insee),
        phones=reading.phones(line, line["id"]),
        email=_email(line, reading),
        hours=hours.hours,
        hours_for=hours.scope,
        hours_note=typographic(hours.note),
        accessibility=_ACCESS.get(line["accessibilite"], Accessibility.UNKNOWN),
        official_id=line["idPresta"],
        source=SOURCE,
        licence=LICENCE,
        as_of=date.fromisoformat(line["dateMiseAJour"]),
    )


def _commune(line: Line, reading: Reading) -> tuple[str, Commune | None]:
    """The code of the commune today: the file's own checked proposal wins over the given one."""
    given, proposed = line["code_insee"], line["code_insee_propose"]
    communes = reading.places.communes.by_insee
    if proposed and proposed != given and proposed in communes:
        reading.report.repair(line.number, line["id"], f"code INSEE {given} devenu {proposed}")
        return proposed, communes[proposed]
    commune = reading.commune(line, line["id"], given, line["commune"])
    return (commune.insee if commune else given), commune


def _position(line: Line, departement: str, commune: Commune | None, reading: Reading) -> Position:
    """Uses the quality columns where the file has them, then our own check."""
    quality = line["qualite_coordonnees"]
    given = point_of(line["longitude"], line["latitude"])
    proposed = point_of(line["longitude_proposee"], line["latitude_proposee"])
    place = reading.places.departements.get(departement)
    if quality.startswith("corrige") and proposed:
        position = judge_position(proposed, place, commune)
        if position.status == PositionStatus.OK:
            return Position(proposed, PositionStatus.REPAIRED, f"position corrigée ({quality})")
        return position
    position = judge_position(given, place, commune)
    if quality.startswith("douteux") and position.status == PositionStatus.OK:
        remark = f"position douteuse dans la source ({quality})"
        return Position(position.point_deg, PositionStatus.TO_CHECK, remark)
    return position


def _email(line: Line, reading: Reading) -> str:
    """The address; the column of brigades holds the URL of a national form, which is left out."""
    text = line["email"].removeprefix("mailto:")
    if "://" in text:
        return ""
    repaired = re.sub(r"\.gouv\.frr$", ".gouv.fr", text)
    if repaired != line["email"]:
        message = f"adresse « {line['email']} » lue « {repaired} »"
        reading.report.repair(line.number, line["id"], message)
    return repaired
