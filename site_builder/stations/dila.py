"""Importer of the DILA « Annuaire de l’administration – base de données locales »."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from site_builder.problems import Problem
from site_builder.stations.communes import Commune, Communes
from site_builder.stations.departements import Departement
from site_builder.stations.hours_text import read_dila_hours
from site_builder.stations.model import Accessibility, PositionStatus, Station, StationKind
from site_builder.stations.names import slug_of
from site_builder.stations.phones import parse_phone
from site_builder.stations.positions import Position, judge_position
from site_builder.stations.report import Report
from site_builder.stations.tables import Line, read_table
from site_builder.stations.territories import departement_of

SOURCE = "DILA, Annuaire de l’administration – base de données locales"
LICENCE = "Licence Ouverte 2.0"
COLUMNS = tuple(
    [
        "id",
        "type",
        "nom",
        "dateMiseAJour",
        "code_insee",
        "adresse",
        "code_postal",
        "commune",
        "latitude",
        "longitude",
        "telephone",
        "email",
        "accessibilite",
        "horaires",
    ]
)
KINDS = {"commissariat_police": StationKind.COMMISSARIAT, "gendarmerie": StationKind.BRIGADE}
_ACCESS = {
    "ACC": Accessibility.ACCESSIBLE,
    "DEM": Accessibility.ON_REQUEST,
    "NAC": Accessibility.NOT_ACCESSIBLE,
}
_CEDEX = re.compile(r"\s+cedex(\s+\d+)?$", re.IGNORECASE)


@dataclass(frozen=True)
class Places:
    """The reference data that rows are checked against."""

    communes: Communes
    departements: dict[str, Departement]


def read_dila(path: Path, shown: Path, places: Places, report: Report) -> list[Station]:
    """Stations of a file; repairs, doubts and refusals go to `report`, with their line."""
    lines, problems = read_table(path, shown, COLUMNS)
    report.problems += problems
    stations = []
    for line in lines:
        report.read += 1
        if line["type"] not in KINDS:
            message = f"type « {line['type']} » inconnu"
            report.refused.append(Problem(shown, line.number, message, _known_types()))
            continue
        try:
            stations.append(_station(line, places, shown, report))
        except (ValidationError, ValueError) as error:
            report.refused.append(Problem(shown, line.number, _reason(line, error)))
    return stations


def _station(line: Line, places: Places, shown: Path, report: Report) -> Station:
    insee, commune = _insee(line, places.communes, report)
    departement = departement_of(insee)
    position = _position(line, places.departements.get(departement), commune, report)
    if position.is_impossible:
        hint = "GeoJSON et DILA donnent des degrés WGS 84 ; corrigez la ligne ou --force"
        message = f"« {line['nom']} » : {position.remark}"
        report.refused.append(Problem(shown, line.number, message, hint))
    hours = read_dila_hours(line["horaires"], line["commentaire"])
    name = _typographic(line["nom"]).replace(" - ", " – ")
    longitude, latitude = position.point_deg or (None, None)
    return Station(
        id=line["id"],
        name=name,
        slug=slug_of(KINDS[line["type"]], name),
        kind=KINDS[line["type"]],
        longitude_deg=longitude,
        latitude_deg=latitude,
        position=position.status,
        address=_typographic(" ".join(line["adresse"].split())),
        postcode=line["code_postal"],
        commune=_typographic(_CEDEX.sub("", line["commune"])),
        insee=insee,
        departement=departement,
        phones=_phones(line, report),
        email=_email(line, report),
        hours=hours.hours,
        hours_note=_typographic(hours.note),
        accessibility=_ACCESS.get(line["accessibilite"], Accessibility.UNKNOWN),
        official_id=line["idPresta"],
        source=SOURCE,
        licence=LICENCE,
        as_of=date.fromisoformat(line["dateMiseAJour"]),
    )


def _insee(line: Line, communes: Communes, report: Report) -> tuple[str, Commune | None]:
    """The code of the commune today; merged and mistyped codes are replaced when it is proved."""
    given, station_id = line["code_insee"], line["id"]
    for code in (given, line["code_insee_propose"]):
        if code in communes.by_insee and not (code == given and _is_corrected(line)):
            if code != given:
                report.repair(line.number, station_id, f"code INSEE {given} devenu {code}")
            return code, communes.by_insee[code]
    namesake = communes.named(line["commune"], departement_of(given))
    if namesake:
        message = f"code INSEE {given} devenu {namesake.insee} (même nom)"
        report.repair(line.number, station_id, message)
        return namesake.insee, namesake
    report.flag(line.number, station_id, f"commune {given} ({line['commune']}) inconnue en 2026")
    return given, None


def _is_corrected(line: Line) -> bool:
    return bool(line["code_insee_propose"]) and line["code_insee_propose"] != line["code_insee"]


def _position(
    line: Line, departement: Departement | None, commune: Commune | None, report: Report
) -> Position:
    """Uses the quality columns where the file has them, then our own check."""
    quality = line["qualite_coordonnees"]
    given, proposed = _point(line, ""), _point(line, "_proposee")
    if quality.startswith("corrige") and proposed:
        position = judge_position(proposed, departement, commune)
        if position.status == PositionStatus.OK:
            position = Position(proposed, PositionStatus.REPAIRED, f"position corrigée ({quality})")
    else:
        position = judge_position(given, departement, commune)
        if quality.startswith("douteux") and position.status == PositionStatus.OK:
            remark = f"position douteuse dans la source ({quality})"
            position = Position(position.point_deg, PositionStatus.TO_CHECK, remark)
    if position.status == PositionStatus.REPAIRED:
        report.repair(line.number, line["id"], position.remark)
    elif position.status == PositionStatus.TO_CHECK:
        report.flag(line.number, line["id"], position.remark)
    return position


def _point(line: Line, suffix: str) -> tuple[float, float] | None:
    longitude, latitude = line[f"longitude{suffix}"], line[f"latitude{suffix}"]
    return (round(float(longitude), 6), round(float(latitude), 6)) if longitude else None


def _phones(line: Line, report: Report) -> tuple[str, ...]:
    phones = []
    for text in filter(None, (part.strip() for part in line["telephone"].split("|"))):
        phone = parse_phone(text)
        if phone:
            phones.append(phone)
        else:
            report.flag(line.number, line["id"], f"téléphone « {text} » illisible, non publié")
    return tuple(dict.fromkeys(phones))


def _email(line: Line, report: Report) -> str:
    """The address; the column of brigades holds the URL of a national form, which is left out."""
    text = line["email"].removeprefix("mailto:")
    if "://" in text:
        return ""
    repaired = re.sub(r"\.gouv\.frr$", ".gouv.fr", text)
    if repaired != line["email"]:
        report.repair(line.number, line["id"], f"adresse « {line['email']} » lue « {repaired} »")
    return repaired


def _typographic(text: str) -> str:
    return text.replace("'", "’")


def _known_types() -> str:
    return f"types attendus : {', '.join(KINDS)}"


def _reason(line: Line, error: ValueError) -> str:
    if isinstance(error, ValidationError):
        fields = ", ".join(
            sorted({str(found["loc"][0]) for found in error.errors() if found["loc"]})
        )
        return f"« {line['nom']} » : valeur impossible ({fields})"
    return f"« {line['nom']} » : nombre ou date illisible"
