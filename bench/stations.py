"""How long stations take to import, to render and to find, and what a search moves."""

from __future__ import annotations

import json
import re
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from bench.rows import ROOT, SHARED, Row, compressed
from site_builder.contacts import load_contacts
from site_builder.outputs import Output
from site_builder.project import Project
from site_builder.settings import load_settings
from site_builder.stations.importing import import_stations
from site_builder.stations.loading import StationSet, load_stations
from site_builder.stations.render import render_stations
from site_builder.theme import Theme

DATA = ROOT / "data"
DILA = SHARED / "data" / "stations_dila_2022-01.csv"
DAY = date(2026, 11, 22)
COMPONENTS = ROOT / "site_builder" / "theme" / "components"
FAMILIES = {
    "heaviest département page": r"stations/[^/]+/index\.html",
    "heaviest commune list": r"stations/[^/]+/communes/index\.html",
    "heaviest station page": r"stations/[^/]+/(?!communes/)[^/]+/index\.html",
    "heaviest communes by letters": r"stations/donnees/debut/.*",
    "heaviest communes by postcode": r"stations/donnees/cp/.*",
    "heaviest stations of a département": r"stations/donnees/\w+\.json",
}
# Finds the nearest five of every located station of France, again and again.
NODE = """
import { readFileSync } from 'node:fs'
import { nearest } from '%(module)s'
const stations = JSON.parse(readFileSync(0, 'utf8'))
for (let n = 0; n < 50; n += 1) nearest([2.35 + n / 50, 48.85], stations, 5)
const start = performance.now()
for (let n = 0; n < 200; n += 1) nearest([2.35 + n / 200, 47 + n / 100], stations, 5)
console.log(((performance.now() - start) / 200).toFixed(3))
"""


def measure() -> list[Row]:
    """Import, render, nearest, weights; on all of France when the file is there."""
    if not DILA.is_file():
        return [("stations of France", "skipped: ../shared/data is absent")]
    found, _ = load_stations(DILA, DILA, DATA)
    assert len(found.stations) > 3600
    outputs = list(render_stations(_theme(), found, DAY))  # imports and templates are warm now
    return [
        ("import of the whole DILA file", _cpu(_import)),
        *_rendering(found),
        ("nearest 5 of all stations, plain scan in node", _nearest(found)),
        *_weights(outputs),
    ]


def _theme() -> Theme:
    settings, _ = load_settings(Project(ROOT))
    contacts, _ = load_contacts(ROOT / "content" / "contacts.yaml")
    assert settings is not None
    return Theme(settings, contacts, DAY)


def _import() -> None:
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "stations.geojson"
        report = import_stations([DILA], "dila", output, None, data=DATA, today=DAY)
        assert report.kept > 3600


KINDS = {
    "pages": "pages of {} stations and of the départements",
    "communes": "lists of the nearest station of each commune",
    "data": "open data and search data",
}


def _rendering(found: StationSet) -> list[Row]:
    """Processor time of each kind of output; the generator makes them one after the other."""
    theme = _theme()
    runs = [_one_rendering(theme, found) for _ in range(3)]
    return [
        (
            label.format(len(found.stations)),
            f"{sorted(run[kind] for run in runs)[1]:.2f} s of processor",
        )
        for kind, label in KINDS.items()
    ]


def _one_rendering(theme: Theme, found: StationSet) -> dict[str, float]:
    spent = dict.fromkeys(KINDS, 0.0)
    files = 0
    start = time.process_time()
    for output in render_stations(theme, found, DAY):
        end = time.process_time()
        spent[_kind(output.path)] += end - start
        start, files = end, files + 1
    assert files > 4000
    return spent


def _kind(path: str) -> str:
    if not path.endswith(".html"):
        return "data"
    return "communes" if "/communes/" in path else "pages"


def _cpu(work: Callable[[], None]) -> str:
    seconds = []
    for _ in range(3):
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return _median(seconds)


def _median(seconds: list[float]) -> str:
    return f"{statistics.median(seconds):.2f} s of processor"


def _nearest(found: StationSet) -> str:
    if not shutil.which("node"):
        return "skipped: node is absent"
    script = NODE % {"module": (COMPONENTS / "station_search" / "nearest.js").as_uri()}
    points = [{"p": station.point_deg} for station in found.stations if station.is_located]
    done = subprocess.run(
        ["node", "--input-type=module", "--eval", f"{script}"],
        input=json.dumps(points),
        capture_output=True,
        text=True,
        check=True,
    )
    return f"{done.stdout.strip()} ms of {len(points)} stations"


def _weights(outputs: list[Output]) -> list[Row]:
    """Heaviest of each family, and the heaviest search: letters, postcodes, four départements."""
    bodies = {output.path: output.body for output in outputs}
    sizes = {label: _heaviest(bodies, pattern) for label, pattern in FAMILIES.items()}
    worst = sizes["heaviest communes by letters"][0] + sizes["heaviest communes by postcode"][0]
    worst += sum(sizes["heaviest stations of a département"][:4])
    scripts = sum(
        compressed(path.read_bytes())
        for name in ("station_search", "station_open")
        for path in (COMPONENTS / name).glob("*.js")
    )
    return [
        *((label, f"{found[0]:6d} B br") for label, found in sizes.items()),
        ("scripts of the search", f"{scripts:6d} B br"),
        ("heaviest search, everything it fetches", f"{worst + scripts:6d} B br"),
    ]


def _heaviest(bodies: dict[str, bytes], pattern: str) -> list[int]:
    """Compressed sizes of the largest few files whose path is `pattern`, heaviest first."""
    found = (body for path, body in bodies.items() if re.fullmatch(pattern, path))
    largest = sorted(found, key=len, reverse=True)[:8]
    return sorted((compressed(body) for body in largest), reverse=True)
