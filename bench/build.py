"""How long a build takes, and how soon an edit is seen."""

from __future__ import annotations

from bench.rows import SHARED, Row, python, seconds

ALL_OF_FRANCE = SHARED / "data" / "stations_dila_2022-01.csv"


def measure() -> list[Row]:
    """Full builds, as whole processes; the second one finds everything in place."""
    build = python("-m", "site_builder", "build", "--today", "2026-11-22")
    rows = [
        ("full build, starter stations", seconds(build)),
        ("check of the whole content", seconds(python("-m", "site_builder", "check"))),
    ]
    if ALL_OF_FRANCE.is_file():
        everything = [*build, "--stations", str(ALL_OF_FRANCE)]
        rows.append(("full build, all stations of France", seconds(everything)))
        rows.append(("back to the starter stations", seconds(build, runs=1)))
    else:
        rows.append(("full build, all stations of France", "skipped: ../shared/data is absent"))
    return rows
