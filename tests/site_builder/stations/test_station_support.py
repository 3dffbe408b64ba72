"""Victim support: loaded beside the stations, shown where it is near."""

import json

import pytest
from station_world import (
    DATA,
    DILA_ROW,
    METADATA,
    PLACES,
    SHARED,
    TODAY,
    make_station,
    make_theme,
    write_dila,
)

from site_builder.stations.formats import detect
from site_builder.stations.importing import import_stations
from site_builder.stations.loading import StationSet
from site_builder.stations.neighbours import NearestSupport
from site_builder.stations.reading import Reading
from site_builder.stations.render import render_stations
from site_builder.stations.report import Report
from site_builder.stations.support import FILE, load_support, read_support, support_text

ALL_SUPPORT = SHARED / "victim_support_dila_2022-01.csv"
OFFICE = DILA_ROW | {
    "id": "aav-38563-01",
    "type": "aav",
    "nom": "aide aux victimes de l'Isère - Voiron",
    "telephone": "04 76 00 00 17",
    "email": "mailto:aide@example.org",
}


def read(tmp_path, *changes):
    path = write_dila(tmp_path / "support.csv", *(OFFICE | change for change in changes))
    report = Report()
    return read_support(Reading(path, path, PLACES, report, TODAY)), report


def test_an_office_is_read_written_and_read_back(tmp_path):
    offices, report = read(tmp_path, {}, {"id": "tgi-1", "type": "tgi"})
    path = tmp_path / FILE
    path.write_text(support_text(offices), encoding="utf-8")

    assert [(office.name, office.phone) for office in offices] == [
        ("Aide aux victimes de l’Isère – Voiron", "+33476000017")
    ]
    assert load_support(path, path) == (offices, [])
    assert (report.read, report.refused, report.flagged) == (2, [], [])


@pytest.mark.parametrize("change", [{"telephone": ""}, {"latitude": "45.37", "longitude": "45.37"}])
def test_an_office_nobody_can_call_or_find_is_left_out(tmp_path, change):
    offices, report = read(tmp_path, change)

    assert offices == []
    assert [remark.line for remark in report.flagged] == [2]


def test_an_import_writes_it_beside_the_stations(tmp_path):
    output = tmp_path / "stations.geojson"
    path = write_dila(tmp_path / "support.csv", OFFICE)

    report = import_stations([path], "auto", output, output, data=DATA, today=TODAY)

    assert report.problems == []
    assert report.offices == 1
    assert not output.exists()
    assert len(load_support(tmp_path / FILE, tmp_path)[0]) == 1


@pytest.mark.parametrize("body", ["{", '{"features": [{}]}', '{"features": 3}', "<html>"])
def test_a_damaged_file_is_told(tmp_path, body):
    path = tmp_path / FILE
    path.write_text(body, encoding="utf-8")

    offices, problems = load_support(path, path)

    assert offices == []
    assert problems


def test_nobody_loaded_it(tmp_path):
    assert load_support(tmp_path / FILE, tmp_path) == ([], [])


def test_a_station_names_the_office_near_it_and_only_then(tmp_path):
    offices, _ = read(tmp_path, {})
    far = make_station(id="b", slug="b", insee="29019", departement="29", longitude_deg=-4.49)
    found = StationSet((make_station(), far), METADATA, PLACES, tuple(offices))
    pages = {o.path: o.body.decode() for o in render_stations(make_theme(), found, TODAY)}

    near = pages["stations/38/commissariat-voiron/index.html"]
    assert "Aide aux victimes de l’Isère – Voiron, à\u00a0900\u00a0m" in near
    assert 'href="tel:+33476000017"' in near
    assert "fiche de janvier 2021" in near
    assert "Aide aux victimes de l’Isère" not in pages["stations/29/b/index.html"]
    assert [v["n"] for v in json.loads(pages["stations/donnees/38.json"])["v"]] == [offices[0].name]
    assert "v" not in json.loads(pages["stations/donnees/29.json"])


def test_the_office_for_all_comes_before_the_one_for_women_however_near(tmp_path):
    offices, _ = read(
        tmp_path,
        {"id": "cidf-1", "type": "cidf", "nom": "CIDFF de Voiron"},
        {"longitude": "5.7"},
        {"id": "cidf-2", "type": "cidf", "nom": "CIDFF plus loin", "longitude": "5.75"},
    )

    found = NearestSupport(offices).of(make_station())

    assert [office.id for office, _ in found] == ["aav-38563-01", "cidf-1"]
    assert NearestSupport(offices).of(make_station(position="to_check")) == []


@pytest.mark.skipif(not ALL_SUPPORT.is_file(), reason="../shared/data is absent")
def test_all_the_offices_of_the_base():
    report = Report()
    offices = read_support(Reading(ALL_SUPPORT, ALL_SUPPORT, PLACES, report, TODAY))

    assert detect(ALL_SUPPORT) == "support"
    assert report.problems == report.refused == []
    assert report.read == 3526
    assert len(offices) + len({remark.station_id for remark in report.flagged}) >= 510
    assert len(offices) >= 490
