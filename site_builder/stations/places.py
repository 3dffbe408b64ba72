"""The reference data that stations are checked against."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from site_builder.errors import SiteBuilderError
from site_builder.stations.communes import Commune, Communes, load_communes
from site_builder.stations.departements import Departement, load_departements, load_names
from site_builder.stations.territories import departement_of

Loaded = TypeVar("Loaded")


@dataclass(frozen=True)
class Places:
    """Communes, and départements by lower-case code."""

    communes: Communes
    departements: dict[str, Departement]

    def current_commune(self, insee: str, name: str) -> Commune | None:
        """The commune that bears this code today, or else the only one of that name beside it."""
        return self.communes.by_insee.get(insee) or self.communes.named(name, departement_of(insee))


def load_places(data: Path) -> Places:
    """Communes and départements of the data folder.

    Raises:
        SiteBuilderError: one of the two files is missing or damaged; it names the file.
    """
    return Places(
        _read(load_communes, data / "communes.csv"),
        _read(load_departements, data / "departements.geojson"),
    )


def departement_names(data: Path) -> dict[str, str]:
    """Names of départements by lower-case code, without their outlines.

    Raises:
        SiteBuilderError: the file is missing or damaged.
    """
    return _read(load_names, data / "departements.geojson")


def _read(load: Callable[[Path], Loaded], path: Path) -> Loaded:
    # Both files are made by `site_builder.stations.reference_data`, never by hand.
    try:
        return load(path)
    except (OSError, ValueError, LookupError, TypeError, StopIteration) as error:
        raise SiteBuilderError(
            f"« {path.name} » manque ou est abîmé : reprenez celui du projet, "
            "ou refaites-le (data/README.md)"
        ) from error
