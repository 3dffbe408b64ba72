"""`reperes-server` on a clock that the bench sets: the file `clock` holds seconds to add.

The process sees the jump everywhere it reads the time of day: our own clock is given to the
services as in any test, and waitress reads `time.time`.
"""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from chalicelib.application import make_services
from chalicelib.settings import Settings
from reperes_server.cli import make_wsgi
from reperes_server.housekeeping import start_purging
from reperes_server.serving import make_server

FILE = "clock"
_FOLDER = click.Path(path_type=Path, file_okay=False)
_LOOK_S = 0.05


@click.command()
@click.option("--site", type=_FOLDER, required=True)
@click.option("--assets", type=_FOLDER, required=True)
@click.option("--state", type=_FOLDER, required=True)
@click.option("--port", type=int, required=True)
def serve(site: Path, assets: Path, state: Path, port: int) -> None:
    """Serve until the process is ended."""
    added_s = [0.0]
    real = time.time

    def look() -> None:
        file = state / FILE
        while True:
            if file.exists():
                added_s[0] = float(file.read_text() or 0)
            time.sleep(_LOOK_S)

    threading.Thread(target=look, daemon=True).start()
    time.time = lambda: real() + added_s[0]
    settings = Settings(assets, state, requests_per_minute=0, submissions_per_minute=0)
    services = replace(
        make_services(settings),
        clock=lambda: datetime.now(UTC) + timedelta(seconds=added_s[0]),
    )
    server = make_server(make_wsgi(site, settings, services), services, "127.0.0.1", port)
    services.keys(services.clock())
    start_purging(services)
    click.echo(f"http://127.0.0.1:{port}/")
    server.run()


if __name__ == "__main__":
    serve()
