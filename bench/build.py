"""How long a build takes, beside what others take for the same work or less."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import cycle, islice
from pathlib import Path

from bench.rows import ROOT, SHARED, Row, python, seconds, spent

ALL_OF_FRANCE = SHARED / "data" / "stations_dila_2022-01.csv"
ALERTES = 200
TODAY = date(2026, 11, 22)
# Material with its own look, navigation and search, on the same guides: what one gets without us.
MATERIAL = (
    "site_name: Guides\nsite_url: https://exemple.fr/\ntheme: {name: material, language: fr}\n"
)


def measure() -> list[Row]:
    """Whole processes, on a copy of the content; every build but the first finds files in place."""
    with project() as folder:
        build = python("-m", "site_builder", "--project", str(folder), "build", "--today")
        build.append(TODAY.isoformat())
        check = python("-m", "site_builder", "--project", str(folder), "check")
        rows = [
            ("check of the whole content", seconds(check)),
            (f"full build, starter stations, {ALERTES} alertes", seconds(build)),
        ]
        label = f"full build, all stations of France, {ALERTES} alertes"
        if ALL_OF_FRANCE.is_file():
            rows.append((label, seconds([*build, "--stations", str(ALL_OF_FRANCE)], runs=5)))
        else:
            rows.append((label, "skipped: ../shared/data is absent"))
        rows.append(("mkdocs-material alone, its own look, the same guides", _material(folder)))
    rows.append(("hugo 0.111, 4,600 plain pages", "1.77 s wall, 358 MiB (our notes)"))
    rows.append(("mkdocs-material, 4,601 pages", "22.7 to 391 s (our notes)"))
    return rows


@contextmanager
def project() -> Iterator[Path]:
    """The real content and data, with two hundred alertes made from the real ones."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("content", "data"):
            shutil.copytree(ROOT / part, folder / part)
        _add_alertes(folder / "content" / "alertes")
        yield folder


def _add_alertes(folder: Path) -> None:
    """One a day, back from today, each with the text of a real one."""
    real = sorted(folder.glob("*.md"))
    for number, path in enumerate(islice(cycle(real), ALERTES - len(real))):
        day = TODAY - timedelta(days=number)
        dates = {"date": day, "expires": day + timedelta(days=20)}
        text = path.read_text(encoding="utf-8")
        for key, value in dates.items():
            text = re.sub(rf"^{key}: .*$", f"{key}: {value}", text, count=1, flags=re.MULTILINE)
        (folder / f"{day}-essai-{number}.md").write_text(text, encoding="utf-8")
    assert len(list(folder.glob("*.md"))) == ALERTES


def _material(folder: Path) -> str:
    with tempfile.TemporaryDirectory() as name:
        own = Path(name)
        shutil.copytree(folder / "content" / "guides", own / "docs")
        (own / "mkdocs.yml").write_text(MATERIAL, encoding="utf-8")
        return str(spent(python("-m", "mkdocs", "build", "--quiet"), cwd=own))
