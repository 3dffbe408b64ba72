"""`reperes stations`: import official files, check a station file."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from site_builder.clock import day_of_build
from site_builder.errors import ContentRefusedError
from site_builder.project import STATION_FILE, Project
from site_builder.stations.download import fetch, is_address
from site_builder.stations.formats import FORMATS, Format
from site_builder.stations.importing import import_stations
from site_builder.stations.loading import check_station_file
from site_builder.stations.tables import Line


@click.group("stations")
def stations_group() -> None:
    """Commissariats et brigades : importer, vérifier."""


@stations_group.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FICHIER…")
@click.option("--format", "fmt", type=click.Choice(FORMATS), default="auto", show_default=True)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help=f"fichier à écrire (par défaut {STATION_FILE})",
)
@click.option(
    "--as-of",
    metavar="AAAA-MM-JJ",
    help="date du fichier, quand ses lignes n’en portent pas (par défaut sa date de modification)",
)
@click.option("--sha256", metavar="EMPREINTE", help="empreinte attendue d’une adresse https://")
@click.option("--force", is_flag=True, help="écrire malgré des lignes refusées ou des pertes")
@click.option("--json", "as_json", is_flag=True, help="compte rendu pour les programmes")
@click.option("--today", metavar="AAAA-MM-JJ", help="jour de l’import")
@click.pass_obj
def import_command(
    project: Project,
    files: tuple[str, ...],
    fmt: Format,
    output: Path | None,
    as_of: str | None,
    sha256: str | None,
    force: bool,
    as_json: bool,
    today: str | None,
) -> None:
    """Importer des fichiers ou des adresses https:// officiels dans data/stations.geojson."""
    target = output or project.root / STATION_FILE
    with TemporaryDirectory() as folder:
        report = import_stations(
            [_local(file, Path(folder), sha256) for file in files],
            fmt,
            target,
            target,
            data=project.data,
            today=day_of_build(today),
            as_of=day_of_build(as_of) if as_of else None,
            force=force,
            progress=_progress,
        )
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(report.lines()))
    if report.problems:
        raise ContentRefusedError("\n".join(str(problem) for problem in report.problems))


def _local(file: str, folder: Path, sha256: str | None) -> Path:
    return fetch(file, folder, sha256 or "") if is_address(file) else Path(file)


def _progress(lines: Sequence[Line]) -> Iterator[Line]:
    """A bar on a terminal, nothing elsewhere."""
    with click.progressbar(
        lines, label="lecture", file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:
        yield from bar


@stations_group.command("check")
@click.argument("file", required=False, metavar="[FICHIER]", type=click.Path(path_type=Path))
@click.pass_obj
def check_command(project: Project, file: Path | None) -> None:
    """Vérifier un fichier de stations."""
    shown = file or STATION_FILE
    problems = check_station_file(file or project.root / shown, shown, project.data)
    mistakes = [problem for problem in problems if not problem.is_warning]
    for problem in problems:
        if problem.is_warning:
            click.echo(f"avertissement : {problem}", err=True)
    if mistakes:
        raise ContentRefusedError("\n".join(str(problem) for problem in mistakes))
    click.echo("Le fichier de stations est bon.")
