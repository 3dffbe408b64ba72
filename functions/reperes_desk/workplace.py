"""Where an agent works, and the options that several commands share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial, wraps
from pathlib import Path
from typing import Any

import click
from pyrage import x25519

from chalicelib.aws import AwsSettings, table_store
from chalicelib.http.assets import Assets, SiteSettings
from chalicelib.intake.ports import SubmissionStore
from chalicelib.routing.routing import DEFAULT, Readers, Routing
from chalicelib.settings import Settings
from chalicelib.stores.sqlite import SqliteSubmissionStore
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
Unlock = Callable[[], x25519.Identity]


@dataclass(frozen=True)
class Workplace:
    """The state folder or the table on AWS, the words, and the time of this command."""

    settings: Settings
    now: datetime
    aws: AwsSettings
    agent: str = ""

    @contextmanager
    def opened_store(self) -> Iterator[SubmissionStore]:
        """The store of the state folder, or of the table on AWS.

        Raises:
            DeskError: nothing was ever received there, or it may not be looked into.
        """
        database = self.settings.database
        if not self.aws.table and not _is_there(database):
            raise DeskError(f"rien n’a encore été reçu dans « {database.parent} »")
        store = table_store(self.aws) if self.aws.table else SqliteSubmissionStore(database)
        try:
            yield store
        finally:
            store.close()

    @property
    def answer_within(self) -> timedelta:
        """How long a record may wait for an agent, as the last build says."""
        return self._site.answer_within

    def agent_name(self, identity: x25519.Identity) -> str:
        """Who works here, as they say; else the end of their public key."""
        return self.agent or f"clé …{str(identity.to_public())[-6:]}"

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
        demo = self.settings.demo_recipient
        key = demo.read_text(encoding="ascii").strip() if demo.is_file() else ""
        return self._site.routing(key)

    @property
    def _site(self) -> SiteSettings:
        folder = self.settings.assets
        if not (folder / "settings.json").is_file():
            return SiteSettings(mode="preparation")
        try:
            return Assets(folder).settings
        except (OSError, ValueError) as error:
            raise DeskError(f"« {folder / 'settings.json'} » ne peut pas être lu") from error

    def places_of(self, key: str) -> list[str]:
        """Where content/site.yaml names a public key."""
        site = self._site
        lists = {"recipients": site.recipients, "supervisors": site.supervisors}
        lists |= {f"routes › {route.name}": route.recipients for route in site.routes}
        return [name for name, keys in lists.items() if key in map(str.lower, keys)]

    def colleagues(self, identity: x25519.Identity, payload: dict[str, Any]) -> Readers:
        """Who reads what this agent adds to an opened record: its group, and themselves."""
        readers, own = self.routing.readers(route_of(payload)), str(identity.to_public())
        return readers if own in readers.keys else replace(readers, keys=(*readers.keys, own))


def unlocking(command: Callable[..., None]) -> Any:
    """Give a command the workplace, and `unlock`, which asks for the passphrase when called."""

    @wraps(command)
    def unpacked(
        desk: Workplace,
        *arguments: Any,
        identity_file: Path | None,
        passphrase_file: Path | None,
        **options: Any,
    ) -> None:
        unlock = partial(desk.identity, identity_file, passphrase_file)
        command(desk, *arguments, unlock=unlock, **options)

    given: Any = click.pass_obj(unpacked)
    return IDENTITY(PASSPHRASE(given))


def _is_there(file: Path) -> bool:
    try:
        return file.is_file()
    except OSError as error:
        raise DeskError(f"« {file.parent} » ne peut pas être lu avec votre compte") from error


def route_of(payload: dict[str, Any]) -> str:
    """The route that a record took when it was received."""
    return str(payload.get("route", DEFAULT))


def ask_passphrase(file: Path | None, confirm: bool = False, hint: str = "") -> str:
    """The passphrase, from a file or from the keyboard, never shown."""
    if file is not None:
        try:
            return file.read_text(encoding="utf-8").split("\n", 1)[0]
        except (OSError, UnicodeDecodeError) as error:
            raise DeskError(f"« {file} » ne peut pas être lu") from error
    asked: str = click.prompt(
        f"Phrase secrète{hint}", hide_input=True, confirmation_prompt=confirm, err=True
    )
    return asked
