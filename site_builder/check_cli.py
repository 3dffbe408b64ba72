"""`reperes check`: mistakes first; warnings are counted, and shown when asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from site_builder.build import check
from site_builder.clock import day_of_build
from site_builder.contact_uses import uses_of
from site_builder.errors import ContentRefusedError, SiteBuilderError
from site_builder.library import Library
from site_builder.problems import Problem
from site_builder.project import Project
from site_builder.reviews import Review, reviews
from site_builder.text.readability import check_readability
from site_builder.theme import french_date


@click.command("check")
@click.option("--today", metavar="AAAA-MM-JJ", help="jour de la vérification")
@click.option(
    "--stations",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="autre fichier de stations (GeoJSON ou CSV)",
)
@click.option("--warnings", is_flag=True, help="montrer les avertissements, un par ligne")
@click.option("--stale", is_flag=True, help="montrer ce qu’une personne doit relire")
@click.option("--contact", metavar="CLÉ", help="montrer où ce contact est utilisé")
@click.pass_obj
def check_command(
    project: Project,
    today: str | None,
    stations: Path | None,
    warnings: bool,
    stale: bool,
    contact: str | None,
) -> None:
    """Vérifier tout le contenu, sans rien construire."""
    day = day_of_build(today)
    library, problems, old_stations = check(project, day, stations)
    mistakes = [problem for problem in problems if not problem.is_warning]
    for problem in mistakes:
        click.echo(str(problem), err=True)
    if contact and library:
        _show_uses(contact, library, project)
        return
    if mistakes or library is None:
        raise ContentRefusedError("")
    to_read = reviews(library, old_stations, project.root, day)
    if stale:
        _show_reviews(to_read, day)
    _conclude(sorted([*problems, *_hard_texts(library)]), warnings)
    old = sum(len(found.problems) for found in to_read)
    if old and not stale:
        click.echo(f"{old} textes ou contacts à relire : « reperes check --stale » les montre.")


def _conclude(problems: list[Problem], shown: bool) -> None:
    for problem in problems if shown else []:
        click.echo(f"avertissement : {problem}")
    click.echo("Le contenu est bon.")
    if problems and not shown:
        click.echo(f"{len(problems)} avertissements : « reperes check --warnings » les montre.")


def _hard_texts(library: Library) -> list[Problem]:
    documents = [guide.document for guide in library.guides]
    documents += [alerte.document for alerte in library.alertes]
    return [problem for document in documents for problem in check_readability(document)]


def _show_reviews(to_read: list[Review], day: date) -> None:
    click.echo(f"À relire au {french_date(day)}, le plus ancien d’abord.\n")
    for found in to_read:
        click.echo(f"{found.title} ({len(found.problems)})")
        for problem in found.problems:
            click.echo(f"  {problem}")
        click.echo()


def _show_uses(key: str, library: Library, project: Project) -> None:
    if key not in library.contacts:
        raise SiteBuilderError(f"« {key} » n’est pas une clé de content/contacts.yaml")
    contact = library.contacts[key]
    uses = uses_of(key, library, project.root)
    click.echo(f"« {key} » ({contact.label}, {contact.name}) est montré par :")
    click.echo("  la page /urgences/, qui montre tous les contacts")
    for use in uses:
        click.echo(f"  {use}")
    files = len({use.path for use in uses})
    click.echo(f"{files} fichiers à relire si ce contact change.")
