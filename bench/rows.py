"""A row of the table, and small ways to measure."""

from __future__ import annotations

import gzip
import os
import re
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import brotli

Row = tuple[str, str]
ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


@dataclass(frozen=True)
class Spent:
    """What runs of a command cost: seconds, and MiB of all its processes at once."""

    walls_s: tuple[float, ...]
    cpus_s: tuple[float, ...]  # user and system, of all processes
    peak_mib: float  # largest sum over time of what its processes hold, shared pages counted once
    largest_mib: float  # what the largest of them holds: all that tools of others tell

    def __str__(self) -> str:
        middle = statistics.median
        return (
            f"{middle(self.walls_s):.2f} s wall (best {min(self.walls_s):.2f} of "
            f"{len(self.walls_s)}), {middle(self.cpus_s):.2f} s of processor "
            f"(best {min(self.cpus_s):.2f}), peak {self.peak_mib:.0f} MiB "
            f"(largest process {self.largest_mib:.0f})"
        )


def spent(command: list[str], runs: int = 3, cwd: Path = ROOT) -> Spent:
    """Run a command several times, then once more to weigh it (which slows it)."""
    walls, cpus = [], []
    for _ in range(runs):
        before, started = _children_s(), time.perf_counter()
        subprocess.run(command, cwd=cwd, check=True, capture_output=True, env=_environ())
        walls.append(time.perf_counter() - started)
        cpus.append(_children_s() - before)
    return Spent(tuple(walls), tuple(cpus), *_peaks_mib(command, cwd))


def seconds(command: list[str], runs: int = 3) -> str:
    """`spent`, as a table shows it."""
    return str(spent(command, runs))


def _environ() -> dict[str, str]:
    """As on an ordinary machine, where Python keeps what it has compiled for the next run."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _children_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _peaks_mib(command: list[str], cwd: Path) -> tuple[float, float]:
    """What the whole family of processes holds, and the largest of them, every 20 ms (Linux)."""
    peak_kib = largest_kib = 0
    with subprocess.Popen(
        command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=_environ()
    ) as process:
        while process.poll() is None:
            held = [_held_kib(pid) for pid in _family(process.pid)]
            peak_kib = max(peak_kib, sum(share for share, _ in held))
            largest_kib = max(largest_kib, *(whole for _, whole in held))
            time.sleep(0.02)
    return peak_kib / 1024, largest_kib / 1024


def _family(pid: int) -> list[int]:
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
        found = " ".join((thread / "children").read_text() for thread in threads)
    except OSError:
        return [pid]
    return [pid, *(each for child in found.split() for each in _family(int(child)))]


def _held_kib(pid: int) -> tuple[int, int]:
    """Its share of the memory that it uses, and all of it (Pss and Rss)."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0, 0  # it has just ended
    found = dict(re.findall(r"^(Pss|Rss):\s+(\d+)", text, re.MULTILINE))
    return int(found.get("Pss", 0)), int(found.get("Rss", 0))


def compressed(body: bytes) -> int:
    """Bytes on the wire with brotli at its strongest."""
    return len(brotli.compress(body, quality=11))


def python(*arguments: str) -> list[str]:
    """This Python with arguments."""
    return [sys.executable, *arguments]


def fetched_with(page: bytes, site: Path) -> dict[str, bytes]:
    """What a browser fetches beside the page: its components, and the modules they import."""
    files: dict[str, bytes] = {}
    html = page.decode()
    assets = re.findall(r'<body[^>]* data-assets="([^"]+)"', html)[0]
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
