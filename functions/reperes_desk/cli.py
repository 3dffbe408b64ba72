"""The command `reperes-desk`. It only unpacks, calls and prints.

Exit codes: 0 fine, 1 no such record, 2 the tool cannot go on.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click
from pyrage import x25519

from chalicelib.errors import StoreUnavailableError
from chalicelib.intake.ports import SealedSubmission
from chalicelib.settings import Settings
from reperes_desk import identity as identities
from reperes_desk import reading
from reperes_desk.errors import DeskError, UnknownReferenceError
from reperes_desk.words import labelled

STATUSES = {
    "received": "reçu",
    "read": "lu",
    "in_progress": "en cours",
    "answered": "répondu",
    "closed": "terminé",
    "withdrawn": "retiré",
}
_MIN_PASSPHRASE = 12


@dataclass(frozen=True)
class Desk:
    """Where the agent works."""

    settings: Settings
    now: datetime


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--state",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="REPERES_STATE",
    default=Path("var"),
    show_default=True,
    help="dossier où le serveur range ce qu’il reçoit",
)
@click.option(
    "--assets",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="REPERES_ASSETS",
    default=Path("build/functions"),
    help="dossier des mots des formulaires",
)
@click.pass_context
def desk(context: click.Context, state: Path, assets: Path) -> None:
    """Lire ce qui a été reçu, sur le poste de l’agent."""
    context.obj = Desk(Settings(assets, state), datetime.now(UTC))


_IDENTITY = click.option(
    "--identity",
    "identity_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="fichier de l’identité (par défaut : celle de la démonstration)",
)
_PASSPHRASE = click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="fichier dont la première ligne est la phrase secrète",
)
_JSON = click.option("--json", "as_json", is_flag=True, help="pour un autre programme")


@desk.command()
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("agent-identity.age"),
    show_default=True,
    help="fichier à créer",
)
@_PASSPHRASE
def keygen(output: Path, passphrase_file: Path | None) -> None:
    """Créer une identité protégée par une phrase secrète."""
    passphrase = _passphrase(passphrase_file, confirm=True)
    if len(passphrase) < _MIN_PASSPHRASE:
        raise DeskError(f"la phrase secrète doit avoir {_MIN_PASSPHRASE} caractères au moins")
    recipient = identities.make_identity(output, passphrase)
    click.echo(f"Identité écrite dans {output}. Gardez-la sur ce poste, avec une copie hors ligne.")
    click.echo("Clé publique à ajouter à « recipients » dans content/site.yaml :")
    click.echo(recipient)


@desk.command("list")
@_JSON
@click.pass_obj
def list_command(desk: Desk, as_json: bool) -> None:
    """Lister les dossiers, du plus ancien au plus récent."""
    with reading.opened_store(desk.settings.database) as store:
        rows = [_row(record) for record in store.all(desk.now)]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        status = STATUSES[row["status"]]
        click.echo(
            f"{row['reference']}  {row['kind']:<12} {status:<9} "
            f"reçu le {row['received_at'][:10]}, s’efface le {row['expires_at'][:10]}"
        )
    click.echo(f"{len(rows)} dossier{'s' if len(rows) > 1 else ''}")


@desk.command()
@click.argument("reference")
@_IDENTITY
@_PASSPHRASE
@_JSON
@click.pass_obj
def show(
    desk: Desk,
    reference: str,
    identity_file: Path | None,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Ouvrir un dossier et montrer ce qui a été écrit."""
    with reading.opened_store(desk.settings.database) as store:
        record = reading.find(store, reference, desk.now)
        identity = _identity(desk, identity_file, passphrase_file)
        payload = reading.read(store, record, identity)
    if as_json:
        click.echo(json.dumps(payload, ensure_ascii=False, indent=2))
        return
    click.echo(f"{payload['reference']} ({payload['kind']}), reçu le {payload['received_at']}")
    for label, value in labelled(payload["kind"], payload["answers"], desk.settings.assets):
        click.echo(f"\n{label}\n  " + value.replace("\n", "\n  "))


def _row(record: SealedSubmission) -> dict[str, str]:
    return {
        "reference": record.reference,
        "kind": record.kind,
        "status": str(record.status),
        "received_at": record.received_at.isoformat(),
        "expires_at": record.expires_at.isoformat(),
    }


def _identity(
    desk: Desk, identity_file: Path | None, passphrase_file: Path | None
) -> x25519.Identity:
    demo = desk.settings.state / identities.DEMO_IDENTITY
    is_demo = identity_file is None and demo.is_file()
    if identity_file is None and not is_demo:
        raise DeskError("dites où est votre identité avec --identity")
    if is_demo and passphrase_file is None and not sys.stdin.isatty():
        return identities.open_identity(demo, identities.DEMO_PASSPHRASE)
    hint = f" (démonstration : {identities.DEMO_PASSPHRASE})" if is_demo else ""
    return identities.open_identity(identity_file or demo, _passphrase(passphrase_file, hint=hint))


def _passphrase(file: Path | None, confirm: bool = False, hint: str = "") -> str:
    if file is not None:
        try:
            return file.read_text(encoding="utf-8").split("\n", 1)[0]
        except OSError as error:
            raise DeskError(f"« {file} » ne peut pas être lu") from error
    asked: str = click.prompt(
        f"Phrase secrète{hint}", hide_input=True, confirmation_prompt=confirm, err=True
    )
    return asked


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; expected failures have no traceback."""
    os.umask(0o077)
    try:
        desk.main(args=arguments, prog_name="reperes-desk", standalone_mode=False)
    except UnknownReferenceError as error:
        click.echo(f"reperes-desk : {error}", err=True)
        sys.exit(1)
    except StoreUnavailableError:
        click.echo("reperes-desk : la base des dossiers ne répond pas", err=True)
        sys.exit(2)
    except DeskError as error:
        click.echo(f"reperes-desk : {error}", err=True)
        sys.exit(2)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.exceptions.Abort:
        sys.exit(130)
