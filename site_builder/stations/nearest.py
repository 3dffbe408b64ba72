"""The nearest stations, by great circle."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache

EARTH_M = 6_371_008.8  # mean radius, IUGG 1980

Point = tuple[float, float]  # longitude, latitude in degrees
_Vector = tuple[float, float, float]
_Entry = tuple[float, float, float, int]  # unit vector and index
_RINGS = (1, 2, 4)
_NOBODY: _Entry = (0.0, 0.0, 0.0, -1)


def distance_m(a: Point, b: Point) -> float:
    """Great-circle distance in metres (haversine, good at small distances)."""
    longitude_a, latitude_a, longitude_b, latitude_b = map(math.radians, (*a, *b))
    half = math.sin((latitude_b - latitude_a) / 2) ** 2
    half += (
        math.cos(latitude_a) * math.cos(latitude_b) * math.sin((longitude_b - longitude_a) / 2) ** 2
    )
    return 2 * EARTH_M * math.asin(math.sqrt(half))


class NearestIndex:
    """Finds the nearest of many points; made for the 35,000 communes of one build.

    Points are put in square cells; blocks of cells around the asked point are read until no
    point outside of them can be nearer. Comparing unit vectors keeps the order of great circles.
    """

    def __init__(self, points: Sequence[Point]) -> None:
        self._points = points
        # About one point a cell for stations spread over France: 0.15° for 3,600 of them.
        self._cell_deg = min(5.0, 9.0 / math.sqrt(len(points) or 1))
        self._cells: dict[tuple[int, int], list[_Entry]] = {}
        for index, point in enumerate(points):
            self._cells.setdefault(self._cell(point), []).append((*_vector(point), index))
        self._everything = [entry for cell in self._cells.values() for entry in cell]
        self._block = cache(self._read_block)  # a dozen communes ask for the same one

    def nearest(self, point: Point) -> tuple[int, float] | None:
        """(index, distance in metres) of the nearest point; None when there is none."""
        if not self._points:
            return None
        x, y, z = _vector(point)
        column, row = self._cell(point)
        for ring in _RINGS:
            entries, safe_cosine = self._block(column, row, ring)
            cosine, entry = _best(entries, x, y, z)
            if cosine >= safe_cosine:
                break
        else:
            _, entry = _best(self._everything, x, y, z)
        vx, vy, vz, index = entry
        chord = math.sqrt((vx - x) ** 2 + (vy - y) ** 2 + (vz - z) ** 2)
        return index, 2 * EARTH_M * math.asin(chord / 2)

    def _read_block(self, column: int, row: int, ring: int) -> tuple[list[_Entry], float]:
        span, cells = range(-ring, ring + 1), self._cells
        found = [
            entry for i in span for j in span for entry in cells.get((column + i, row + j), ())
        ]
        return found, self._safe_cosine(row, ring)

    def _safe_cosine(self, row: int, ring: int) -> float:
        """A point whose cosine is larger is nearer than anything outside the block.

        East and west, meridians draw together towards the poles: the edge of the block that is
        furthest from the equator tells how near an outside point may come.
        """
        furthest_deg = max(abs(row - ring), abs(row + 1 + ring)) * self._cell_deg
        width = math.radians(ring * self._cell_deg)
        return math.cos(width * math.cos(math.radians(min(90.0, furthest_deg))))

    def _cell(self, point: Point) -> tuple[int, int]:
        return math.floor(point[0] / self._cell_deg), math.floor(point[1] / self._cell_deg)


def _best(entries: list[_Entry], x: float, y: float, z: float) -> tuple[float, _Entry]:
    """Largest cosine and its entry; a cosine below all others when there is no entry."""
    best, found = -2.0, _NOBODY
    for entry in entries:
        vx, vy, vz, _ = entry
        cosine = vx * x + vy * y + vz * z
        if cosine > best:
            best, found = cosine, entry
    return best, found


def _vector(point: Point) -> _Vector:
    longitude, latitude = math.radians(point[0]), math.radians(point[1])
    flat = math.cos(latitude)
    return flat * math.cos(longitude), flat * math.sin(longitude), math.sin(latitude)
