"""What search engines read of a station is what its page says."""

import json
from datetime import date

import pytest
from station_world import make_station

from site_builder.stations.linked_data import linked_data

URL = "https://reperes.exemple.fr"


def read(**changes):
    return json.loads(linked_data(make_station(**changes), URL))


def test_a_station_says_where_it_is_and_how_to_reach_it():
    station = make_station()

    data = json.loads(linked_data(station, URL))

    longitude, latitude = station.point_deg
    assert data["@type"] == "PoliceStation"
    assert data["url"] == f"{URL}{station.path}"
    assert data["telephone"] == list(station.phones)
    assert data["address"]["addressLocality"] == station.commune
    assert data["geo"] == {
        "@type": "GeoCoordinates",
        "latitude": latitude,
        "longitude": longitude,
    }


def test_a_position_to_check_is_not_published():
    assert "geo" not in read(position="to_check")


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (
            "Mo-Fr 08:00-12:00,14:00-18:00; PH off",
            ["Mo-Fr 08:00-12:00", "Mo-Fr 14:00-18:00"],
        ),
        ("Mo,We,PH 09:00-12:00", ["Mo,We 09:00-12:00"]),
        ("PH 09:00-12:00", None),
        ("24/7", ["Mo-Su"]),
        ("", None),
    ],
)
def test_hours_are_one_text_a_span_without_holidays(hours, expected):
    opening = read(hours=hours).get("openingHours")

    assert opening == expected


def test_nothing_is_said_of_a_station_that_has_closed():
    assert linked_data(make_station(closed_on=date(2026, 1, 1)), URL) == ""


def test_a_name_cannot_end_the_block():
    text = linked_data(make_station(name="</script><b>piège"), URL)

    assert "<" not in text
    assert json.loads(text)["name"] == "</script><b>piège"
