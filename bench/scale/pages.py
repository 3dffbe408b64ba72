"""What a visit of the static site weighs: the real pages, compressed."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from bench.rows import ROOT, compressed, fetched_with, python

_TODAY = "2026-11-22"
_READ = ("index.html", "urgences/index.html", "declarer/signalement/formulaire/index.html")


@dataclass(frozen=True)
class Pages:
    """Of one visit.

    Attributes:
        page: Bytes of one page, on average; `assets`: of all that it fetches once.
        scripts: How many files these are.
        sealed_photo: Bytes of a file as stored.
    """

    page: float
    assets: int
    scripts: int
    sealed_photo: int


def weigh(folder: Path, sealed_photo: int) -> Pages:
    """Build the site in `folder` and weigh what people read, one guide of each theme included."""
    for part in ("content", "data"):
        shutil.copytree(ROOT / part, folder / part)
    build = python("-m", "site_builder", "--project", str(folder), "build", "--today", _TODAY)
    subprocess.run(build, check=True, capture_output=True, cwd=ROOT)
    site = folder / "build" / "site"
    guides = [sorted(theme.glob("*/index.html"))[0] for theme in sorted((site / "guides").iterdir())
              if theme.is_dir() and list(theme.glob("*/index.html"))]  # fmt: skip
    bodies = [each.read_bytes() for each in [*(site / name for name in _READ), *guides]]
    files = {name: body for page in bodies for name, body in fetched_with(page, site).items()}
    mean = sum(map(compressed, bodies)) / len(bodies)
    return Pages(mean, sum(map(compressed, files.values())), len(files), sealed_photo)
