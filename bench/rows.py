"""A row of the table, and small ways to measure."""

from __future__ import annotations

import gzip
import re
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

import brotli

Row = tuple[str, str]
ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


def timed(command: list[str], runs: int = 3) -> tuple[float, float, int]:
    """Whole-process wall median and spread in seconds, and the peak memory in MiB, of `runs`.

    The peak is that of the largest child so far in this bench, as the system accounts it.
    """
    walls = []
    for _ in range(runs):
        started = time.perf_counter()
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        walls.append(time.perf_counter() - started)
    peak_kib = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return statistics.median(walls), max(walls) - min(walls), peak_kib // 1024


def seconds(command: list[str], runs: int = 3) -> str:
    """`timed`, as a table shows it."""
    wall, spread, peak = timed(command, runs)
    return f"{wall:.2f} s wall (spread {spread:.2f} s over {runs} runs), peak {peak} MiB"


def compressed(body: bytes) -> int:
    """Bytes on the wire with brotli at its strongest."""
    return len(brotli.compress(body, quality=11))


def python(*arguments: str) -> list[str]:
    """This Python with arguments."""
    return [sys.executable, *arguments]


def fetched_with(page: bytes, site: Path) -> dict[str, bytes]:
    """What a browser fetches beside the page: its scripts, and the modules they import."""
    files: dict[str, bytes] = {}
    html = page.decode()
    for path in re.findall(r'<script[^>]+src="([^"]+)"', html):
        files[path] = (site / path.lstrip("/")).read_bytes()
    assets = next(iter(files)).rsplit("/", 1)[0]
    for name in sorted(set(re.findall(r'data-component="([^"]+)"', html))):
        file = name.replace("-", "_")
        path = f"{assets}/components/{file}/{file}.js"
        files[path] = (site / path.lstrip("/")).read_bytes()
        for imported in re.findall(rb"from '([^']+)'", files[path]):
            target = (site / path.lstrip("/")).parent / imported.decode()
            files[str(target.resolve().relative_to(site.resolve()))] = target.read_bytes()
    return files


def gzipped(body: bytes) -> int:
    """Bytes with gzip, deterministic."""
    return len(gzip.compress(body, 9, mtime=0))
