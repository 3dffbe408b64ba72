"""Reads data/stations.geojson (RFC 7946); a mistake is a problem at its own line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from json import JSONDecodeError
from pathlib import Path
from typing import Any, Literal

import geojson
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from site_builder.problems import Problem
from site_builder.stations.model import Station
from site_builder.stations.names import slug_of
from site_builder.stations.tables import read_text
from site_builder.stations.territories import departement_of
from site_builder.validation import to_problems

_ORDER = "RFC 7946 : [longitude, latitude], en degrés"


class Metadata(BaseModel):
    """What the file says of itself, as foreign members of the collection (RFC 7946 §6.1).

    Attributes:
        scope: `starter` when only a choice of stations is there, `full` for all of France.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str = Field(min_length=2, max_length=400)
    licence: str = Field(min_length=2, max_length=100)
    date: date
    scope: Literal["starter", "full"] = "full"


@dataclass
class StationFile:
    """Stations that could be read, where each begins, and everything wrong with the file."""

    stations: list[Station] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    metadata: Metadata | None = None
    problems: list[Problem] = field(default_factory=list)


def read_geojson(path: Path, shown: Path) -> StationFile:
    """Every station of the file; a broken one is a problem at its own line."""
    text, problems = read_text(path, shown)
    if problems:
        return StationFile(problems=problems)
    try:
        collection = json.loads(text, parse_constant=_refuse_constant)
    except (_ConstantError, RecursionError):
        hint = "ni NaN, ni Infinity, ni milliers de crochets emboîtés"
        return StationFile(problems=[Problem(shown, 1, "JSON qui n’est pas du GeoJSON", hint)])
    except JSONDecodeError as error:
        hint = "virgule, accolade ou guillemet oublié juste avant ?"
        problem = Problem(shown, error.lineno, f"JSON illisible, colonne {error.colno}", hint)
        return StationFile(problems=[problem])
    if not isinstance(collection, dict) or not isinstance(collection.get("features"), list):
        hint = "le fichier doit être une FeatureCollection avec une liste « features »"
        return StationFile(
            problems=[Problem(shown, 1, "ce n’est pas un GeoJSON de stations", hint)]
        )
    result = StationFile()
    _read_metadata(collection, shown, result)
    for line, feature in zip(_feature_lines(text), collection["features"], strict=True):
        _read_feature(feature, line, shown, result)
    return result


class _ConstantError(ValueError):
    """NaN or Infinity, which Python reads and RFC 8259 forbids."""


def _refuse_constant(name: str) -> None:
    raise _ConstantError(name)


def _read_metadata(collection: dict[str, Any], shown: Path, result: StationFile) -> None:
    known = {name: collection[name] for name in Metadata.model_fields if name in collection}
    try:
        result.metadata = Metadata.model_validate(known)
    except ValidationError as error:
        result.problems += to_problems(error, shown, lambda *_: 1)


def _read_feature(feature: Any, line: int, shown: Path, result: StationFile) -> None:
    problems = list(_geometry_problems(feature, line, shown))
    if not problems:
        geometry = feature.get("geometry")
        longitude, latitude = geometry["coordinates"][:2] if geometry else (None, None)
        try:
            values = {"longitude_deg": longitude, "latitude_deg": latitude}
            values |= {"id": feature.get("id"), **_defaults(feature["properties"], result.metadata)}
            result.stations.append(Station.model_validate(values))
            result.lines.append(line)
        except ValidationError as error:
            problems = to_problems(error, shown, lambda *_: line)
    result.problems += problems


def _defaults(properties: dict[str, Any], metadata: Metadata | None) -> dict[str, Any]:
    """What a file written by hand may leave out, because something else in it says so."""
    values: dict[str, Any] = {}
    if metadata:
        values |= {"source": metadata.source, "licence": metadata.licence, "as_of": metadata.date}
    insee, kind, name = (properties.get(field) for field in ("insee", "kind", "name"))
    if isinstance(insee, str):
        values["departement"] = departement_of(insee)
    if isinstance(kind, str) and isinstance(name, str):
        values["slug"] = slug_of(kind, name)
    return values | properties


def _geometry_problems(feature: Any, line: int, shown: Path) -> Iterator[Problem]:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        yield Problem(
            shown, line, "cet élément n’est pas une « Feature »", "une station par élément"
        )
        return
    if not isinstance(feature.get("properties"), dict):
        yield Problem(shown, line, "« properties » manque", "ajoutez le nom, la source, la date…")
    geometry = feature.get("geometry")
    if geometry is None:
        return
    if not isinstance(geometry, dict) or geometry.get("type") != "Point":
        yield Problem(shown, line, "« geometry » doit être un Point ou null", _ORDER)
        return
    try:
        errors = geojson.Point(geometry.get("coordinates")).errors()
    except (TypeError, ValueError) as error:
        errors = str(error)
    if errors or len(geometry["coordinates"]) < 2:
        yield Problem(shown, line, "les coordonnées ne sont pas deux nombres", _ORDER)


def _feature_lines(text: str) -> Iterator[int]:
    """Line at which each element of `features` begins, however the file is laid out."""
    decoder = json.JSONDecoder()
    found = re.search(r'"features"\s*:\s*\[', text)
    position, line = (found.end() if found else len(text)), 1
    line += text.count("\n", 0, position)
    while True:
        blank = re.compile(r"[\s,]*").match(text, position)
        end = blank.end() if blank else position
        line += text.count("\n", position, end)
        if end >= len(text) or text[end] == "]":
            return
        yield line
        _, after = decoder.raw_decode(text, end)
        line += text.count("\n", end, after)
        position = after
