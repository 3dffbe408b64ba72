"""`reperes build`: the site in build/site, and its compressed copies when asked."""

from __future__ import annotations

import gc
import time
from pathlib import Path

import click

from site_builder.build import build
from site_builder.cli_options import stations_option, today_option
from site_builder.clock import day_of_build
from site_builder.project import Project


@click.command("build")
@today_option
@stations_option
@click.option("--compress", is_flag=True, help="ajouter les copies .br et .gz, à publier avec")
@click.pass_obj
def build_command(
    project: Project, today: str | None, stations: Path | None, compress: bool
) -> None:
    """Construire le site dans build/site."""
    started = time.perf_counter()
    report = build(project, day_of_build(today), stations)
    for problem in report.warnings:
        click.echo(f"avertissement : {problem}", err=True)
    click.echo(
        f"{report.pages} pages dans {_shown(project.site)} en "
        f"{time.perf_counter() - started:.1f} s ({report.changed} fichiers changés)"
    )
    if compress:
        _compress(project)
    gc.freeze()  # the process ends: nothing is left to look for


def _compress(project: Project) -> None:
    from site_builder.compress import compress_site

    started = time.perf_counter()
    report = compress_site(project.site)
    click.echo(
        f"{report.renewed} fichiers compressés en {time.perf_counter() - started:.1f} s : "
        f"{report.plain / 1e6:.1f} Mo deviennent {report.br / 1e6:.1f} Mo (br)"
    )


def _shown(path: Path) -> str:
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else str(path)
