"""Nearest stations, against an independent computation."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from station_world import DATA, DILA, PLACES, make_station, needs_all_of_france

from site_builder.stations.loading import load_stations
from site_builder.stations.nearest import NearestIndex, distance_m
from site_builder.stations.neighbours import Neighbours

points = st.tuples(st.floats(-178, 178), st.floats(-80, 80))


def by_cosines(a, b):
    """Great circle by the law of cosines: another formula than the one that is tested."""
    (x1, y1), (x2, y2) = (tuple(map(math.radians, point)) for point in (a, b))
    cosine = math.sin(y1) * math.sin(y2) + math.cos(y1) * math.cos(y2) * math.cos(x1 - x2)
    return 6_371_008.8 * math.acos(max(-1.0, min(1.0, cosine)))


def test_paris_to_marseille():
    assert distance_m((2.3522, 48.8566), (5.3698, 43.2965)) == pytest.approx(660_500, rel=0.001)


@given(points, points)
def test_distance_agrees_with_the_law_of_cosines(a, b):
    # the law of cosines itself is only good to some centimetres at small angles
    assert distance_m(a, b) == pytest.approx(by_cosines(a, b), rel=1e-6, abs=1.0)


@given(
    st.lists(st.tuples(st.floats(-5, 10), st.floats(41, 51)), min_size=1, max_size=40),
    st.tuples(st.floats(-5, 10), st.floats(41, 51)),
)
def test_index_finds_what_a_scan_finds(stations, point):
    _, metres = NearestIndex(stations).nearest(point)

    assert metres == pytest.approx(min(by_cosines(point, s) for s in stations), rel=1e-6, abs=1.0)


def test_an_empty_index_finds_nothing():
    assert NearestIndex([]).nearest((2.0, 48.0)) is None


@needs_all_of_france
def test_nearest_of_a_thousand_communes_by_another_formula():
    found, _ = load_stations(DILA, DILA, DATA)
    located = [station.point_deg for station in found.stations if station.is_located]
    index = NearestIndex(located)
    communes = [commune for commune in PLACES.communes.all if commune.point_deg]
    chosen = random.Random(20261122).sample(communes, 1000)  # noqa: S311 - a fixed sample

    for commune in chosen:
        _, metres = index.nearest(commune.point_deg)
        expected = min(by_cosines(commune.point_deg, point) for point in located)
        assert metres == pytest.approx(expected, rel=1e-5, abs=1.0), commune.name


def test_neighbours_are_the_three_nearest_open_ones():
    here = make_station(id="a", slug="a")
    others = [
        make_station(id=f"b{n}", slug=f"b{n}", longitude_deg=5.5912 + n / 100) for n in range(1, 6)
    ]
    closed = make_station(id="c", slug="c", closed_on="2026-01-01", longitude_deg=5.5913)
    unsure = make_station(id="d", slug="d", position="to_check", longitude_deg=5.5914)

    found = Neighbours([here, *others, closed, unsure]).of(here)

    assert [neighbour.station.id for neighbour in found] == ["b1", "b2", "b3"]
    assert Neighbours([here, unsure]).of(unsure) == []
