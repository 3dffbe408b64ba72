"""Reference data: communes, départements, boxes, time zones and holidays agree with each other."""

import shutil
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from places import ROOT
from station_world import PLACES, make_station

from site_builder.errors import SiteBuilderError
from site_builder.stations.check import check_freshness, check_stations, is_old
from site_builder.stations.holidays import holidays_of
from site_builder.stations.maps import draw
from site_builder.stations.places import load_places
from site_builder.stations.positions import is_plausible, judge_position
from site_builder.stations.territories import box_of, departement_of, is_inside, time_zone


def test_every_commune_stands_in_the_box_of_its_departement():
    lost = [
        commune.insee
        for commune in PLACES.communes.all
        if commune.point_deg and not is_inside(box_of(commune.departement), *commune.point_deg)
    ]

    assert lost == []
    assert {commune.departement for commune in PLACES.communes.all} == set(PLACES.departements)
    assert all(departement_of(c.insee) == c.departement for c in PLACES.communes.all)


def test_every_chief_town_is_in_its_departement():
    for place in PLACES.departements.values():
        town = PLACES.communes.by_insee[place.chef_lieu]
        if town.point_deg:
            assert place.holds(*town.point_deg), place.name
            assert is_plausible(town.point_deg, place, town)


def test_communes_are_all_there():
    assert len(PLACES.communes.all) == 34_963 + 45
    assert sum(commune.point_deg is None for commune in PLACES.communes.all) == 93
    assert PLACES.communes.named("VOIRON", "38").insee == "38563"
    assert PLACES.communes.named("Nulle part", "38") is None
    assert PLACES.communes.by_insee["75111"].parent == "75056"


@pytest.mark.parametrize(
    ("name", "point", "is_fine"),
    [
        ("Voiron", (5.59, 45.36), True),
        ("swapped", (45.36, 5.59), False),
        ("Berlin", (13.40, 52.52), False),
        ("in the Atlantic", (-30.0, 45.0), False),
        ("Bordeaux", (-0.57, 44.83), False),
        ("null island", (0.0, 0.0), False),
    ],
)
def test_a_station_must_stand_where_it_says(name, point, is_fine):
    station = make_station(longitude_deg=point[0], latitude_deg=point[1])
    problems = check_stations([station], [1], "s", PLACES.communes, PLACES.departements)

    assert (problems == []) == is_fine, name


@pytest.mark.parametrize(
    ("code", "point"),
    [
        ("971", (-61.53, 16.24)),
        ("972", (-61.07, 14.60)),
        ("973", (-52.33, 4.93)),
        ("974", (55.45, -20.88)),
        ("975", (-56.17, 46.78)),
        ("976", (45.23, -12.78)),
        ("977", (-62.85, 17.90)),
        ("978", (-63.08, 18.07)),
        ("986", (-176.17, -13.28)),
        ("987", (-149.57, -17.53)),
        ("988", (166.44, -22.27)),
    ],
)
def test_each_territory_overseas_is_in_france(code, point):
    assert is_inside(box_of(code), *point)
    assert not is_inside(box_of("33"), *point)
    assert judge_position(point, PLACES.departements[code], None).point_deg == point
    assert judge_position(point, PLACES.departements["33"], None).point_deg is None


def test_every_time_zone_exists():
    zones = {time_zone(c.departement, c.insee) for c in PLACES.communes.all}

    assert len(zones) == 14  # métropole, eleven territories, two archipelagos of Polynesia
    assert all(ZoneInfo(zone) for zone in zones)
    assert time_zone("987", "98731") == "Pacific/Marquesas"


@pytest.mark.parametrize(
    ("code", "day", "is_holiday"),
    [
        ("33", "2026-12-25", True),
        ("33", "2026-12-26", False),
        ("57", "2026-12-26", True),
        ("67", "2026-12-26", True),
        ("68", "2026-12-26", True),
        ("974", "2026-12-20", True),
        ("971", "2027-05-27", True),
        ("972", "2027-05-22", True),
        ("973", "2027-06-10", True),
        ("976", "2027-04-27", True),
        ("38", "2027-07-14", True),
        ("38", "2027-07-15", False),
    ],
)
def test_holidays_of_the_place(code, day, is_holiday):
    assert (day in holidays_of(code, date(2026, 11, 22))) == is_holiday


def test_maps_hold_their_stations_and_stay_small():
    for place in PLACES.departements.values():
        drawn = draw(place)
        town = PLACES.communes.by_insee[place.chef_lieu]
        if drawn is None:
            assert place.code in {"975", "977", "978", "986", "987", "988"}
            continue
        x, y = drawn.place(town.point_deg)
        assert 0 <= x <= drawn.width <= 312
        assert 0 <= y <= drawn.height <= 312
        assert len(drawn.outline) < 3_000


def test_a_year_makes_a_record_old():
    assert not is_old(date(2025, 11, 22), date(2026, 11, 22))
    assert is_old(date(2025, 11, 21), date(2026, 11, 22))
    (warning,) = check_freshness([make_station()], "s", date(2026, 11, 22))
    assert warning.is_warning
    assert "1 fiche a plus d’un an" in warning.message


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("communes.csv", None),
        ("communes.csv", b""),
        ("communes.csv", b"insee\nun;deux"),
        ("communes.csv", b"\xff\xfe"),
        ("departements.geojson", b"{"),
        ("departements.geojson", b"{}"),
    ],
)
def test_damaged_reference_data_is_named(tmp_path, name, body):
    for file in ("communes.csv", "departements.geojson"):
        shutil.copy(ROOT / "data" / file, tmp_path / file)
    (tmp_path / name).unlink()
    if body is not None:
        (tmp_path / name).write_bytes(body)

    with pytest.raises(SiteBuilderError, match=f"« {name} » manque ou est abîmé"):
        load_places(tmp_path)
