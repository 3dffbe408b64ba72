"""Stations for others to use: GeoJSON, CSV and the JSON Schema of a station."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any

from site_builder.outputs import Output
from site_builder.stations.geojson_file import Metadata
from site_builder.stations.geojson_writing import collection, feature_line
from site_builder.stations.model import Station
from site_builder.stations.phones import show_phone

# The last three say where a row comes from, so that a row copied alone still says it.
COLUMNS = (
    *("id", "name", "kind", "address", "postcode", "commune", "insee", "departement"),
    *("longitude", "latitude", "position", "phones", "email", "hours", "hours_for"),
    *("hours_note", "note"),
    *("accessibility", "official_id", "closed_on", "source", "licence", "as_of"),
)


def open_data(stations: Sequence[Station], metadata: Metadata) -> Iterator[Output]:
    """All stations, those of each département, the table and the schema."""
    ordered = sorted(stations, key=attrgetter("id"))
    by_departement: dict[str, list[bytes]] = defaultdict(list)
    lines = [feature_line(station) for station in ordered]
    for station, line in zip(ordered, lines, strict=True):
        by_departement[station.departement].append(line)
    for code, found in sorted(by_departement.items()):
        yield Output(f"stations/{code}/stations.geojson", collection(found, metadata))
    yield Output("stations.csv", _table(ordered))
    yield Output("stations.schema.json", _schema().encode())
    yield Output("stations.geojson", collection(lines, metadata))  # the heaviest of the site


def _table(stations: Iterable[Station]) -> bytes:
    written = io.BytesIO()
    text = io.TextIOWrapper(written, encoding="utf-8", newline="", write_through=True)
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    rows.writerows(map(_row, stations))
    return written.getvalue()


def _row(station: Station) -> list[Any]:
    longitude, latitude = station.longitude_deg, station.latitude_deg
    return [
        *(station.id, station.name, station.kind, station.address, station.postcode),
        *(station.commune, station.insee, station.departement),
        *("" if longitude is None else longitude, "" if latitude is None else latitude),
        station.position,
        ", ".join(show_phone(phone) for phone in station.phones),
        *(station.email, station.hours, station.hours_for, station.hours_note, station.note),
        *(station.accessibility, station.official_id, station.closed_on or ""),
        *(station.source, station.licence, station.as_of),
    ]


def _schema() -> str:
    """JSON Schema (2020-12) of the collection, made from the model that reads it."""
    properties = Station.model_json_schema()
    definitions = properties.pop("$defs")
    for name in ("id", "longitude_deg", "latitude_deg"):  # these are the feature's own
        properties["properties"].pop(name)
    properties["required"] = [name for name in properties["required"] if name != "id"]
    coordinates = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 3}
    point = {
        "type": "object",
        "properties": {"type": {"const": "Point"}, "coordinates": coordinates},
        "required": ["type", "coordinates"],
    }
    feature = {
        "type": "object",
        "properties": {
            "type": {"const": "Feature"},
            "id": {"type": "string"},
            "geometry": {"anyOf": [point, {"type": "null"}]},
            "properties": {"$ref": "#/$defs/Station"},
        },
        "required": ["type", "id", "geometry", "properties"],
    }
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Stations of police and gendarmerie",
        "type": "object",
        "properties": {
            "type": {"const": "FeatureCollection"},
            "features": {"type": "array", "items": feature},
            **Metadata.model_json_schema()["properties"],
        },
        "required": ["type", "features", "source", "licence", "date"],
        "$defs": {**definitions, "Station": properties},
    }
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
