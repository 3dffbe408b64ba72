"""The reference data that stations are checked against."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from site_builder.stations.communes import Commune, Communes, load_communes
from site_builder.stations.departements import Departement, load_departements
from site_builder.stations.territories import departement_of


@dataclass(frozen=True)
class Places:
    """Communes, and départements by lower-case code."""

    communes: Communes
    departements: dict[str, Departement]

    def current_commune(self, insee: str, name: str) -> Commune | None:
        """The commune that bears this code today, or else the only one of that name beside it."""
        return self.communes.by_insee.get(insee) or self.communes.named(name, departement_of(insee))


def load_places(data: Path) -> Places:
    """Communes and départements of the data folder."""
    return Places(
        load_communes(data / "communes.csv"), load_departements(data / "departements.geojson")
    )
