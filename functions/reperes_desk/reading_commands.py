"""Commands that read: `list`, `show`, `files`, `export`, `stats`."""

from __future__ import annotations

import csv
import io
import os
from collections import Counter
from pathlib import Path
from typing import Any

import click

from chalicelib.intake.ports import Author, SealedSubmission, Status
from reperes_desk import reading
from reperes_desk.errors import DeskError
from reperes_desk.printing import say, to_cell, to_file_name, to_json
from reperes_desk.words import STATUSES, labelled
from reperes_desk.workplace import IDENTITY, JSON, PASSPHRASE, Workplace

# Smaller counts could tell who wrote.
SMALLEST_COUNT = 5


@click.command("list")
@click.option("--kind", help="seulement ce formulaire, par exemple signalement")
@click.option("--status", type=click.Choice(list(STATUSES)), help="seulement cet état")
@JSON
@click.pass_obj
def list_command(desk: Workplace, kind: str | None, status: str | None, as_json: bool) -> None:
    """Lister les dossiers, du plus ancien au plus récent."""
    with reading.opened_store(desk.settings.database, desk.aws) as store:
        rows = [_row(record) for record in store.all(desk.now)]
    rows = [row for row in rows if kind in (None, row["kind"]) and status in (None, row["status"])]
    if as_json:
        click.echo(to_json(rows))
        return
    for row in rows:
        say(
            f"{row['reference']}  {row['kind']:<12} {STATUSES[row['status']]:<9} "
            f"reçu le {row['received_at'][:10]}, s’efface le {row['expires_at'][:10]}"
        )
    click.echo(f"{len(rows)} dossier{'s' if len(rows) > 1 else ''}")


@click.command()
@click.argument("reference")
@IDENTITY
@PASSPHRASE
@JSON
@click.pass_obj
def show(
    desk: Workplace,
    reference: str,
    identity_file: Path | None,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Ouvrir un dossier et montrer ce qui a été écrit."""
    with reading.opened_store(desk.settings.database, desk.aws) as store:
        record = reading.find(store, reference, desk.now)
        identity = desk.identity(identity_file, passphrase_file)
        payload = reading.read(store, record, identity)
        messages = reading.conversation(store, record, identity, desk.now)
        found = reading.attachments(store, record, identity, desk.now)
    named = [{"name": f.name, "media_type": f.media_type, "bytes": len(f.data)} for f in found]
    if as_json:
        click.echo(to_json({**payload, "messages": messages, "files": named}))
        return
    say(f"{payload['reference']} ({payload['kind']}), reçu le {payload['received_at']}")
    for label, value in labelled(payload["kind"], payload["answers"], desk.settings.assets):
        say(f"\n{label}\n{_indented(value)}")
    for message in messages:
        who = "La personne" if message["author"] == Author.PERSON else "Un agent"
        say(f"\n{who}, le {message['sent_at'][:10]}\n{_indented(message['text'])}")
    for file in named:
        say(f"\nFichier non vérifié : {file['name']} ({file['bytes']} octets)")


@click.command()
@click.argument("reference")
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), required=True)
@IDENTITY
@PASSPHRASE
@click.pass_obj
def files(
    desk: Workplace,
    reference: str,
    output: Path,
    identity_file: Path | None,
    passphrase_file: Path | None,
) -> None:
    """Écrire les fichiers d’un dossier ; ouvrez-les sur un poste prévu pour cela."""
    with reading.opened_store(desk.settings.database, desk.aws) as store:
        record = reading.find(store, reference, desk.now)
        identity = desk.identity(identity_file, passphrase_file)
        found = reading.attachments(store, record, identity, desk.now)
    output.mkdir(parents=True, exist_ok=True, mode=0o700)
    for number, file in enumerate(found, start=1):
        name = to_file_name(f"{number}-{file.name}")
        target = output / f"{to_file_name(record.reference)}-{name}"
        target.write_bytes(file.data)
        target.chmod(0o600)
        click.echo(target)
    click.echo("Ces fichiers viennent du public : personne ne les a vérifiés.")


@click.command()
@click.option("--format", "shape", type=click.Choice(["json", "csv"]), default="json")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), required=True)
@IDENTITY
@PASSPHRASE
@click.pass_obj
def export(
    desk: Workplace,
    shape: str,
    output: Path,
    identity_file: Path | None,
    passphrase_file: Path | None,
) -> None:
    """Ouvrir tous les dossiers dans un fichier, que vous seul pouvez lire."""
    with reading.opened_store(desk.settings.database, desk.aws) as store:
        identity = desk.identity(identity_file, passphrase_file)
        records = [record for record in store.all(desk.now) if record.status != Status.WITHDRAWN]
    opened, closed = [], []
    for record in records:
        try:
            answers = reading.opened(record, identity)["answers"]
        except DeskError as error:  # sealed to others, or forged: it must not hide the rest
            closed.append(str(error))
        else:
            opened.append({**_row(record), "answers": answers})
    _write_private(output, to_json(opened) if shape == "json" else _csv(opened))
    for reason in closed:
        say(f"laissé de côté : {reason}", err=True)
    click.echo(f"{len(opened)} dossiers dans {output}, en clair : effacez ce fichier après usage.")


def _write_private(output: Path, text: str) -> None:
    """Readable by its owner only from its first byte."""
    try:
        descriptor = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise DeskError(f"« {output} » existe déjà : choisissez un autre nom") from error
    with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
        opened.write(text)


@click.command()
@JSON
@click.pass_obj
def stats(desk: Workplace, as_json: bool) -> None:
    """Compter les dossiers par formulaire, mois et état ; rien au-dessous de cinq."""
    with reading.opened_store(desk.settings.database, desk.aws) as store:
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
        say(f"{row['month']}  {row['kind']:<12} {row['status']:<12} {row['count']}")
    click.echo(f"Les nombres au-dessous de {SMALLEST_COUNT} ne sont pas montrés.")


COMMANDS = (list_command, show, files, export, stats)


def _row(record: SealedSubmission) -> dict[str, Any]:
    return {
        "reference": record.reference,
        "kind": record.kind,
        "status": str(record.status),
        "received_at": record.received_at.isoformat(),
        "expires_at": record.expires_at.isoformat(),
        "follow_up": bool(record.follow_lookup),
    }


def _csv(rows: list[dict[str, Any]]) -> str:
    """One line a record; what is of the record is not replaced by an answer of that name."""
    flat = [{**row["answers"], **row} for row in rows]
    columns = dict.fromkeys(name for row in flat for name in row if name != "answers")
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(map(to_cell, columns))
    for row in flat:
        writer.writerow(to_cell(str(row.get(name, ""))) for name in columns)
    return out.getvalue()


def _indented(text: str) -> str:
    return "  " + text.replace("\n", "\n  ")
