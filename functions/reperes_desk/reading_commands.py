"""Commands that read: `show`, `files`, `trail`, `stats`."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from chalicelib.forms.french import paris_date
from chalicelib.intake.ports import Status
from reperes_desk.case import Case, every_case, opened_case
from reperes_desk.printing import say, to_file_name, to_json
from reperes_desk.private_files import private_folder, write_private
from reperes_desk.trail import Entry, assignee
from reperes_desk.words import STATUSES, labelled, who
from reperes_desk.workplace import JSON, Unlock, Workplace, unlocking

# Smaller counts could tell who wrote.
SMALLEST_COUNT = 5


@click.command()
@click.argument("reference")
@JSON
@unlocking
def show(desk: Workplace, reference: str, as_json: bool, unlock: Unlock) -> None:
    """Ouvrir un dossier et montrer ce qui a été écrit."""
    with opened_case(desk, reference, unlock) as case:
        said = _as_json(case)
        case.note("show")
        if case.record.status == Status.RECEIVED:
            case.set_status(Status.READ)
        if as_json:
            click.echo(to_json(said))
        else:
            _print(case)


@click.command()
@click.argument("reference")
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="dossier où les écrire",
)
@unlocking
def files(desk: Workplace, reference: str, output: Path, unlock: Unlock) -> None:
    """Écrire les fichiers d’un dossier ; ouvrez-les sur un poste prévu pour cela."""
    with opened_case(desk, reference, unlock) as case:
        folder = private_folder(output)
        for number, file in enumerate(case.files, start=1):
            if file is None:
                say(f"laissé de côté : le fichier {number} ne s’ouvre pas", err=True)
                continue
            name = to_file_name(f"{number}-{file.name}")
            target = folder / f"{to_file_name(case.record.reference)}-{name}"
            write_private(target, file.data)
            click.echo(target)
        if not case.files:
            click.echo("Ce dossier n’a pas de fichier.")
            return
        case.note("files")
    click.echo("Ces fichiers viennent du public : personne ne les a vérifiés.")


@click.command()
@click.argument("reference", required=False)
@JSON
@unlocking
def trail(desk: Workplace, reference: str | None, as_json: bool, unlock: Unlock) -> None:
    """Montrer qui dit avoir fait quoi, d’un dossier ou de tous ; rien ne le prouve."""
    if reference is None:
        with desk.opened_store() as store:
            there = [r for r in store.all(desk.now) if r.status != Status.WITHDRAWN]
            cases = every_case(desk, store, there, unlock())
            found = [entry for case in cases for entry in case.trail]
    else:
        with opened_case(desk, reference, unlock) as case:
            found = case.trail
    if as_json:
        click.echo(to_json([{**asdict(entry), "at": entry.at.isoformat()} for entry in found]))
        return
    for entry in found:
        say(_line(entry))
    click.echo("Chacun déclare son nom : ce journal ne prouve rien.")


@click.command()
@JSON
@click.pass_obj
def stats(desk: Workplace, as_json: bool) -> None:
    """Compter les dossiers par formulaire, mois et état ; rien au-dessous de cinq."""
    with desk.opened_store() as store:
        counts = Counter(
            (record.kind, f"{record.received_at:%Y-%m}", str(record.status))
            for record in store.all(desk.now)
        )
    rows = [
        {"kind": kind, "month": month, "status": status, "count": count}
        for (kind, month, status), count in sorted(counts.items())
        if count >= SMALLEST_COUNT
    ]
    if as_json:
        click.echo(to_json(rows))
        return
    for row in rows:
        state = STATUSES[str(row["status"])]
        say(f"{row['month']}  {row['kind']:<12} {state:<9} {row['count']}")
    click.echo(f"Les nombres au-dessous de {SMALLEST_COUNT} ne sont pas montrés.")


COMMANDS = (show, files, trail, stats)


def _as_json(case: Case) -> dict[str, Any]:
    return {
        **case.payload,
        "status": str(case.record.status),
        "expires_at": case.record.expires_at.isoformat(),
        "assignee": assignee(case.trail),
        "messages": [
            {"author": m.author, "sent_at": m.sent_at.isoformat(), "text": m.text}
            for m in case.conversation
        ],
        "files": [
            {"name": f.name, "media_type": f.media_type, "bytes": len(f.data)}
            for f in case.files
            if f is not None
        ],
    }


def _print(case: Case) -> None:
    record = case.record
    say(f"{record.reference} ({record.kind}), {STATUSES[record.status]}")
    received, expires = paris_date(record.received_at), paris_date(record.expires_at)
    say(f"reçu le {received} (heure arrondie), s’efface le {expires}")
    if name := assignee(case.trail):
        say(f"confié à {name}")
    if not record.follow_recipient:
        say("sans code : la personne ne lira aucune réponse")
    for label, value in labelled(record.kind, case.answers, case.desk.settings.assets):
        say(f"\n{label}\n{_indented(value)}")
    for message in case.conversation:
        say(f"\n{who(message.author)}, le {paris_date(message.sent_at)}\n{_indented(message.text)}")
    for file in case.files:
        if file is None:
            say("\nUn fichier ne s’ouvre pas avec cette identité.")
        else:
            say(f"\nFichier non vérifié : {file.name} ({len(file.data)} octets)")


def _line(entry: Entry) -> str:
    return f"{entry.at:%Y-%m-%d}  {entry.reference}  {entry.agent} {entry.sentence}"


def _indented(text: str) -> str:
    return "  " + text.replace("\n", "\n  ")
