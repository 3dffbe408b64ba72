"""Commands that act: `reply`, `status`, `close`, `purge`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from chalicelib.forms import texts
from chalicelib.intake.ports import Status
from reperes_desk import acting, reading
from reperes_desk.errors import DeskError
from reperes_desk.words import STATUSES
from reperes_desk.workplace import IDENTITY, PASSPHRASE, Workplace

_MAX_CHARS = 5_000
_FILE = click.option(
    "--file",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="fichier du texte (« - » : entrée standard) ; sans lui, votre éditeur s’ouvre",
)


@click.command()
@click.argument("reference")
@_FILE
@IDENTITY
@PASSPHRASE
@click.pass_obj
def reply(
    desk: Workplace,
    reference: str,
    file: Path | None,
    identity_file: Path | None,
    passphrase_file: Path | None,
) -> None:
    """Répondre à la personne ; elle lira la réponse avec son code."""
    with reading.opened_store(desk.settings.database, desk.aws) as store:
        record = reading.find(store, reference, desk.now)
        acting.require_follow_up(record)
        identity = desk.identity(identity_file, passphrase_file)
        payload = reading.opened(record, identity)
        text = _text(file)
        readers = desk.colleagues(identity, payload)
        acting.reply(store, record, text, readers, desk.now, os.urandom)
    click.echo(f"Réponse enregistrée pour {record.reference}.")


@click.command()
@click.argument("reference")
@click.argument("status", type=click.Choice(["read", "in_progress", "answered"]))
@click.pass_obj
def status(desk: Workplace, reference: str, status: str) -> None:
    """Changer l’état que la personne voit."""
    with reading.opened_store(desk.settings.database, desk.aws) as store:
        record = reading.find(store, reference, desk.now)
        acting.require_open(record)
        store.set_status(record.key, Status(status))
    click.echo(f"{record.reference} : {STATUSES[status]}.")


@click.command()
@click.argument("reference")
@_FILE
@IDENTITY
@PASSPHRASE
@click.pass_obj
def close(
    desk: Workplace,
    reference: str,
    file: Path | None,
    identity_file: Path | None,
    passphrase_file: Path | None,
) -> None:
    """Terminer un dossier, en disant pourquoi à la personne qui a un code."""
    with reading.opened_store(desk.settings.database, desk.aws) as store:
        record = reading.find(store, reference, desk.now)
        acting.require_open(record)
        if record.follow_recipient:
            identity = desk.identity(identity_file, passphrase_file)
            payload = reading.opened(record, identity)
            text = _text(file)
            readers = desk.colleagues(identity, payload)
            acting.reply(store, record, text, readers, desk.now, os.urandom)
        store.set_status(record.key, Status.CLOSED)
    click.echo(f"{record.reference} : {STATUSES[Status.CLOSED]}.")


@click.command()
@click.pass_obj
def purge(desk: Workplace) -> None:
    """Effacer tout de suite ce qui a dépassé sa date."""
    with reading.opened_store(desk.settings.database, desk.aws) as store:
        erased = store.purge(desk.now)
    click.echo(f"{erased} dossier{'s effacés' if erased > 1 else ' effacé'}.")


COMMANDS = (reply, status, close, purge)


def _text(file: Path | None) -> str:
    """What to say: from a file, from the standard input, or from an editor."""
    try:
        if file is None:
            typed = click.edit("") or ""
        elif str(file) == "-":
            typed = sys.stdin.read()
        else:
            typed = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DeskError(f"« {file} » ne peut pas être lu") from error
    text = str(texts.paragraph(typed))
    if not text:
        raise DeskError("il n’y a rien à dire : le texte est vide")
    if len(text) > _MAX_CHARS:
        raise DeskError(f"le texte dépasse {_MAX_CHARS} caractères")
    return text
