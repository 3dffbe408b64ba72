"""Where an agent works, and the options that several commands share."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from pyrage import x25519

from chalicelib.aws import AwsSettings
from chalicelib.http.assets import Assets
from chalicelib.routing.routing import DEFAULT, Readers, Routing
from chalicelib.settings import Settings
from reperes_desk import identity as identities
from reperes_desk.errors import DeskError

IDENTITY = click.option(
    "--identity",
    "identity_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="fichier de l’identité (par défaut : celle de la démonstration)",
)
PASSPHRASE = click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="fichier dont la première ligne est la phrase secrète",
)
JSON = click.option("--json", "as_json", is_flag=True, help="pour un autre programme")


@dataclass(frozen=True)
class Workplace:
    """The state folder or the table on AWS, the words, and the time of this command."""

    settings: Settings
    now: datetime
    aws: AwsSettings

    def identity(self, file: Path | None, passphrase_file: Path | None) -> x25519.Identity:
        """The identity to open records with.

        Raises:
            DeskError: none is named, or the passphrase does not open it.
        """
        demo = self.settings.state / identities.DEMO_IDENTITY
        is_demo = file is None and demo.is_file()
        if file is None and not is_demo:
            raise DeskError("dites où est votre identité avec --identity")
        if is_demo and passphrase_file is None and not sys.stdin.isatty():
            return identities.open_identity(demo, identities.DEMO_PASSPHRASE)
        hint = f" (démonstration : {identities.DEMO_PASSPHRASE})" if is_demo else ""
        typed = ask_passphrase(passphrase_file, hint=hint)
        return identities.open_identity(file or demo, typed)

    @property
    def routing(self) -> Routing:
        """Who reads what, as the last build on this machine says; nobody without a build."""
        if not (self.settings.assets / "settings.json").is_file():
            return Routing()
        demo = self.settings.demo_recipient
        key = demo.read_text(encoding="ascii").strip() if demo.is_file() else ""
        return Assets(self.settings.assets).settings.routing(key)

    def colleagues(self, identity: x25519.Identity, payload: dict[str, Any]) -> Readers:
        """Who reads what this agent adds to an opened record: its group, and themselves."""
        readers, own = self.routing.readers(route_of(payload)), str(identity.to_public())
        return readers if own in readers.keys else replace(readers, keys=(*readers.keys, own))


def route_of(payload: dict[str, Any]) -> str:
    """The route that a record took when it was received."""
    return str(payload.get("route", DEFAULT))


def ask_passphrase(file: Path | None, confirm: bool = False, hint: str = "") -> str:
    """The passphrase, from a file or from the keyboard, never shown."""
    if file is not None:
        try:
            return file.read_text(encoding="utf-8").split("\n", 1)[0]
        except OSError as error:
            raise DeskError(f"« {file} » ne peut pas être lu") from error
    asked: str = click.prompt(
        f"Phrase secrète{hint}", hide_input=True, confirmation_prompt=confirm, err=True
    )
    return asked
