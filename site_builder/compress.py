"""Compressed copies beside the files of the site, for the server to send as they are.

A copy that exists is fresh: `assemble.write_changed` removes it when its file changes.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import brotli

from site_builder.outputs import SUFFIXES, copy_of

# What is text; images are compressed already.
_TEXT = (".atom", ".css", ".html", ".js", ".json", ".svg", ".txt", ".webmanifest", ".xml")
_LEAST_B = 200  # below, the copy costs more to look up than it saves
_BATCH = 16
# Brotli levels. On pages of this site, 11 is 8 % smaller than 5 and takes 30 to 60 times longer.
_STRONG, _MIDDLE, _LIGHT = 11, 10, 5


@dataclass(frozen=True)
class CompressReport:
    """What a run did; sizes in bytes, of all files that have copies."""

    files: int
    renewed: int
    plain: int
    br: int


def compress_site(site: Path, workers: int | None = None) -> CompressReport:
    """Make the copies that are missing, in parallel.

    Args:
        workers: Processes; as many as there are processors by default.
    """
    paths = list(_compressible(site))
    missing = [path for path in paths if not all(copy_of(path, s).exists() for s in SUFFIXES)]
    jobs = [(path, brotli_level(path.relative_to(site).as_posix())) for path in missing]
    if jobs:
        with ProcessPoolExecutor(workers or os.cpu_count()) as pool:
            for _ in pool.map(_compress, jobs, chunksize=_BATCH):
                pass  # an error of a worker is raised here
    plain = sum(path.stat().st_size for path in paths)
    br = sum(copy_of(path, ".br").stat().st_size for path in paths)
    return CompressReport(len(paths), len(missing), plain, br)


def brotli_level(path: str) -> int:
    """Strong for what everybody reads, light for the thousands of pages of single stations."""
    if path.startswith("stations/") and path.count("/") == 3:
        return _STRONG if path.endswith("/communes/index.html") else _LIGHT
    return _MIDDLE if path.startswith(("orienteur/", "stations/")) else _STRONG


def _compressible(site: Path) -> Iterator[Path]:
    for folder, _, names in os.walk(site):
        for name in sorted(names):
            path = Path(folder, name)
            if path.suffix in _TEXT and path.stat().st_size >= _LEAST_B:
                yield path


def _compress(job: tuple[Path, int]) -> None:
    path, level = job
    body = path.read_bytes()
    _write(copy_of(path, ".br"), brotli.compress(body, quality=level))
    # Without the time of the day, so that the same page gives the same bytes.
    _write(copy_of(path, ".gz"), gzip.compress(body, 9, mtime=0))


def _write(target: Path, body: bytes) -> None:
    """A copy is whole or absent, even when the run is stopped half-way."""
    part = target.with_name(f"{target.name}.part")
    part.write_bytes(body)
    part.replace(target)
