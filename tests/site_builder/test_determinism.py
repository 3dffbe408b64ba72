"""The same content on the same day gives the same bytes, wherever and whenever it is built."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def build(folder, **environment):
    for name in ("content", "data"):
        shutil.copytree(ROOT / name, folder / name)
    command = [sys.executable, "-m", "site_builder", "--project", str(folder)]
    path = os.pathsep.join([str(ROOT), str(ROOT / "functions")])
    subprocess.run(
        [*command, "build", "--today", "2026-11-22"],
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": path, **environment},
    )
    made = [folder / "build/site", folder / "build/functions"]
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for part in made
        for path in part.rglob("*")
        if path.is_file()
    }


def test_two_builds_of_the_same_day_are_the_same_bytes(tmp_path):
    first = build(tmp_path / "one", PYTHONHASHSEED="1", TZ="Europe/Paris", LC_ALL="C.UTF-8")
    second = build(tmp_path / "two" / "deeper", PYTHONHASHSEED="2", TZ="Pacific/Noumea", LC_ALL="C")

    different = [path for path in first | second if first.get(path) != second.get(path)]
    assert len(first) > 500
    assert different == []
