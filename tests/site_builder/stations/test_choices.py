"""The list of stations that the forms offer."""

import json
from datetime import date

from places import ROOT

from chalicelib.forms.stations import Stations
from site_builder.stations.choices import station_list
from site_builder.stations.loading import load_stations

BYTES_A_STATION = 160  # 4,600 stations: 740 kB read once by a process


def of_the_project():
    data = ROOT / "data"
    found, _ = load_stations(data / "stations.geojson", "stations.geojson", data)
    return found.stations


def test_every_open_station_is_offered_under_its_departement():
    stations = of_the_project()
    read = Stations(station_list(stations).body)
    assert {one.id for some in read.by_departement.values() for one in some} == {
        one.id for one in stations
    }
    for one in stations:
        assert (read.find(one.id).commune, one.departement in read.by_departement) == (
            one.commune,
            True,
        )


def test_a_closed_station_is_not_offered():
    first, *others = of_the_project()
    closed = first.model_copy(update={"closed_on": date(2026, 1, 1)})
    read = Stations(station_list([closed, *others]).body)
    assert read.find(first.id) is None


def test_communes_are_in_order_and_the_same_stations_are_the_same_bytes():
    stations = of_the_project()
    lists = json.loads(station_list(stations).body)
    assert all(
        [one[2] for one in some] == sorted(one[2] for one in some) for some in lists.values()
    )
    assert station_list(reversed(stations)).body == station_list(stations).body


def test_the_list_stays_light():
    stations = of_the_project()
    assert len(station_list(stations).body) <= BYTES_A_STATION * len(stations)
