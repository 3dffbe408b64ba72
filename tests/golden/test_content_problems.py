"""Each kind of mistake in the content is told with its file, its line and what to do."""

from __future__ import annotations

import os

import pytest
from golden_world import CASES, HERE, files_of, make_project, run

REWRITE = os.environ.get("REPERES_GOLDEN") == "rewrite"
CONCLUSIONS = (
    "Le contenu est bon.",
    "Rien n’a été publié : corrigez ces points, puis recommencez.",
)


# One case for each part of the content: whatever is refused, nothing is published.
REFUSED = (
    "alerte_wrong_date",
    "broken_yaml",
    "contact_bad_number",
    "flow_loop",
    "form_missing_label",
    "huge_file",
    "not_utf8",
    "site_intake_without_operator",
    "stations_broken_geojson",
)


@pytest.fixture(scope="module")
def usual(tmp_path_factory):
    """What is said of the unspoiled content: warnings that are none of a case's business."""
    return run(make_project(tmp_path_factory.mktemp("unspoiled")), "check")


def test_unspoiled_content_is_good(usual):
    lines, code = usual

    assert (code, "Le contenu est bon." in lines) == (0, True), lines


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_mistake_is_told(case, tmp_path, usual):
    project = make_project(tmp_path, case)
    before = files_of(project / "build")

    lines, code = run(project, "check")

    told = [line for line in lines if line not in usual[0] or line in CONCLUSIONS]
    found = "\n".join([*told, f"exit {code}", ""])
    if REWRITE:
        (case / "expected.txt").write_text(found, encoding="utf-8")
    assert found == (case / "expected.txt").read_text(encoding="utf-8")
    assert files_of(project / "build") == before


def published(project):
    """What is served; build/work is Pelican's own, which begins before the stations are checked."""
    files = files_of(project / "build")
    return {path: told for path, told in files.items() if not path.startswith("work/")}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_content_leaves_the_published_site_alone(name, tmp_path):
    case = HERE / "cases" / name
    project = make_project(tmp_path, case)
    before = published(project)

    lines, code = run(project, "build")

    expected = (case / "expected.txt").read_text(encoding="utf-8")
    assert "\n".join([*lines, f"exit {code}", ""]) == expected
    assert published(project) == before
