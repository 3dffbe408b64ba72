"""Build, run the server as its own process, and show what changes in the content."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click

from site_builder.errors import SiteBuilderError
from site_builder.preview import Preview
from site_builder.project import Project

POLL_S = 0.1  # how often the files are looked at: no library to install, works on every disk


def serve(
    project: Project, port: int, state: Path, today: str | None, stations: Path | None
) -> None:
    """Serve until Ctrl-C.

    Raises:
        ContentRefusedError: the content has problems, and no site was built before.
        SiteBuilderError: the server could not start or stopped by itself.
    """
    seen = dict(_stamps(project))  # before the build: what changes meanwhile is seen after it
    preview = Preview(project, today, stations)
    click.echo(preview.start())
    state.mkdir(parents=True, exist_ok=True)
    server = _start_server(project, port, state)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # the server must not outlive us
    try:
        _follow(project, server, preview, seen)
    except KeyboardInterrupt:
        click.echo("\nArrêt.")
    finally:
        server.terminate()
        server.wait()


def _start_server(project: Project, port: int, state: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "reperes_server", "--site", str(project.site)]
    command += ["--assets", str(project.assets), "--state", str(state), "--port", str(port)]
    return subprocess.Popen([*command, "--autorefresh"])  # noqa: S603 - our own command


def _follow(
    project: Project, server: subprocess.Popen[bytes], preview: Preview, seen: dict[Path, int]
) -> None:
    while server.poll() is None:
        time.sleep(POLL_S)
        now = dict(_stamps(project))
        changed = {path for path, _ in now.items() ^ seen.items()}
        seen = now
        if not changed:
            continue
        started = time.perf_counter()
        for sentence in preview.update(changed):
            click.echo(f"{sentence} ({time.perf_counter() - started:.2f} s)")
    if server.returncode:
        raise SiteBuilderError(f"le serveur s’est arrêté (code {server.returncode})")


def _stamps(project: Project) -> Iterator[tuple[Path, int]]:
    """When each file of the content was last written, in nanoseconds."""
    for folder in (project.content, project.data):
        for path in folder.rglob("*"):
            try:
                if path.is_file():
                    yield path, path.stat().st_mtime_ns
            except FileNotFoundError:
                continue  # an editor's temporary file, already gone
