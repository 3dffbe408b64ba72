"""Makes data/communes.csv and data/departements.geojson from the sources they name.

    python -m site_builder.stations.reference_data SOURCES DEPARTEMENTS_JSON DATA

SOURCES holds communes_2026.csv, departements_2025.geojson and stations_dila_2022-01.csv;
DEPARTEMENTS_JSON is data/departements.json of the npm package @etalab/decoupage-administratif.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from site_builder.stations.nearest import distance_m

FIELDS = [
    "insee",
    "name",
    "departement",
    "postcodes",
    "population",
    "longitude",
    "latitude",
    "parent",
]
# Nobody lives there and no station serves them.
EMPTY_TERRITORIES = {"984", "989"}
# A town hall further from the middle of its commune was often located in a namesake.
NEAR_M = 5_000
# Unless a station of the commune stands by it (Arles, Guyane).
CONFIRMED_M = 3_000

Row = dict[str, str]
Point = tuple[float, float]


def main(sources: Path, departements_json: Path, data: Path) -> None:
    """Write both files of `data`."""
    stations = list(_rows(sources / "stations_dila_2022-01.csv"))
    communes = [
        row
        for row in _rows(sources / "communes_2026.csv")
        if row["departement"] not in EMPTY_TERRITORIES
    ]
    with (data / "communes.csv").open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(FIELDS)
        writer.writerows(_communes(communes, stations))
    outlines = json.loads((sources / "departements_2025.geojson").read_text(encoding="utf-8"))
    names = json.loads(departements_json.read_text(encoding="utf-8"))
    text = _departements(outlines["features"], names)
    (data / "departements.geojson").write_text(text, encoding="utf-8")


def _communes(communes: Iterable[Row], stations: Iterable[Row]) -> Iterator[list[str]]:
    by_commune: dict[str, list[Point]] = {}
    for station in stations:
        place = _point(station["longitude"], station["latitude"])
        if place and station["qualite_coordonnees"] == "ok":
            by_commune.setdefault(station["code_insee"], []).append(place)
    for row in sorted(communes, key=lambda row: row["code_insee"]):
        point = _reference_point(row, by_commune.get(row["code_insee"], []))
        yield [
            row["code_insee"],
            row["nom"].replace("'", "’"),
            row["departement"].lower(),
            " ".join(sorted(row["codes_postaux"].replace("|", " ").split())),
            row["population"],
            *(f"{degrees:.4f}".rstrip("0").rstrip(".") for degrees in point or ()),
            *([] if point else ["", ""]),
            row["commune_parente"],
        ]


def _reference_point(row: Row, stations: list[Point]) -> Point | None:
    middle = _point(row["longitude"], row["latitude"])
    town_hall = _point(row["mairie_longitude"], row["mairie_latitude"])
    if not middle or not town_hall:
        return middle or town_hall
    confirmed = any(distance_m(town_hall, station) <= CONFIRMED_M for station in stations)
    return town_hall if confirmed or distance_m(middle, town_hall) <= NEAR_M else middle


def _departements(outlines: list[dict[str, Any]], names: list[dict[str, Any]]) -> str:
    geometry = {outline["properties"]["code"]: outline["geometry"] for outline in outlines}
    features = [
        {
            "type": "Feature",
            "properties": {
                "code": entry["code"],
                "name": entry["nom"].replace("'", "’"),
                "chef_lieu": entry["chefLieu"],
            },
            "geometry": geometry.get(entry["code"]),
        }
        for entry in sorted(names, key=lambda entry: entry["code"])
        if entry["code"] not in EMPTY_TERRITORIES
    ]
    lines = (json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features)
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"


def _point(longitude: str, latitude: str) -> Point | None:
    return (float(longitude), float(latitude)) if longitude else None


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:]))
