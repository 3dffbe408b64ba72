"""Open data: what others read says where it comes from and keeps its shape."""

import csv
import io
import json

import geojson
from station_world import METADATA, make_station

from site_builder.stations.open_data import COLUMNS, open_data

UNSURE = make_station(
    id="b",
    slug="b",
    departement="73",
    insee="73065",
    longitude_deg=None,
    latitude_deg=None,
    position="to_check",
    hours="24/7",
)


def files():
    return {o.path: o.body.decode() for o in open_data([make_station(), UNSURE], METADATA)}


def test_all_of_it_and_each_departement():
    found = files()

    assert sorted(found) == [
        "stations.csv",
        "stations.geojson",
        "stations.schema.json",
        "stations/38/stations.geojson",
        "stations/73/stations.geojson",
    ]
    for path in ("stations.geojson", "stations/38/stations.geojson"):
        collection = geojson.loads(found[path])
        assert collection.is_valid
        assert collection["source"] == "Essai"
        assert collection["licence"] == "Licence Ouverte 2.0"
        assert collection["date"] == "2022-01-04"
    assert [f["id"] for f in geojson.loads(found["stations/73/stations.geojson"]).features] == ["b"]


def test_each_row_of_the_table_says_where_it_comes_from():
    rows = list(csv.DictReader(io.StringIO(files()["stations.csv"])))

    assert list(rows[0]) == list(COLUMNS)
    assert rows[1]["phones"] == "04 76 65 93 93"
    assert (rows[1]["longitude"], rows[1]["latitude"]) == ("5.5912", "45.3641")
    assert (rows[0]["longitude"], rows[0]["position"]) == ("", "to_check")
    assert {(row["source"], row["licence"], row["as_of"]) for row in rows} == {
        ("Essai", "Licence Ouverte 2.0", "2022-01-04")
    }


def test_the_schema_names_exactly_the_fields_that_are_published():
    schema = json.loads(files()["stations.schema.json"])
    station = schema["$defs"]["Station"]
    features = json.loads(files()["stations.geojson"])["features"]

    assert station["additionalProperties"] is False
    for feature in features:
        assert set(feature["properties"]) <= set(station["properties"])
        assert set(station["required"]) <= set(feature["properties"])
        wanted = schema["properties"]["features"]["items"]["required"]
        assert set(wanted) <= set(feature)
