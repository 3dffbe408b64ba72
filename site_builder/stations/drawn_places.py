"""Départements with their stations and their map, ready for pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from site_builder.stations.departements import Departement
from site_builder.stations.loading import StationSet
from site_builder.stations.maps import DepartementMap, draw
from site_builder.stations.model import Station
from site_builder.stations.names import fold, place_of


@dataclass(frozen=True)
class DrawnPlace:
    """One département, ready to be drawn."""

    departement: Departement
    stations: Sequence[Station]
    map: DepartementMap | None

    @property
    def href(self) -> str:
        """Path of its page."""
        return f"/stations/{self.departement.slug}/"

    @property
    def view(self) -> dict[str, str]:
        """Its name and address, as templates read them."""
        return {"name": self.departement.name, "code": self.departement.code, "href": self.href}

    @cached_property
    def _dots(self) -> str:
        points = (s.point_deg for s in self.stations if s.is_located and s.closed_on is None)
        return self.map.dots(points) if self.map else ""

    def map_view(self, here: Station | None = None) -> dict[str, Any] | None:
        """The map as templates draw it, one station marked."""
        if self.map is None:
            return None
        marked = [here.point_deg] if here and here.is_located else []
        return {
            "width": self.map.width,
            "height": self.map.height,
            "outline": self.map.outline,
            "dots": self._dots,
            "here": self.map.dots(marked),
        }


def drawn_places(found: StationSet) -> list[DrawnPlace]:
    """Every département in the order of the data, its stations in alphabetical order."""
    by_departement: dict[str, list[Station]] = defaultdict(list)
    for station in sorted(found.stations, key=lambda s: (fold(place_of(s.name)), s.id)):
        by_departement[station.departement].append(station)
    return [
        DrawnPlace(departement, by_departement[slug], draw(departement))
        for slug, departement in found.places.departements.items()
    ]
