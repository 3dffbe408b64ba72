"""The command `reperes`, for editors and operators. It only unpacks, calls and prints."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

import click

from site_builder.build import build
from site_builder.check_cli import check_command
from site_builder.clock import day_of_build
from site_builder.compress import compress_site
from site_builder.errors import ContentRefusedError, SiteBuilderError
from site_builder.new import new_alerte, new_guide
from site_builder.problems import Problem
from site_builder.project import Project, find_project, required_settings
from site_builder.serve import serve
from site_builder.stations_cli import stations_group

_TODAY = click.option("--today", metavar="AAAA-MM-JJ", help="jour de la construction")
_STATIONS = click.option(
    "--stations",
    type=click.Path(path_type=Path, dir_okay=False),
    help="autre fichier de stations (GeoJSON ou CSV de la DILA)",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--project",
    "folder",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="dossier du projet (par défaut : celui-ci ou un dossier au-dessus)",
)
@click.pass_context
def reperes(context: click.Context, folder: Path | None) -> None:
    """Construire, vérifier et montrer le site Repères."""
    context.obj = find_project((folder or Path.cwd()).resolve())


@reperes.command("build")
@_TODAY
@_STATIONS
@click.option("--compress", is_flag=True, help="ajouter les copies .br et .gz, à publier avec")
@click.pass_obj
def build_command(
    project: Project, today: str | None, stations: Path | None, compress: bool
) -> None:
    """Construire le site dans build/site."""
    started = time.perf_counter()
    report = build(project, day_of_build(today), _station_file(stations))
    _print_problems(report.warnings)
    click.echo(
        f"{report.pages} pages dans {_shown(project.site)} en "
        f"{time.perf_counter() - started:.1f} s ({report.changed} fichiers changés)"
    )
    if compress:
        _compress(project)


@reperes.group("new")
def new_group() -> None:
    """Créer un guide ou une alerte à remplir."""


@new_group.command("guide")
@click.argument("theme", metavar="THÈME")
@click.argument("slug", metavar="NOM")
@_TODAY
@click.pass_obj
def new_guide_command(project: Project, theme: str, slug: str, today: str | None) -> None:
    """Créer content/guides/THÈME/NOM.md."""
    themes = [entry.key for entry in required_settings(project).themes]
    path = new_guide(project, theme, slug, themes, day_of_build(today))
    click.echo(f"{path} est prêt : remplacez chaque « À ÉCRIRE », puis lancez reperes check.")


@new_group.command("alerte")
@click.argument("slug", metavar="NOM")
@click.option("--kind", default="securite", show_default=True, help="sorte d’alerte")
@_TODAY
@click.pass_obj
def new_alerte_command(project: Project, slug: str, kind: str, today: str | None) -> None:
    """Créer content/alertes/AAAA-MM-JJ-NOM.md."""
    path = new_alerte(project, slug, kind, day_of_build(today))
    click.echo(f"{path} est prête : remplacez chaque « À ÉCRIRE », puis lancez reperes check.")


@reperes.command("serve")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--state", type=click.Path(path_type=Path, file_okay=False), default=Path("var"))
@_TODAY
@_STATIONS
@click.pass_obj
def serve_command(
    project: Project, port: int, state: Path, today: str | None, stations: Path | None
) -> None:
    """Construire, montrer le site sur cet ordinateur, et suivre les modifications."""
    serve(project, port, state, today, _station_file(stations))


reperes.add_command(check_command)
reperes.add_command(stations_group)


def _compress(project: Project) -> None:
    started = time.perf_counter()
    report = compress_site(project.site)
    click.echo(
        f"{report.renewed} fichiers compressés en {time.perf_counter() - started:.1f} s : "
        f"{report.plain / 1e6:.1f} Mo deviennent {report.br / 1e6:.1f} Mo (br)"
    )


def _station_file(path: Path | None) -> Path | None:
    if path and not path.is_file():
        raise SiteBuilderError(f"le fichier de stations « {path} » n’existe pas")
    return path


def _print_problems(problems: Sequence[Problem]) -> None:
    for problem in problems:
        prefix = "avertissement : " if problem.is_warning else ""
        click.echo(f"{prefix}{problem}", err=True)


def _shown(path: Path) -> str:
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else str(path)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; 0 fine, 1 content problems, 2 the tool cannot go on."""
    try:
        reperes.main(args=arguments, prog_name="reperes", standalone_mode=False)
    except ContentRefusedError as error:
        if str(error):
            click.echo(str(error), err=True)
        click.echo("Rien n’a été publié : corrigez ces points, puis recommencez.", err=True)
        sys.exit(1)
    except SiteBuilderError as error:
        click.echo(f"reperes : {error}", err=True)
        sys.exit(2)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.exceptions.Abort:
        sys.exit(130)
