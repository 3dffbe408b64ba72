"""The command `digest`: what is new, late or about to be lost, shown or sent."""

from __future__ import annotations

import os

import click

from chalicelib.digest import make_digest, send_digest
from chalicelib.intake.ports import SubmissionStore
from chalicelib.mail.ports import MailError
from chalicelib.mail.smtp import URL_NAME, mailer_from
from reperes_desk.errors import DeskError
from reperes_desk.printing import say, to_json
from reperes_desk.workplace import JSON, Workplace


@click.command()
@click.option("--to", "to", multiple=True, metavar="ADRESSE", help="envoyer à cette adresse")
@JSON
@click.pass_obj
def digest(desk: Workplace, to: tuple[str, ...], as_json: bool) -> None:
    """Résumer ce qui est à lire, en retard ou bientôt effacé ; rien n’est ouvert."""
    with desk.opened_store() as store:
        made = make_digest(store.all(desk.now), desk.answer_within, desk.now)
        if not to:
            names = ("unread", "late", "lost_soon")
            found = {name: [r.reference for r in getattr(made, name)] for name in names}
            say(to_json(found) if as_json else f"{made.subject}\n\n{made.text}")
            return
        sent = _sent(desk, store, to)
    if as_json:
        click.echo(to_json({"sent": sent}))
    else:
        click.echo(f"{sent} message{'s envoyés' if sent > 1 else ' envoyé'}.")


COMMANDS = (digest,)


def _sent(desk: Workplace, store: SubmissionStore, to: tuple[str, ...]) -> int:
    try:
        mailer = mailer_from(os.environ)
        if mailer is None:
            raise DeskError(f"aucun serveur d’envoi : réglez {URL_NAME} sur ce poste")
        return send_digest(store, mailer, to, desk.answer_within, desk.now)
    except MailError as error:
        raise DeskError("le résumé n’est pas parti : le serveur d’envoi le refuse") from error
