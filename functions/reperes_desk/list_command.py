"""The command `list`: what is there, what is late, what to open first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import click

from chalicelib.intake import deadlines
from chalicelib.intake.ports import SealedSubmission, Status, SubmissionStore
from reperes_desk.case import every_case
from reperes_desk.printing import say, to_json
from reperes_desk.trail import assignee as assignee_of
from reperes_desk.triage import sorted_records
from reperes_desk.words import STATUSES
from reperes_desk.workplace import JSON, Unlock, Workplace, unlocking

Row = dict[str, Any]


@click.command("list")
@click.option("--kind", help="seulement ce formulaire, par exemple signalement")
@click.option("--status", type=click.Choice(list(STATUSES)), help="seulement cet état")
@click.option(
    "--since", type=click.DateTime(["%Y-%m-%d"]), metavar="AAAA-MM-JJ", help="reçus depuis ce jour"
)
@click.option("--late", is_flag=True, help="que personne n’a pris en charge à temps")
@click.option("--expires-within", type=int, metavar="JOURS", help="qui s’effacent bientôt")
@click.option("--assignee", metavar="NOM", help="confiés à cette personne (ouvre les dossiers)")
@click.option("--unassigned", is_flag=True, help="confiés à personne (ouvre les dossiers)")
@click.option(
    "--priority",
    is_flag=True,
    help="à traiter d’abord : violences, mineurs, véhicules, sommes (ouvre les dossiers)",
)
@JSON
@unlocking
def list_command(
    desk: Workplace,
    assignee: str | None,
    unassigned: bool,
    priority: bool,
    as_json: bool,
    unlock: Unlock,
    **filters: Any,
) -> None:
    """Lister les dossiers, du plus ancien au plus récent."""
    with desk.opened_store() as store:
        kept = [record for record in store.all(desk.now) if _is_asked(record, desk, **filters)]
        if assignee is None and not unassigned and not priority:
            rows = [row_of(record, desk) for record in kept]
        else:
            rows = list(_opened_rows(desk, store, kept, priority, unlock))
            wanted = "" if unassigned else assignee
            rows = [row for row in rows if wanted in (None, row["assignee"])]
    if as_json:
        click.echo(to_json(rows))
        return
    for row in rows:
        say(_line(row))
    click.echo(f"{len(rows)} dossier{'s' if len(rows) > 1 else ''}")


def row_of(record: SealedSubmission, desk: Workplace) -> Row:
    """What the store shows of a record, for a program."""
    return {
        "reference": record.reference,
        "kind": record.kind,
        "status": str(record.status),
        "received_at": record.received_at.isoformat(),
        "answer_by": deadlines.answer_by(record, desk.answer_within).isoformat(),
        "expires_at": record.expires_at.isoformat(),
        "waiting": deadlines.is_waiting(record),
        "late": deadlines.is_late(record, desk.answer_within, desk.now),
        "follow_up": bool(record.follow_lookup),
    }


def _is_asked(
    record: SealedSubmission,
    desk: Workplace,
    kind: str | None,
    status: str | None,
    since: datetime | None,
    late: bool,
    expires_within: int | None,
) -> bool:
    if expires_within is not None:
        until = desk.now + timedelta(days=expires_within)
        if not deadlines.is_open(record) or record.expires_at > until:
            return False
    return (
        kind in (None, record.kind)
        and status in (None, record.status)
        and (since is None or record.received_at.date() >= since.date())
        and (not late or deadlines.is_late(record, desk.answer_within, desk.now))
    )


def _opened_rows(
    desk: Workplace,
    store: SubmissionStore,
    records: list[SealedSubmission],
    by_priority: bool,
    unlock: Unlock,
) -> Iterator[Row]:
    left = [record for record in records if record.status != Status.WITHDRAWN]
    if by_priority:
        left = [record for record in left if deadlines.is_open(record)]
    cases = list(every_case(desk, store, left, unlock()))
    ranked = sorted_records([(case.record, case.answers) for case in cases], desk.now)
    reasons = {each.record.key: list(each.reasons) for each in ranked}
    by_key = {case.record.key: case for case in cases}
    for key in reasons if by_priority else by_key:
        case = by_key[key]
        said = {"assignee": assignee_of(case.trail), "reasons": reasons[key]}
        yield {**row_of(case.record, desk), **said}


def _line(row: Row) -> str:
    until = f"à traiter avant le {row['answer_by'][:10]}, " if row["waiting"] else ""
    line = (
        f"{row['reference']}  {row['kind']:<12} {STATUSES[row['status']]:<9} "
        f"reçu le {row['received_at'][:10]}, {'EN RETARD, ' if row['late'] else until}"
        f"s’efface le {row['expires_at'][:10]}"
    )
    if "reasons" not in row:
        return line
    why = ", ".join(row["reasons"]) or "rien de particulier"
    who = f"confié à {row['assignee']}" if row["assignee"] else "confié à personne"
    return f"{line}\n    {why} ; {who}"


COMMANDS = (list_command,)
