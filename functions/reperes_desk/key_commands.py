"""Commands on keys: `keygen`, `rotate`, `reseal`."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click
from pyrage import x25519

from chalicelib.routing.routing import Routing
from reperes_desk import identity as identities
from reperes_desk.errors import DeskError, UnfinishedError
from reperes_desk.printing import say, to_json
from reperes_desk.resealing import Tally, reseal, things_of
from reperes_desk.workplace import (
    JSON,
    PASSPHRASE,
    Unlock,
    Workplace,
    ask_passphrase,
    unlocking,
)

_MIN_PASSPHRASE = 12
_OUTPUT = click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("agent-identity.age"),
    show_default=True,
    help="fichier à créer",
)


@click.command()
@_OUTPUT
@PASSPHRASE
def keygen(output: Path, passphrase_file: Path | None) -> None:
    """Créer une identité protégée par une phrase secrète."""
    recipient = _made(output, passphrase_file)
    click.echo("Clé publique à ajouter à « recipients » dans content/site.yaml :")
    click.echo(recipient)


@click.command()
@_OUTPUT
@click.option(
    "--new-passphrase-file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="fichier dont la première ligne est la phrase secrète de la nouvelle identité",
)
@unlocking
def rotate(desk: Workplace, output: Path, new_passphrase_file: Path | None, unlock: Unlock) -> None:
    """Remplacer votre identité par une nouvelle, et dire ce qui reste à faire."""
    old = str(unlock().to_public())
    new = _made(output, new_passphrase_file)
    where = ", ".join(desk.places_of(old))
    click.echo(f"\n1. Dans content/site.yaml ({where or 'où votre clé ne figure pas'}), remplacez")
    click.echo(f"     {old}\n   par\n     {new}")
    click.echo("2. Construisez et déployez : « make build », puis redémarrez le serveur.")
    click.echo("3. Avec l’ancienne identité : « reperes-desk reseal --identity ANCIENNE ».")
    click.echo("4. Avec la nouvelle, ouvrez un dossier : « reperes-desk show RÉFÉRENCE ».")
    click.echo(
        "5. Gardez l’ancienne hors ligne tant qu’une sauvegarde d’avant existe, puis détruisez-la."
    )


@click.command("reseal")
@click.option("--yes", is_flag=True, help="sans demander confirmation")
@JSON
@unlocking
def reseal_command(desk: Workplace, yes: bool, as_json: bool, unlock: Unlock) -> None:
    """Sceller à nouveau tout ce que votre identité ouvre, pour les clés d’aujourd’hui."""
    routing = desk.routing
    if not routing.default:
        raise DeskError(
            f"aucune clé dans « {desk.settings.assets} » : construisez le site avec « recipients »"
        )
    with desk.opened_store() as store:
        identity = unlock()
        if not yes:
            _confirm(routing, identity)
        records = list(store.all(desk.now))
        tally = Tally()
        with click.progressbar(records, label="Dossiers", file=sys.stderr) as shown:
            for record in shown:
                for thing in things_of(store, record, desk.now):
                    reseal(thing, identity, routing, tally)
        store.purge(desk.now)  # what was replaced leaves the log of the database too
    click.echo(to_json(asdict(tally)) if as_json else _sentence(tally))
    if tally.strange or tally.changed:
        raise UnfinishedError("il reste des éléments : relancez la commande")


COMMANDS = (keygen, rotate, reseal_command)


def _made(output: Path, passphrase_file: Path | None) -> str:
    """A new identity in `output`; its public key."""
    passphrase = ask_passphrase(passphrase_file, confirm=True)
    if len(passphrase) < _MIN_PASSPHRASE:
        raise DeskError(f"la phrase secrète doit avoir {_MIN_PASSPHRASE} caractères au moins")
    recipient = identities.make_identity(output, passphrase)
    click.echo(f"Identité écrite dans {output}. Gardez-la sur ce poste, avec une copie hors ligne.")
    return recipient


def _confirm(routing: Routing, identity: x25519.Identity) -> None:
    """Whoever reads afterwards is shown first: sealing to a wrong key cannot be undone."""
    for name in routing.names:
        say(f"{name or 'par défaut'} :", err=True)
        for key in routing.readers(name).keys:
            say(f"  {key}", err=True)
    own = str(identity.to_public())
    if not any(own in routing.readers(name).keys for name in routing.names):
        say("Après cela, l’identité que vous utilisez n’ouvrira plus rien.", err=True)
    asked = click.prompt(
        "Sceller à nouveau pour ces clés ?", type=click.Choice(["oui", "non"]), err=True
    )
    if asked != "oui":
        raise click.Abort


def _sentence(tally: Tally) -> str:
    said = [
        f"{tally.resealed} scellés à nouveau",
        f"{tally.current} déjà à jour",
        f"{tally.closed} que cette identité n’ouvre pas",
    ]
    if tally.changed:
        said.append(f"{tally.changed} changés ou effacés pendant ce temps")
    if tally.strange:
        said.append(f"{tally.strange} qui ne sont pas ce qu’ils annoncent : prévenez l’exploitant")
    return f"Éléments (dossiers, messages, fichiers, journal) : {', '.join(said)}."
