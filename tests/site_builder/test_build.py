"""A whole build: all or nothing, whichever part refuses, and nothing left running."""

import json
import os
import re
import shutil
from pathlib import Path

import pytest
from places import ROOT, TODAY

from site_builder.build import build, check
from site_builder.errors import ContentRefusedError
from site_builder.project import STATION_FILE, Project


@pytest.fixture
def project(tmp_path):
    """The real content and data, never built."""
    for name in ("content", "data"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return Project(tmp_path)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The real content, built."""
    root = tmp_path_factory.mktemp("built")
    for name in ("content", "data"):
        shutil.copytree(ROOT / name, root / name)
    build(Project(root), TODAY)
    return Project(root).site


def children():
    """Processes that this one has started and not waited for."""
    return set(Path("/proc/thread-self/children").read_text(encoding="ascii").split())


@pytest.fixture(autouse=True)
def nothing_left_running():
    """A build leaves no process behind; those of other tests are not its own."""
    before = children()
    yield
    assert children() <= before


def break_a_guide(project):
    path = project.content / "guides" / "vols" / "vol-velo.md"
    path.write_text(path.read_text("utf-8").replace("\n# ", "\n<script>", 1) + "\n<b>\n", "utf-8")


def break_a_station(project):
    path = project.root / STATION_FILE
    collection = json.loads(path.read_text("utf-8"))
    collection["features"][0]["geometry"]["coordinates"].reverse()
    path.write_text(json.dumps(collection), "utf-8")


@pytest.mark.parametrize(
    ("breaks", "told"),
    [
        ([break_a_guide], ["vol-velo.md"]),
        ([break_a_station], ["stations.geojson"]),
        ([break_a_guide, break_a_station], ["vol-velo.md", "stations.geojson"]),
    ],
)
def test_a_mistake_of_either_part_refuses_both(project, breaks, told):
    for damage in breaks:
        damage(project)

    with pytest.raises(ContentRefusedError) as refused:
        build(project, TODAY)

    assert [name for name in told if name not in str(refused.value)] == []
    assert not project.site.exists()
    assert not project.assets.exists()


def test_settings_that_cannot_be_used_stop_everything(project):
    (project.content / "site.yaml").write_text("name: [", "utf-8")

    with pytest.raises(ContentRefusedError, match=r"site\.yaml"):
        build(project, TODAY)

    assert not project.build.exists()


def test_a_check_makes_no_file_and_leaves_no_process(project):
    assert check(project, TODAY).library is not None

    assert not project.build.exists()


def test_a_site_without_alertes_says_so(project):
    for path in (project.content / "alertes").glob("*.md"):
        path.unlink()

    build(project, TODAY)

    assert "Aucune alerte" in (project.site / "alertes" / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("guides", ["page"]),
        ("guides/vols/vol-velo", ["true"]),  # made by MkDocs
        ("alertes", []),  # by Pelican
        ("stations/33", ["true"]),
        ("orienteur", []),
    ],
)
def test_the_menu_tells_where_one_is_whatever_made_the_page(site, path, current):
    html = (site / path / "index.html").read_text("utf-8")

    assert re.findall(r' aria-current="(page|true)"', html) == current
    assert html.count('<nav aria-label="Principal">') == 1


def test_an_alerte_with_half_a_mark_is_built_as_it_is_checked(project):
    path = next((project.content / "alertes").glob("*.md"))
    text = "\n\nAppelez [[police-secours|la police\n\n[[carte:urgence-sourds]]\n"
    path.write_text(path.read_text("utf-8") + text, "utf-8")
    assert [p for p in check(project, TODAY).problems if not p.is_warning] == []

    build(project, TODAY)

    html = (project.site / "alertes" / path.stem / "index.html").read_text("utf-8")
    assert "[[police-secours|la police" in html
    assert 'href="sms:114"' in html


def test_a_project_may_stand_in_a_folder_with_any_name(tmp_path, monkeypatch):
    root = tmp_path / os.fsdecode(b"caf\xe9 \xc3\xa9")
    for name in ("content", "data"):
        shutil.copytree(ROOT / name, root / name)
    monkeypatch.setenv("PYTHONIOENCODING", "latin-1")

    build(Project(root), TODAY)

    assert (root / "build" / "site" / "alertes" / "index.html").is_file()


def test_the_code_of_the_folder_where_one_stands_is_not_run(project, monkeypatch, tmp_path):
    (tmp_path / "site_builder").mkdir()
    (tmp_path / "site_builder" / "__init__.py").write_text("raise SystemExit('another copy')")
    monkeypatch.chdir(tmp_path)

    build(project, TODAY)

    assert (project.site / "alertes" / "index.html").is_file()
