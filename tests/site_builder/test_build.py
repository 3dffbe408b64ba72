"""A whole build: all or nothing, whichever part refuses, and nothing left running."""

import json
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


def children():
    """Processes that this one has started and not waited for."""
    return Path("/proc/thread-self/children").read_text(encoding="ascii").split()


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
    assert children() == []


def test_settings_that_cannot_be_used_stop_everything(project):
    (project.content / "site.yaml").write_text("name: [", "utf-8")

    with pytest.raises(ContentRefusedError, match=r"site\.yaml"):
        build(project, TODAY)

    assert not project.build.exists()
    assert children() == []


def test_a_check_makes_no_file_and_leaves_no_process(project):
    assert check(project, TODAY).library is not None

    assert not project.build.exists()
    assert children() == []


def test_a_site_without_alertes_says_so(project):
    for path in (project.content / "alertes").glob("*.md"):
        path.unlink()

    build(project, TODAY)

    assert "Aucune alerte" in (project.site / "alertes" / "index.html").read_text("utf-8")
    assert children() == []
