"""The command `triage`: what to open first."""

from __future__ import annotations

from pathlib import Path

import click

from chalicelib.intake.ports import Status
from reperes_desk import reading
from reperes_desk.errors import DeskError
from reperes_desk.printing import say, shown, to_json
from reperes_desk.triage import sorted_records
from reperes_desk.words import STATUSES
from reperes_desk.workplace import IDENTITY, JSON, PASSPHRASE, Workplace

_DONE = (Status.CLOSED, Status.WITHDRAWN)


@click.command()
@IDENTITY
@PASSPHRASE
@JSON
@click.pass_obj
def triage(
    desk: Workplace, identity_file: Path | None, passphrase_file: Path | None, as_json: bool
) -> None:
    """Ranger les dossiers à traiter : violences, véhicules, puis les sommes."""
    with reading.opened_store(desk.settings.database, desk.aws) as store:
        waiting = [record for record in store.all(desk.now) if record.status not in _DONE]
        identity = desk.identity(identity_file, passphrase_file)
    opened = []
    for record in waiting:
        try:
            opened.append((record, reading.opened(record, identity)["answers"]))
        except DeskError as error:  # sealed to other agents: told, and the rest goes on
            click.echo(f"reperes-desk : {shown(str(error))}", err=True)
    rows = sorted_records(opened, desk.now)
    if as_json:
        said = [{"reference": r.record.reference, "reasons": list(r.reasons)} for r in rows]
        click.echo(to_json(said))
        return
    for row in rows:
        status = STATUSES[row.record.status]
        why = ", ".join(row.reasons) or "rien de particulier"
        say(f"{row.record.reference}  {row.record.received_at:%Y-%m-%d}  {status:<9} {why}")


COMMANDS = (triage,)
