"""The command `export`: records in clear, as JSON, CSV or one PDF each."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from chalicelib.intake.ports import SealedSubmission, Status, SubmissionStore
from reperes_desk import reading
from reperes_desk.case import Case, every_case
from reperes_desk.documents import document_of
from reperes_desk.list_command import row_of
from reperes_desk.printing import say, to_cell, to_file_name, to_json
from reperes_desk.private_files import private_folder, write_private
from reperes_desk.workplace import Unlock, Workplace, unlocking


@click.command()
@click.argument("references", nargs=-1)
@click.option("--format", "shape", type=click.Choice(["json", "csv", "pdf"]), default="json")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="fichier à créer ; avec « pdf », dossier où mettre un document par dossier",
)
@unlocking
def export(
    desk: Workplace, references: Sequence[str], shape: str, output: Path, unlock: Unlock
) -> None:
    """Ouvrir des dossiers, ou tous, dans un fichier que vous seul pouvez lire."""
    with desk.opened_store() as store:
        asked = _asked(desk, store, references)
        cases = list(every_case(desk, store, asked, unlock()))
        if shape == "pdf":
            _write_documents(cases, output)
        else:
            rows = [{**row_of(case.record, desk), "answers": case.answers} for case in cases]
            text = to_json(rows) if shape == "json" else _csv(rows)
            write_private(output, text.encode())
        for case in cases:
            case.note("export")
    count = f"{len(cases)} dossier{'s' if len(cases) > 1 else ''}"
    say(f"{count} dans {output}, en clair : effacez-le après usage.")


COMMANDS = (export,)


def _asked(
    desk: Workplace, store: SubmissionStore, references: Sequence[str]
) -> list[SealedSubmission]:
    if references:
        return [reading.find(store, reference, desk.now) for reference in references]
    return [record for record in store.all(desk.now) if record.status != Status.WITHDRAWN]


def _write_documents(cases: Sequence[Case], folder: Path) -> None:
    # Imported here: the other commands have no use for 34 MB of typst.
    from reperes_document import write_pdf

    private_folder(folder)
    for case in cases:
        name = to_file_name(case.record.reference)
        write_private(folder / f"{name}.pdf", write_pdf(document_of(case)))


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
