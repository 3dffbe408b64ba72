"""The command `reperes-desk`. It only unpacks, calls and prints.

Exit codes: 0 fine, 1 no such record, 2 the tool cannot go on.
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
from chalicelib.settings import Settings
from reperes_desk import acting_commands, reading_commands, triage_command
from reperes_desk import identity as identities
from reperes_desk.errors import DeskError, UnknownReferenceError
from reperes_desk.unavailable import why_unavailable
from reperes_desk.workplace import PASSPHRASE, Workplace, ask_passphrase

_MIN_PASSPHRASE = 12
_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
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
@click.pass_context
def desk(context: click.Context, state: Path, assets: Path, table: str, bucket: str) -> None:
    """Lire ce qui a été reçu et y répondre, sur le poste de l’agent."""
    context.obj = Workplace(Settings(assets, state), datetime.now(UTC), AwsSettings(table, bucket))


@desk.command()
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("agent-identity.age"),
    show_default=True,
    help="fichier à créer",
)
@PASSPHRASE
def keygen(output: Path, passphrase_file: Path | None) -> None:
    """Créer une identité protégée par une phrase secrète."""
    passphrase = ask_passphrase(passphrase_file, confirm=True)
    if len(passphrase) < _MIN_PASSPHRASE:
        raise DeskError(f"la phrase secrète doit avoir {_MIN_PASSPHRASE} caractères au moins")
    recipient = identities.make_identity(output, passphrase)
    click.echo(f"Identité écrite dans {output}. Gardez-la sur ce poste, avec une copie hors ligne.")
    click.echo("Clé publique à ajouter à « recipients » dans content/site.yaml :")
    click.echo(recipient)


for command in (
    *reading_commands.COMMANDS,
    *triage_command.COMMANDS,
    *acting_commands.COMMANDS,
):
    desk.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; expected failures have no traceback."""
    os.umask(0o077)
    try:
        desk.main(args=arguments, prog_name="reperes-desk", standalone_mode=False)
    except UnknownReferenceError as error:
        click.echo(f"reperes-desk : {error}", err=True)
        sys.exit(1)
    except StoreUnavailableError as error:
        click.echo(f"reperes-desk : {why_unavailable(error)}", err=True)
        sys.exit(2)
    except DeskError as error:
        click.echo(f"reperes-desk : {error}", err=True)
        sys.exit(2)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.exceptions.Abort:
        sys.exit(130)
