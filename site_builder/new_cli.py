"""`reperes new`: a guide or an alerte to fill in."""

from __future__ import annotations

import click

from site_builder.cli_options import today_option
from site_builder.clock import day_of_build
from site_builder.new import new_alerte, new_guide
from site_builder.project import Project
from site_builder.settings import required_settings


@click.group("new")
def new_group() -> None:
    """Créer un guide ou une alerte à remplir."""


@new_group.command("guide")
@click.argument("theme", metavar="THÈME")
@click.argument("slug", metavar="NOM")
@today_option
@click.pass_obj
def new_guide_command(project: Project, theme: str, slug: str, today: str | None) -> None:
    """Créer content/guides/THÈME/NOM.md."""
    themes = [entry.key for entry in required_settings(project).themes]
    path = new_guide(project, theme, slug, themes, day_of_build(today))
    click.echo(f"{path} est prêt : remplacez chaque « À ÉCRIRE », puis lancez reperes check.")


@new_group.command("alerte")
@click.argument("slug", metavar="NOM")
@click.option("--kind", default="securite", show_default=True, help="sorte d’alerte")
@today_option
@click.pass_obj
def new_alerte_command(project: Project, slug: str, kind: str, today: str | None) -> None:
    """Créer content/alertes/AAAA-MM-JJ-NOM.md."""
    path = new_alerte(project, slug, kind, day_of_build(today))
    click.echo(f"{path} est prête : remplacez chaque « À ÉCRIRE », puis lancez reperes check.")
