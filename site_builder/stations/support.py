"""Victim-support offices of the DILA base, shown beside the stations where they are loaded."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from json import JSONDecodeError
from operator import attrgetter
from pathlib import Path

import geojson
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from site_builder.problems import Problem
from site_builder.stations.dila import COLUMNS, LICENCE, SOURCE
from site_builder.stations.geojson_file import Metadata
from site_builder.stations.geojson_writing import collection
from site_builder.stations.phones import SHAPE
from site_builder.stations.positions import judge_position
from site_builder.stations.reading import Reading, point_of, typographic, without_cedex
from site_builder.stations.tables import Line, read_text
from site_builder.stations.territories import departement_of

FILE = "victim_support.geojson"


class SupportKind(StrEnum):
    """Values are the types of the DILA base."""

    ASSOCIATION = "aav"  # association d'aide aux victimes
    COURT_OFFICE = "bav"  # bureau d'aide aux victimes d'un tribunal
    RIGHTS_OF_WOMEN = "cidf"  # centre d'information sur les droits des femmes et des familles


class SupportOffice(BaseModel):
    """One office that helps victims, at a place that could be checked; degrees, WGS 84."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    name: str = Field(min_length=3, max_length=200)
    kind: SupportKind
    longitude_deg: float = Field(ge=-180, le=180)
    latitude_deg: float = Field(ge=-90, le=90)
    address: str
    town: str
    departement: str
    phone: str = Field(pattern=SHAPE.pattern)
    source: str
    licence: str
    as_of: date

    @property
    def is_for_all(self) -> bool:
        """Whether any victim is welcome, and not only for the rights of women and families."""
        return self.kind != SupportKind.RIGHTS_OF_WOMEN

    @property
    def point_deg(self) -> tuple[float, float]:
        """(longitude, latitude)."""
        return self.longitude_deg, self.latitude_deg


def read_support(reading: Reading) -> list[SupportOffice]:
    """Offices of a DILA file that can be called and found; courts and others are left out."""
    offices = []
    for line in reading.rows(COLUMNS):
        if line["type"] not in set(SupportKind):
            continue
        try:
            office = _office(line, reading)
        except ValueError as error:
            reading.refuse_values(line, line["nom"], error)
            continue
        if office:
            offices.append(office)
    return offices


def _office(line: Line, reading: Reading) -> SupportOffice | None:
    commune = reading.commune(line, line["id"], line["code_insee"], line["commune"])
    insee = commune.insee if commune else line["code_insee"]
    place = reading.places.departements.get(departement_of(insee))
    position = judge_position(point_of(line["longitude"], line["latitude"]), place, commune)
    phones = reading.phones(line, line["id"])
    if position.point_deg is None or not phones:
        reading.report.flag(line.number, line["id"], position.remark or "aucun téléphone")
        return None
    name = typographic(line["nom"])
    return SupportOffice(
        id=line["id"],
        name=name[0].upper() + name[1:],
        kind=SupportKind(line["type"]),
        longitude_deg=position.point_deg[0],
        latitude_deg=position.point_deg[1],
        address=typographic(" ".join(line["adresse"].split())),
        town=f"{line['code_postal']} {without_cedex(line['commune'])}",
        departement=departement_of(insee),
        phone=phones[0],
        source=SOURCE,
        licence=LICENCE,
        as_of=date.fromisoformat(line["dateMiseAJour"]),
    )


def support_text(offices: Sequence[SupportOffice]) -> str:
    """The file, one office a line, sorted by id."""
    newest = max(office.as_of for office in offices)
    metadata = Metadata(source=SOURCE, licence=LICENCE, date=newest)
    ordered = sorted(offices, key=attrgetter("id"))
    return collection(map(_line, ordered), metadata).decode()


def _line(office: SupportOffice) -> bytes:
    values = office.model_dump(mode="json", exclude={"id", "longitude_deg", "latitude_deg"})
    point = geojson.Point(office.point_deg, precision=6)
    feature = {"type": "Feature", "id": office.id, "geometry": point, "properties": values}
    return json.dumps(feature, ensure_ascii=False).encode()


def load_support(path: Path, shown: Path) -> tuple[list[SupportOffice], list[Problem]]:
    """Offices that were imported; none when nobody loaded them."""
    if not path.is_file():
        return [], []
    text, problems = read_text(path, shown)
    hint = "importez-le de nouveau : reperes stations import FICHIER --format support"
    try:
        return [_from(feature) for feature in json.loads(text or "{}")["features"]], problems
    except (JSONDecodeError, ValidationError, KeyError, TypeError, ValueError):
        return [], [*problems, Problem(shown, 0, "le fichier est abîmé", hint)]


def _from(feature: dict[str, object]) -> SupportOffice:
    found = geojson.Feature(**feature)
    longitude, latitude = found.geometry["coordinates"][:2]
    values = {"id": found["id"], "longitude_deg": longitude, "latitude_deg": latitude}
    return SupportOffice.model_validate(values | found.properties)
