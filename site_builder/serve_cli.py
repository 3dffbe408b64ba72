"""`reperes serve`: the site on this computer, following what editors change."""

from __future__ import annotations

from pathlib import Path

import click

from site_builder.cli_options import stations_option, today_option
from site_builder.project import Project
from site_builder.serve import serve


@click.command("serve")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    help="port où le site est montré",
)
@click.option(
    "--state",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("var"),
    show_default=True,
    help="dossier où le serveur garde ce qu’il reçoit",
)
@today_option
@stations_option
@click.pass_obj
def serve_command(
    project: Project, port: int, state: Path, today: str | None, stations: Path | None
) -> None:
    """Construire, montrer le site sur cet ordinateur, et suivre les modifications."""
    serve(project, port, state, today, stations)
