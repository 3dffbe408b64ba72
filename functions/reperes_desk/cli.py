"""The command `reperes-desk`. It only unpacks, calls and prints.

Exit codes: 0 done; 1 no such record, or some of the work is left; 2 the tool cannot go on;
130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from chalicelib.aws import AwsSettings
from chalicelib.errors import StoreUnavailableError
from chalicelib.forms import texts
from chalicelib.settings import Settings
from reperes_desk import (
    acting_commands,
    digest_command,
    export_command,
    key_commands,
    list_command,
    reading_commands,
)
from reperes_desk.errors import DeskError
from reperes_desk.printing import say
from reperes_desk.unavailable import why_unavailable
from reperes_desk.workplace import Workplace

_FOLDER = click.Path(path_type=Path, file_okay=False)
_MAX_NAME = 80


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Codes de sortie : 0 fait ; 1 aucun dossier de ce numéro, ou il reste à faire ; "
    "2 la commande ne peut pas continuer ; 130 interrompue.",
)
@click.option(
    "--state",
    type=_FOLDER,
    envvar="REPERES_STATE",
    default=Path("var"),
    show_default=True,
    help="dossier où le serveur range ce qu’il reçoit",
)
@click.option(
    "--assets",
    type=_FOLDER,
    envvar="REPERES_ASSETS",
    default=Path("build/functions"),
    show_default=True,
    help="dossier des mots et des réglages, fait par « reperes build »",
)
@click.option(
    "--table",
    envvar="REPERES_TABLE",
    default="",
    help="table DynamoDB, quand les dossiers sont sur AWS",
)
@click.option(
    "--bucket",
    envvar="REPERES_BUCKET",
    default="",
    help="dossier S3 de leurs fichiers",
)
@click.option(
    "--agent",
    envvar="REPERES_AGENT",
    default="",
    help="votre nom, pour le journal ; sans lui, la fin de votre clé publique",
)
@click.pass_context
def desk(
    context: click.Context, state: Path, assets: Path, table: str, bucket: str, agent: str
) -> None:
    """Lire ce qui a été reçu et y répondre, sur le poste de l’agent."""
    aws, name = AwsSettings(table, bucket), str(texts.line(agent))[:_MAX_NAME]
    context.obj = Workplace(Settings(assets, state), datetime.now(UTC), aws, name)


for command in (
    *list_command.COMMANDS,
    *reading_commands.COMMANDS,
    *acting_commands.COMMANDS,
    *export_command.COMMANDS,
    *digest_command.COMMANDS,
    *key_commands.COMMANDS,
):
    desk.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; expected failures have no traceback."""
    os.umask(0o077)
    try:
        desk.main(args=arguments, prog_name="reperes-desk", standalone_mode=False)
    except StoreUnavailableError as error:
        click.echo(f"reperes-desk : {why_unavailable(error)}", err=True)
        sys.exit(2)
    except DeskError as error:
        say(f"reperes-desk : {error}", err=True)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.exceptions.Abort:
        click.echo("reperes-desk : arrêté avant la fin", err=True)
        sys.exit(130)
