"""Golden cases of content: a copy of the real content, one mistake, all that is said of it.

A case is a folder of tests/golden/cases:
- `expected.txt`: what `reperes check` prints, then its exit code;
- `change.yaml`: edits, file by file: `replace`/`by`, `prepend`, `append`, `text`,
  `repeat`/`times`, `encoding`, `remove`;
- any other file is put over the copy at the same path.
`base/` is put over the real content first: a good guide and a good alerte, for cases to spoil.
"""

from __future__ import annotations

import io
import json
import shutil
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from places import ROOT

from site_builder.cli import main

HERE = Path(__file__).parent
CASES = sorted(path.parent for path in (HERE / "cases").glob("*/expected.txt"))
TODAY = "2026-11-22"
PUBLISHED = "build/site/index.html"


def make_project(folder: Path, case: Path | None = None) -> Path:
    """The real content and data, the good texts of `base/`, and what the case changes."""
    for name in ("content", "data"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / "data" / "communes.csv").write_text(_communes_of_stations(), encoding="utf-8")
    shutil.copytree(HERE / "base", folder, dirs_exist_ok=True)
    (folder / PUBLISHED).parent.mkdir(parents=True)
    (folder / PUBLISHED).write_text("le site publié", encoding="utf-8")
    if case:
        notes = shutil.ignore_patterns("change.yaml", "expected.txt")
        shutil.copytree(case, folder, dirs_exist_ok=True, ignore=notes)
        _change(folder, case / "change.yaml")
    return folder


@cache
def _communes_of_stations() -> str:
    """Only the communes of the starter stations: the 35,000 others took half of the time."""
    stations = json.loads((ROOT / "data" / "stations.geojson").read_text(encoding="utf-8"))
    wanted = {feature["properties"]["insee"] for feature in stations["features"]} | {"01053"}
    lines = (ROOT / "data" / "communes.csv").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines[1:] if line.split(",")[0] in wanted]
    return "\n".join([lines[0], *kept, ""])


def _change(folder: Path, notes: Path) -> None:
    if not notes.is_file():
        return
    for name, edits in yaml.safe_load(notes.read_text(encoding="utf-8")).items():
        for edit in edits:
            _edit(folder / name, edit)


def _edit(path: Path, edit: dict[str, Any]) -> None:
    if edit.get("remove"):
        path.unlink()
        return
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    if "replace" in edit:
        assert edit["replace"] in text, f"{path.name} ne contient plus « {edit['replace']} »"
        text = text.replace(edit["replace"], edit["by"], 1)
    text = edit.get("prepend", "") + edit.get("text", text) + edit.get("append", "")
    text += edit.get("repeat", "") * edit.get("times", 1)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(edit.get("encoding", "utf-8")))


def run(folder: Path, *arguments: str) -> tuple[list[str], int]:
    """Lines printed by `reperes` on both outputs, and its exit code."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    with redirect_stdout(out), redirect_stderr(err):
        try:
            main(["--project", str(folder), *arguments, "--today", TODAY])
        except SystemExit as stopped:
            code = int(stopped.code or 0)
    return (out.getvalue() + err.getvalue()).splitlines(), code


def files_of(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file of a folder: when it was written, and its bytes."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
