"""Communes of France with a reference point each (data/communes.csv)."""

from __future__ import annotations

import csv
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from sys import intern
from typing import NamedTuple

from site_builder.stations.names import fold


class Commune(NamedTuple):
    """One commune, or one arrondissement of Paris, Lyon or Marseille.

    Attributes:
        insee: Code of the official geographical code.
        folded: Its name for comparisons, as `fold` makes it.
        departement: Lower-case code, `33`, `2a`, `971`.
        postcodes: Joined by spaces.
        longitude_deg: Of the town hall or else of the middle; None when unknown.
        parent: INSEE code of the city, for an arrondissement.
    """

    insee: str
    name: str
    folded: str
    departement: str
    postcodes: str
    population: int
    longitude_deg: float | None
    latitude_deg: float | None
    parent: str = ""

    @property
    def point_deg(self) -> tuple[float, float] | None:
        """(longitude, latitude); made when asked: 35,000 pairs would weigh 3 MB."""
        if self.longitude_deg is None or self.latitude_deg is None:
            return None
        return self.longitude_deg, self.latitude_deg


class Communes:
    """All communes, by code and by name."""

    def __init__(self, communes: list[Commune]) -> None:
        self.all = communes
        self.by_insee = {commune.insee: commune for commune in communes}

    @cached_property
    def by_departement(self) -> dict[str, list[Commune]]:
        """Communes of each département, in alphabetical order."""
        result: dict[str, list[Commune]] = {}
        for commune in sorted(self.all, key=attrgetter("folded")):
            result.setdefault(commune.departement, []).append(commune)
        return result

    def named(self, name: str, departement: str) -> Commune | None:
        """The only commune of that name in the département, accents and hyphens aside."""
        near, wanted = self.by_departement.get(departement, []), fold(name)
        found = [commune for commune in near if commune.folded == wanted]
        return found[0] if len(found) == 1 else None


def load_communes(path: Path) -> Communes:
    """Read data/communes.csv (fields: data/README.md)."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines)
        next(rows)
        return Communes([_commune(*row) for row in rows])


def _commune(  # one argument a column
    insee: str,
    name: str,
    departement: str,
    postcodes: str,
    population: str,
    longitude: str,
    latitude: str,
    parent: str,
) -> Commune:
    return Commune(
        insee,
        name,
        fold(name),
        intern(departement),  # one text for all that share it
        intern(postcodes),
        int(population or 0),
        float(longitude) if longitude else None,
        float(latitude) if latitude else None,
        parent,
    )
