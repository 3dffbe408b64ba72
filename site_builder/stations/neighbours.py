"""The stations that stand next to a station."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from site_builder.stations.model import Station
from site_builder.stations.nearest import distance_m
from site_builder.stations.views import Neighbour

COUNT = 3
# Cells of about 40 km; a place with nobody in the cells around has no neighbour worth a visit.
CELL_DEG = 0.4


class Neighbours:
    """Open and located stations, filed by square of the map."""

    def __init__(self, stations: Sequence[Station]) -> None:
        self._cells: dict[tuple[int, int], list[Station]] = defaultdict(list)
        for station in stations:
            if station.is_located and station.closed_on is None:
                self._cells[_cell(station)].append(station)

    def of(self, station: Station) -> list[Neighbour]:
        """The nearest others, at most three, from the squares around."""
        if not station.is_located:
            return []
        column, row = _cell(station)
        around = (
            other
            for i in (-1, 0, 1)
            for j in (-1, 0, 1)
            for other in self._cells.get((column + i, row + j), ())
            if other.id != station.id
        )
        measured = [(_rough(station, other), other.id, other) for other in around]
        nearest = sorted(measured)[:COUNT]
        return [
            Neighbour(other, distance_m(station.point_deg, other.point_deg))
            for _, _, other in nearest
        ]


def _cell(station: Station) -> tuple[int, int]:
    longitude, latitude = station.point_deg
    return math.floor(longitude / CELL_DEG), math.floor(latitude / CELL_DEG)


def _rough(a: Station, b: Station) -> float:
    """Orders stations that are near each other; not a distance."""
    (longitude_a, latitude_a), (longitude_b, latitude_b) = a.point_deg, b.point_deg
    shrink = math.cos(math.radians(latitude_a))
    return ((longitude_a - longitude_b) * shrink) ** 2 + (latitude_a - latitude_b) ** 2
