"""Commands that act: `reply`, `status`, `assign`, `close`, `purge`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from chalicelib.forms import texts
from chalicelib.intake.ports import Status
from reperes_desk import acting
from reperes_desk.case import opened_case
from reperes_desk.errors import DeskError
from reperes_desk.notifying import tell_the_person
from reperes_desk.printing import say, to_json
from reperes_desk.words import STATUSES
from reperes_desk.workplace import JSON, Unlock, Workplace, unlocking

_MAX_CHARS = 5_000
_MAX_NAME = 80
_FILE = click.option(
    "--file",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="fichier du texte (« - » : entrée standard) ; sans lui, votre éditeur s’ouvre",
)


@click.command()
@click.argument("reference")
@_FILE
@unlocking
def reply(desk: Workplace, reference: str, file: Path | None, unlock: Unlock) -> None:
    """Répondre à la personne ; elle lira la réponse avec son code."""
    with opened_case(desk, reference, unlock) as case:
        acting.require_follow_up(case.record)
        case.reply(_text(file))
        case.note("reply")
        say(f"Réponse enregistrée pour {case.record.reference}.")
        tell_the_person(case)


@click.command()
@click.argument("reference")
@click.argument("status", type=click.Choice(["read", "in_progress", "answered"]))
@unlocking
def status(desk: Workplace, reference: str, status: str, unlock: Unlock) -> None:
    """Changer l’état que la personne voit."""
    with opened_case(desk, reference, unlock) as case:
        case.set_status(Status(status))
        case.note("status", STATUSES[status])
        say(f"{case.record.reference} : {STATUSES[status]}.")
        tell_the_person(case)


@click.command()
@click.argument("reference")
@click.argument("name")
@unlocking
def assign(desk: Workplace, reference: str, name: str, unlock: Unlock) -> None:
    """Confier un dossier à quelqu’un ; la personne ne le voit pas."""
    given = str(texts.line(name))[:_MAX_NAME]
    if not given:
        raise DeskError("dites à qui confier le dossier")
    with opened_case(desk, reference, unlock) as case:
        case.note("assign", given)
        say(f"{case.record.reference} est confié à {given}.")


@click.command()
@click.argument("reference")
@_FILE
@unlocking
def close(desk: Workplace, reference: str, file: Path | None, unlock: Unlock) -> None:
    """Terminer un dossier, en disant pourquoi à la personne qui a un code."""
    with opened_case(desk, reference, unlock) as case:
        if case.record.follow_recipient:
            case.reply(_text(file))
        case.set_status(Status.CLOSED)
        case.note("close")
        say(f"{case.record.reference} : {STATUSES[Status.CLOSED]}.")
        tell_the_person(case)


@click.command()
@JSON
@click.pass_obj
def purge(desk: Workplace, as_json: bool) -> None:
    """Effacer tout de suite ce qui a dépassé sa date."""
    with desk.opened_store() as store:
        erased = store.purge(desk.now)
    if as_json:
        click.echo(to_json({"erased": erased}))
    else:
        click.echo(f"{erased} dossier{'s effacés' if erased > 1 else ' effacé'}.")


COMMANDS = (reply, status, assign, close, purge)


def _text(file: Path | None) -> str:
    """What to say: from a file, from the standard input, or from an editor."""
    try:
        if file is None:
            typed = click.edit("") or ""
        elif str(file) == "-":
            typed = sys.stdin.read()
        else:
            typed = file.read_text(encoding="utf-8")
    except click.ClickException as error:  # the editor, whose failures click tells in English
        raise DeskError(
            "l’éditeur ne s’est pas ouvert : réglez EDITOR, ou donnez --file"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise DeskError(f"« {file} » ne peut pas être lu") from error
    text = str(texts.paragraph(typed))
    if not text:
        raise DeskError("il n’y a rien à dire : le texte est vide")
    if len(text) > _MAX_CHARS:
        raise DeskError(f"le texte dépasse {_MAX_CHARS} caractères")
    return text
