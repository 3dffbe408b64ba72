"""Station files: deterministic, atomic, and every bad input named with its line."""

import gzip
import json
import zipfile

import geojson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from station_world import DATA, METADATA, ROOT, make_station, write_dila

from site_builder.stations.geojson_file import read_geojson
from site_builder.stations.geojson_writing import geojson_text, replace_file
from site_builder.stations.starter import LARGE_COMMUNE, MAX_STATIONS
from site_builder.stations.tables import MAX_BYTES, read_table


def written(path, *stations):
    path.write_text(geojson_text(stations, METADATA), encoding="utf-8")
    return path


def test_stations_that_are_written_are_read_back(tmp_path):
    stations = [
        make_station(id="b", slug="b", hours="Mo-Fr 08:00-12:00", accessibility="on_request"),
        make_station(
            id="a",
            slug="a",
            longitude_deg=None,
            latitude_deg=None,
            position="to_check",
            closed_on="2026-01-02",
            provenance={"hours": {"source": "autre", "as_of": "2025-05-05"}},
        ),
    ]
    found = read_geojson(written(tmp_path / "s.geojson", *stations), tmp_path)

    assert found.problems == []
    assert found.stations == sorted(stations, key=lambda station: station.id)
    assert found.lines == [2, 3]
    assert found.metadata == METADATA


def test_the_same_stations_give_the_same_bytes_in_any_order():
    a, b = make_station(id="a", slug="a"), make_station(id="b", slug="b")

    assert geojson_text([a, b], METADATA) == geojson_text([b, a], METADATA)


def test_the_file_is_valid_geojson():
    text = geojson_text([make_station()], METADATA)
    collection = geojson.loads(text)

    assert isinstance(collection, geojson.FeatureCollection)
    assert collection.is_valid
    assert collection.features[0].geometry.coordinates == [5.5912, 45.3641]
    assert collection["licence"] == "Licence Ouverte 2.0"


def test_a_file_written_by_hand_may_leave_out_what_it_says_elsewhere(tmp_path):
    collection = json.loads(geojson_text([make_station()], METADATA))
    for name in ("slug", "departement", "source", "licence", "as_of"):
        del collection["features"][0]["properties"][name]
    path = tmp_path / "s.geojson"
    path.write_text(json.dumps(collection), encoding="utf-8")

    assert read_geojson(path, path).stations == [make_station()]


def test_lines_are_found_however_the_file_is_laid_out(tmp_path):
    spread = json.dumps(json.loads(geojson_text([make_station()], METADATA)), indent=2)
    path = tmp_path / "s.geojson"
    path.write_text(spread, encoding="utf-8")

    (line,) = read_geojson(path, path).lines

    assert spread.splitlines()[line - 1].strip() == "{"
    assert '"type": "Feature"' in spread.splitlines()[line]


@given(st.text(max_size=200))
def test_no_text_makes_the_reader_crash(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("any") / "s.geojson"
    path.write_text(text, encoding="utf-8", errors="replace")

    assert read_geojson(path, path).problems


def test_replacing_leaves_the_old_file_when_writing_fails(tmp_path):
    path = tmp_path / "stations.geojson"
    path.write_bytes(b"old")

    with pytest.raises(TypeError):
        replace_file(path, "not bytes")

    assert path.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["stations.geojson"]


def test_the_starter_set_keeps_to_its_promise():
    found = read_geojson(DATA / "stations.geojson", ROOT)

    assert found.metadata.scope == "starter"
    assert 150 < len(found.stations) <= MAX_STATIONS
    assert {station.licence for station in found.stations} == {"Licence Ouverte 2.0"}
    assert LARGE_COMMUNE == 100_000
    text = (DATA / "stations.geojson").read_text(encoding="utf-8")
    assert geojson_text(found.stations, found.metadata) == text


def problems_of(path):
    return [(problem.line, problem.message) for problem in read_table(path, path, ["id", "nom"])[1]]


@pytest.mark.parametrize(
    ("body", "line", "said"),
    [
        (b"", 0, "le fichier est vide"),
        (b"<!DOCTYPE html><html>404", 0, "c’est une page web"),
        ("\ufeff\n<html>".encode(), 0, "c’est une page web"),
        (gzip.compress(b"id,nom\n"), 0, "c’est un fichier gzip"),
        (b"%PDF-1.7", 0, "c’est un fichier PDF"),
        (b"id,nom\n1,\0\n", 0, "le fichier n’est pas un texte"),
        ("id,nom\n1,Épinal\n".encode("latin-1"), 2, "le texte n’est pas en UTF-8"),
        (b"id|nom\n1|a\n", 1, "colonnes absentes : id, nom"),
        (b"id,name\n1,a\n", 1, "colonnes absentes : nom"),
        (b"id,nom\n1,a\n2\n3,c\n", 3, "1 valeurs au lieu de 2"),
        (b'id,nom\n1,a\n2,"b', 3, "le CSV ne peut pas être lu"),
        (b"id,nom\n", 0, "le fichier n’a pas de ligne"),
    ],
)
def test_what_is_not_the_expected_table_is_named_with_its_line(tmp_path, body, line, said):
    path = tmp_path / "file.csv"
    path.write_bytes(body)

    assert problems_of(path) == [(line, said)]


def test_a_zip_bomb_is_never_opened(tmp_path):
    path = tmp_path / "bomb.csv"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("stations.csv", b"0" * 50_000_000)

    assert problems_of(path) == [(0, "c’est un fichier ZIP")]


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    path = tmp_path / "large.csv"
    with path.open("wb") as written_to:
        written_to.truncate(MAX_BYTES + 1)

    assert problems_of(path) == [(0, f"le fichier pèse {MAX_BYTES // 1_000_000} Mo")]


def test_a_line_without_end_is_named(tmp_path):
    path = tmp_path / "line.csv"
    path.write_bytes(b"id,nom\n1,a\n2," + b"b" * 20_000_000 + b"\n")

    assert problems_of(path) == [(3, "ligne démesurée")]


def test_a_byte_order_mark_and_semicolons_are_read(tmp_path):
    path = tmp_path / "bom.csv"
    path.write_text('\ufeff"id";"nom"\n1;"a ; b"\n2;"deux\nlignes"\n3;c\n', encoding="utf-8")

    lines, problems = read_table(path, path, ["id", "nom"])

    assert problems == []
    assert [(line.number, line["nom"]) for line in lines] == [
        (2, "a ; b"),
        (3, "deux\nlignes"),
        (5, "c"),
    ]


def test_a_missing_file_is_named(tmp_path):
    assert problems_of(tmp_path / "none.csv") == [(0, "le fichier n’existe pas")]


def test_a_truncated_dila_file_is_named(tmp_path):
    path = write_dila(tmp_path / "dila.csv", {"id": "a"}, {"id": "b"})
    body = path.read_bytes()
    path.write_bytes(body[: len(body) - 60])

    assert [line for line, _ in problems_of(path)] == [3]
