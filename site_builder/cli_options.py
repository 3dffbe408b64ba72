"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

from site_builder.errors import SiteBuilderError


def _existing(_: click.Context, __: click.Parameter, path: Path | None) -> Path | None:
    if path and not path.is_file():
        raise SiteBuilderError(f"le fichier de stations « {path} » n’existe pas")
    return path


today_option = click.option("--today", metavar="AAAA-MM-JJ", help="jour de la construction")
stations_option = click.option(
    "--stations",
    type=click.Path(path_type=Path, dir_okay=False),
    callback=_existing,
    help="autre fichier de stations (GeoJSON ou CSV de la DILA)",
)
