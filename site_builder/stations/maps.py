"""A small SVG map for each département, drawn once and reused by its pages."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from site_builder.stations.departements import Departement
from site_builder.stations.nearest import Point

WIDTH = 300  # units of the drawing; one is about 500 m in an ordinary département
PAD = 6


@dataclass(frozen=True)
class DepartementMap:
    """The outline of a département and where points fall on it.

    Attributes:
        outline: Path data; empty when the département has no outline.
    """

    width: int
    height: int
    outline: str
    west_deg: float
    north_deg: float
    x_scale: float
    y_scale: float

    def place(self, point: Point) -> tuple[int, int]:
        """Drawing units of a (longitude, latitude)."""
        x = (point[0] - self.west_deg) * self.x_scale + PAD
        y = (self.north_deg - point[1]) * self.y_scale + PAD
        return round(x), round(y)

    def dots(self, points: Iterable[Point]) -> str:
        """Path data of one round dot for each point: far shorter than as many circles."""
        placed = sorted({self.place(point) for point in points})
        return "".join(f"M{x} {y}h0" for x, y in placed)


def draw(departement: Departement) -> DepartementMap | None:
    """The map of a département; None for a collectivity without outline."""
    points = [point for ring in departement.rings for point in ring]
    if not points:
        return None
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    # Plate carrée at the middle latitude: right enough for one département.
    shrink = math.cos(math.radians((south + north) / 2))
    y_scale = WIDTH / max((east - west) * shrink, north - south)
    drawn = DepartementMap(
        width=round((east - west) * shrink * y_scale) + 2 * PAD,
        height=round((north - south) * y_scale) + 2 * PAD,
        outline="",
        west_deg=west,
        north_deg=north,
        x_scale=y_scale * shrink,
        y_scale=y_scale,
    )
    outline = "".join(_path(drawn, ring) for ring in departement.rings)
    return DepartementMap(**{**drawn.__dict__, "outline": outline})


def _path(drawn: DepartementMap, ring: Iterable[Point]) -> str:
    placed = [drawn.place(point) for point in ring]
    (x, y), steps = placed[0], []
    for next_x, next_y in placed[1:-1]:
        if (next_x, next_y) != (x, y):
            # a minus sign parts two numbers as well as a space does
            steps.append(f"{next_x - x} {next_y - y}".replace(" -", "-"))
            x, y = next_x, next_y
    return f"M{placed[0][0]} {placed[0][1]}l{' '.join(steps)}z" if steps else ""
