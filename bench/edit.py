"""How soon an editor sees a change: file written → new bytes answered by `reperes serve`."""

from __future__ import annotations

import shutil
import socket
import statistics
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.rows import ROOT, Row, python

GUIDE = "content/guides/vols/vol-velo.md"
PATIENCE_S = 30
# (what is edited, file, text replaced, page looked at)
EDITS = (
    ("a sentence of a guide", GUIDE, "## Qui peut vous aider", "/guides/vols/vol-velo/"),
    ("the title of a guide, on its page", GUIDE, "title: ", "/guides/vols/vol-velo/"),
    ("the title of a guide, in the list", GUIDE, "title: ", "/guides/vols/"),
    ("a contact (whole build)", "content/contacts.yaml", "  name: Police", "/urgences/"),
)


def measure() -> list[Row]:
    """Five edits of each kind, on a copy of the content."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        for name in ("content", "data"):
            shutil.copytree(ROOT / name, project / name)
        with _served(project) as address:
            return [(label, _edit(project / f, old, address + url)) for label, f, old, url in EDITS]


@contextmanager
def _served(project: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = python("-m", "site_builder", "--project", str(project), "serve")
    command += ["--port", str(port), "--state", str(project / "var"), "--today", "2026-11-22"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(f"http://127.0.0.1:{port}/", b"<html")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def _edit(path: Path, old: str, url: str) -> str:
    original = path.read_text(encoding="utf-8")
    spent = []
    for run in range(5):
        mark = f"essai {run}"
        new = f"{old}{mark} " if not old.startswith("#") else f"{mark}.\n\n{old}"
        time.sleep(0.37 + 0.05 * run)  # at no particular moment of the watching
        started = time.perf_counter()
        path.write_text(original.replace(old, new, 1), encoding="utf-8")
        _wait_for(url, mark.encode())
        spent.append(time.perf_counter() - started)
    path.write_text(original, encoding="utf-8")
    return f"{statistics.median(spent):.2f} s median, {max(spent):.2f} s worst of {len(spent)}"


def _wait_for(url: str, text: bytes) -> None:
    deadline = time.perf_counter() + PATIENCE_S
    while time.perf_counter() < deadline:
        try:
            with urllib.request.urlopen(url) as answer:  # noqa: S310 - our own server
                if text in answer.read():
                    return
        except urllib.error.URLError:
            pass
        time.sleep(0.01)
    raise AssertionError(f"{url} never showed {text!r}")
