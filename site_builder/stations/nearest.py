"""The nearest stations, by great circle."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

EARTH_M = 6_371_008.8  # mean radius, IUGG 1980

Point = tuple[float, float]  # longitude, latitude in degrees
_Vector = tuple[float, float, float]


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

    Points are put in square cells; rings of cells around the asked point are read until no
    point outside of them can be nearer. Comparing unit vectors keeps the order of great circles.
    """

    def __init__(self, points: Sequence[Point]) -> None:
        self._points = points
        # About one point a cell for stations spread over France: 0.15° for 3,600 of them.
        self._cell_deg = min(5.0, 9.0 / math.sqrt(len(points) or 1))
        self._cells: dict[tuple[int, int], list[tuple[_Vector, int]]] = {}
        for index, point in enumerate(points):
            self._cells.setdefault(self._cell(point), []).append((_vector(point), index))
        self._everything = [found for cell in self._cells.values() for found in cell]
        self._blocks: dict[tuple[int, int, int], list[tuple[_Vector, int]]] = {}

    def nearest(self, point: Point) -> tuple[int, float] | None:
        """(index, distance in metres) of the nearest point; None when there is none."""
        if not self._points:
            return None
        x, y, z = _vector(point)
        for ring, candidates in self._rings(point):
            if not candidates:
                continue
            (vx, vy, vz), index = max(
                candidates, key=lambda found: found[0][0] * x + found[0][1] * y + found[0][2] * z
            )
            chord = math.sqrt((vx - x) ** 2 + (vy - y) ** 2 + (vz - z) ** 2)
            if ring is None or chord <= self._safe_chord(point, ring):
                return index, distance_m(point, self._points[index])
        raise AssertionError("the last ring holds every point")

    def _rings(self, point: Point) -> Iterator[tuple[int | None, list[tuple[_Vector, int]]]]:
        column, row = self._cell(point)
        for ring in (1, 2, 4):
            yield ring, self._around(column, row, ring)
        yield None, self._everything

    def _around(self, column: int, row: int, ring: int) -> list[tuple[_Vector, int]]:
        """Points of a block of cells, kept since a dozen communes ask for the same one."""
        key = (column, row, ring)
        if key not in self._blocks:
            span, cells = range(-ring, ring + 1), self._cells
            self._blocks[key] = [
                found for i in span for j in span for found in cells.get((column + i, row + j), ())
            ]
        return self._blocks[key]

    def _safe_chord(self, point: Point, ring: int) -> float:
        """No point outside the rings is nearer than this, on a sphere of radius one."""
        width_deg = ring * self._cell_deg
        edge = min(89.0, abs(point[1]) + width_deg)
        angle = math.radians(width_deg) * math.cos(math.radians(edge))
        return 2 * math.sin(min(angle, math.pi) / 2)

    def _cell(self, point: Point) -> tuple[int, int]:
        return math.floor(point[0] / self._cell_deg), math.floor(point[1] / self._cell_deg)


def _vector(point: Point) -> _Vector:
    longitude, latitude = math.radians(point[0]), math.radians(point[1])
    return (
        math.cos(latitude) * math.cos(longitude),
        math.cos(latitude) * math.sin(longitude),
        math.sin(latitude),
    )
