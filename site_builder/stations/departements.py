"""Départements and collectivities: names, chief towns and outlines (data/departements.geojson)."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from site_builder.stations.territories import box_of, is_inside

Ring = tuple[tuple[float, float], ...]

DEG_KM = 111.2  # one degree of latitude
# Outlines are simplified and stations stand on quays and bridges.
MARGIN_KM = 6.0


@dataclass(frozen=True)
class Departement:
    """A département, or a collectivity without outline.

    Attributes:
        code: As printed: `33`, `2A`, `971`.
        chef_lieu: INSEE code of its chief town.
        rings: Closed lines of (longitude, latitude) in degrees; holes are not kept.
    """

    code: str
    name: str
    chef_lieu: str
    rings: tuple[Ring, ...] = ()

    @property
    def slug(self) -> str:
        """Its part of the URL."""
        return self.code.lower()

    def holds(self, longitude_deg: float, latitude_deg: float) -> bool:
        """Whether the point is inside, or outside by no more than the margin."""
        if not is_inside(box_of(self.slug), longitude_deg, latitude_deg):
            return False
        if not self.rings:
            return True
        point = (longitude_deg, latitude_deg)
        inside = any(_is_in_ring(point, ring) for ring in self.rings)
        return inside or any(_km_to_ring(point, ring) <= MARGIN_KM for ring in self.rings)


def load_departements(path: Path) -> dict[str, Departement]:
    """Départements by lower-case code, in the order of the file."""
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    loaded = [
        Departement(
            code=feature["properties"]["code"],
            name=feature["properties"]["name"],
            chef_lieu=feature["properties"]["chef_lieu"],
            rings=tuple(_rings(feature["geometry"])),
        )
        for feature in features
    ]
    return {departement.slug: departement for departement in loaded}


def load_names(path: Path) -> dict[str, str]:
    """Names of départements by lower-case code, in the order of the file."""
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return {f["properties"]["code"].lower(): f["properties"]["name"] for f in features}


def _rings(geometry: dict[str, Any] | None) -> Iterator[Ring]:
    if geometry is None:
        return
    polygons = geometry["coordinates"]
    for polygon in polygons if geometry["type"] == "MultiPolygon" else [polygons]:
        yield tuple((point[0], point[1]) for point in polygon[0])


def _is_in_ring(point: tuple[float, float], ring: Ring) -> bool:
    """Even-odd rule."""
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def _km_to_ring(point: tuple[float, float], ring: Ring) -> float:
    """Distance to the line, on a plane that is right near the point."""
    shrink = math.cos(math.radians(point[1]))
    local = [((x - point[0]) * shrink * DEG_KM, (y - point[1]) * DEG_KM) for x, y in ring]
    return min(_km_to_segment(a, b) for a, b in pairwise(local))


def _km_to_segment(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Distance from the origin to the segment."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length2 = dx * dx + dy * dy
    along = 0.0 if length2 == 0 else max(0.0, min(1.0, -(a[0] * dx + a[1] * dy) / length2))
    return math.hypot(a[0] + along * dx, a[1] + along * dy)
