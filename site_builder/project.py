"""Where the content stands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from site_builder.errors import SiteBuilderError

SITE_FILE = Path("content/site.yaml")
STATION_FILE = Path("data/stations.geojson")


@dataclass(frozen=True)
class Project:
    """The folders of one checkout; all absolute."""

    root: Path

    @property
    def content(self) -> Path:
        """What editors own."""
        return self.root / "content"

    @property
    def data(self) -> Path:
        """Stations, communes, départements."""
        return self.root / "data"

    @property
    def build(self) -> Path:
        """Everything made by a build."""
        return self.root / "build"

    @property
    def site(self) -> Path:
        """What is published."""
        return self.build / "site"

    @property
    def assets(self) -> Path:
        """What the functions need: page shell, words, headers, settings."""
        return self.build / "functions"


def find_project(start: Path) -> Project:
    """The project that holds `start`.

    Raises:
        SiteBuilderError: no folder above `start` has content/site.yaml.
    """
    for folder in (start, *start.parents):
        if (folder / SITE_FILE).is_file():
            return Project(folder)
    raise SiteBuilderError(f"aucun dossier avec {SITE_FILE} ici ni au-dessus")
