"""The stations that stand next to a station."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from site_builder.stations.model import Station
from site_builder.stations.nearest import NearestIndex, Point, distance_m
from site_builder.stations.support import SupportOffice
from site_builder.stations.views import Neighbour

_Entry = tuple[float, float, str, Station]  # longitude, latitude in degrees; id

COUNT = 3
# Squares of about 25 km; a station with nobody in those around it has no neighbour to name.
CELL_DEG = 0.25
# Nobody is sent further than this for help that a telephone gives too.
FAR_M = 100_000


class Neighbours:
    """Open and located stations, filed by square of the map."""

    def __init__(self, stations: Sequence[Station]) -> None:
        self._cells: dict[tuple[int, int], list[_Entry]] = defaultdict(list)
        for station in stations:
            if station.is_located and station.closed_on is None:
                longitude, latitude = point = station.point_deg
                self._cells[_cell(point)].append((longitude, latitude, station.id, station))
        self._around = cache(self._read_around)

    def of(self, station: Station) -> list[Neighbour]:
        """The nearest others, at most three, from the squares around."""
        if not station.is_located:
            return []
        point = longitude, latitude = station.point_deg
        shrink = math.cos(math.radians(latitude)) ** 2
        measured = [
            ((dx := x - longitude) * dx * shrink + (dy := y - latitude) * dy, other_id, other)
            for x, y, other_id, other in self._around(*_cell(point))
        ]
        nearest = [other for _, _, other in sorted(measured)[: COUNT + 1]]
        others = [other for other in nearest if other.id != station.id][:COUNT]
        return [Neighbour(other, distance_m(point, other.point_deg)) for other in others]

    def _read_around(self, column: int, row: int) -> list[_Entry]:
        squares = ((column + i, row + j) for i in (-1, 0, 1) for j in (-1, 0, 1))
        return [entry for square in squares for entry in self._cells.get(square, ())]


class NearestSupport:
    """Victim-support offices near a station, where offices are loaded."""

    def __init__(self, offices: Sequence[SupportOffice]) -> None:
        for_all = [office for office in offices if office.is_for_all]
        others = [office for office in offices if not office.is_for_all]
        self._groups = [
            (group, NearestIndex([office.point_deg for office in group]))
            for group in (for_all, others)
        ]

    def of(self, station: Station) -> list[tuple[SupportOffice, float]]:
        """(office, metres): the nearest for all victims, then the nearest for women's rights."""
        if not station.is_located:
            return []
        found = [(group, index.nearest(station.point_deg)) for group, index in self._groups]
        return [(group[hit[0]], hit[1]) for group, hit in found if hit and hit[1] <= FAR_M]


def _cell(point: Point) -> tuple[int, int]:
    return math.floor(point[0] / CELL_DEG), math.floor(point[1] / CELL_DEG)
