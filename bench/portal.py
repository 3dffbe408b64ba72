"""The real content, built, compressed and served, for benches that drive a browser."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.rows import ROOT

TODAY = "2026-11-22"
_BROWSERS = (Path("/usr/bin/chromium"), Path("/usr/bin/chromium-headless-shell"))
CHROMIUM = next((each for each in _BROWSERS if each.exists()), _BROWSERS[0])


@dataclass(frozen=True)
class Portal:
    """Its address, without a trailing slash, and the files that it serves."""

    url: str
    site: Path


@contextmanager
def portal() -> Iterator[Portal]:
    """Served on a free port, in the mode of content/site.yaml."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("content", "data"):
            shutil.copytree(ROOT / part, folder / part)
        build = [sys.executable, "-m", "site_builder", "--project", str(folder), "build"]
        subprocess.run(
            [*build, "--today", TODAY, "--compress"], check=True, capture_output=True, cwd=ROOT
        )
        site = folder / "build" / "site"
        command = [sys.executable, "-m", "reperes_server", "--port", str(_free_port())]
        command += ["--site", str(site)]
        command += ["--assets", str(folder / "build/functions"), "--state", str(folder / "var")]
        environ = {**os.environ, "PYTHONUNBUFFERED": "1"}
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environ
        ) as server:
            assert server.stdout is not None
            ready = next(line for line in server.stdout if "http://" in line)
            try:
                yield Portal("http://" + ready.split("http://")[1].strip().rstrip("/"), site)
            finally:
                server.terminate()
                server.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
