"""Build, run the server as its own process, and build again when a file changes."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click

from site_builder.build import build
from site_builder.clock import day_of_build
from site_builder.errors import ContentRefusedError, SiteBuilderError
from site_builder.project import Project

POLL_S = 0.15  # how often the files are looked at


def serve(
    project: Project, port: int, state: Path, today: str | None, stations: Path | None
) -> None:
    """Serve until Ctrl-C.

    Raises:
        ContentRefusedError: the first build found problems; nothing is served.
        SiteBuilderError: the server could not start or stopped by itself.
    """
    report = build(project, day_of_build(today), stations)
    click.echo(f"{report.pages} pages construites.")
    state.mkdir(parents=True, exist_ok=True)
    server = _start_server(project, port, state)
    try:
        _follow(project, server, today, stations)
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
    project: Project, server: subprocess.Popen[bytes], today: str | None, stations: Path | None
) -> None:
    before = dict(_stamps(project))
    while server.poll() is None:
        time.sleep(POLL_S)
        now = dict(_stamps(project))
        if now == before:
            continue
        before = now
        _build_again(project, today, stations)
    if server.returncode:
        raise SiteBuilderError(f"le serveur s’est arrêté (code {server.returncode})")


def _build_again(project: Project, today: str | None, stations: Path | None) -> None:
    started = time.perf_counter()
    try:
        report = build(project, day_of_build(today), stations)
    except ContentRefusedError as error:
        click.echo(f"{error}\nLe site montré reste celui d’avant.", err=True)
        return
    click.echo(f"{report.changed} fichiers mis à jour en {time.perf_counter() - started:.2f} s")


def _stamps(project: Project) -> Iterator[tuple[Path, int]]:
    """When each file of the content was last written, in nanoseconds."""
    for folder in (project.content, project.data):
        for path in folder.rglob("*"):
            if path.is_file():
                yield path, path.stat().st_mtime_ns
