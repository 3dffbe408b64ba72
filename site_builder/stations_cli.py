"""`reperes stations`: import official files, check a station file."""

from __future__ import annotations

import json
from pathlib import Path

import click

from site_builder.clock import day_of_build
from site_builder.errors import ContentRefusedError
from site_builder.library import STATION_FILE
from site_builder.project import Project
from site_builder.stations.formats import FORMATS, Format
from site_builder.stations.importing import import_stations
from site_builder.stations.loading import check_station_file


@click.group("stations")
def stations_group() -> None:
    """Commissariats et brigades : importer, vérifier."""


@stations_group.command("import")
@click.argument(
    "files", nargs=-1, required=True, metavar="FICHIER…", type=click.Path(path_type=Path)
)
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
@click.option("--force", is_flag=True, help="écrire malgré des lignes refusées ou des pertes")
@click.option("--json", "as_json", is_flag=True, help="compte rendu pour les programmes")
@click.option("--today", metavar="AAAA-MM-JJ", help="jour de l’import")
@click.pass_obj
def import_command(
    project: Project,
    files: tuple[Path, ...],
    fmt: Format,
    output: Path | None,
    as_of: str | None,
    force: bool,
    as_json: bool,
    today: str | None,
) -> None:
    """Importer des fichiers officiels dans data/stations.geojson."""
    target = output or project.root / STATION_FILE
    report = import_stations(
        files,
        fmt,
        target,
        target,
        data=project.data,
        today=day_of_build(today),
        as_of=day_of_build(as_of) if as_of else None,
        force=force,
    )
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(report.lines()))
    if report.problems:
        raise ContentRefusedError("\n".join(str(problem) for problem in report.problems))


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
