"""`reperes serve` as a person runs it: an edit is seen, and stopping leaves nothing behind."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

PATIENCE_S = 60


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def answer(url: str) -> str:
    """The page; empty while nobody answers."""
    try:
        with urllib.request.urlopen(url) as page:  # noqa: S310 - our own server
            return str(page.read().decode())
    except urllib.error.URLError:
        return ""


def wait_for(promise) -> bool:
    deadline = time.monotonic() + PATIENCE_S
    while not promise() and time.monotonic() < deadline:
        time.sleep(0.02)
    return bool(promise())


def test_edit_is_seen_and_stopping_stops_the_server_too(project_copy: Path):
    port = free_port()
    url = f"http://127.0.0.1:{port}/guides/vols/vol-velo/"
    command = [sys.executable, "-m", "site_builder", "--project", str(project_copy), "serve"]
    command += ["--port", str(port), "--state", str(project_copy / "var")]
    serving = subprocess.Popen([*command, "--today", "2026-11-22"], stdout=subprocess.DEVNULL)
    try:
        assert wait_for(lambda: "Personne n’est là" in answer(url))

        guide = project_copy / "content/guides/vols/vol-velo.md"
        text = guide.read_text(encoding="utf-8")
        guide.write_text(text.replace("Personne n’est là", "Nul n’est là"), encoding="utf-8")

        assert wait_for(lambda: "Nul n’est là" in answer(url))
    finally:
        serving.terminate()
        serving.wait()
    assert answer(url) == ""
