"""Golden files: each broken station file and, beside it, what an editor reads."""

import os
from pathlib import Path

import pytest
from station_world import DATA

from site_builder.stations.loading import check_station_file

CASES = Path(__file__).parent / "problems"


@pytest.mark.parametrize("case", sorted(CASES.glob("*.geojson")), ids=lambda path: path.stem)
def test_a_broken_file_says_what_to_do(case):
    problems = check_station_file(case, Path(case.name), DATA)
    told = "".join(f"{problem}\n" for problem in sorted(problems))
    expected = case.with_suffix(".txt")

    if os.environ.get("REPERES_GOLDEN") == "rewrite":
        expected.write_text(told, encoding="utf-8")

    assert told == expected.read_text(encoding="utf-8")
    assert problems


def test_the_starter_set_of_the_project_is_good():
    path = DATA / "stations.geojson"
    problems = check_station_file(path, Path("data/stations.geojson"), DATA)

    assert [problem for problem in problems if not problem.is_warning] == []
