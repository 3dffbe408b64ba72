"""`make bench` prints every figure. `python -m bench NAME…` prints some of them."""

from __future__ import annotations

import importlib
import os
import platform
import sys

from bench.rows import Row

ALL = (
    "build",
    "edit",
    "weight",
    "search",
    "stations",
    "submissions",
    "coldstart",
)  # "lighthouse" takes minutes: by its name


def main(names: list[str]) -> None:
    """Run each bench and print its rows as a table."""
    print(f"Python {platform.python_version()}, {platform.machine()}, {_cpus()} processors\n")
    for name in names or ALL:
        print(f"## {name}\n")
        rows: list[Row] = importlib.import_module(f"bench.{name}").measure()
        width = max(len(label) for label, _ in rows)
        for label, value in rows:
            print(f"{label.ljust(width)}  {value}")
        print(flush=True)


def _cpus() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


if __name__ == "__main__":
    main(sys.argv[1:])
