"""`python -m reperes_server.backup`: a whole copy of the store while it is being written."""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import click

from chalicelib.settings import Settings
from reperes_server.errors import ServerError


def back_up(database: Path, output: Path) -> int:
    """Copy `database` to the new file `output` (0600); the number of records in the copy.

    K is not copied: without it, whoever has a check page open checks once more, and
    nothing is lost.

    Raises:
        ServerError: nothing to copy, or nowhere to write.
    """
    if not database.is_file():
        raise ServerError(f"« {database} » manque : rien n’a encore été reçu")
    try:
        os.close(os.open(output, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise ServerError(f"« {output} » existe déjà ou ne peut pas être écrit") from error
    try:
        with closing(sqlite3.connect(database)) as live, closing(sqlite3.connect(output)) as copy:
            live.backup(copy)
            copy.execute("pragma journal_mode=delete")
            (wrong,) = copy.execute("pragma integrity_check").fetchone()
            (count,) = copy.execute("select count(*) from submission").fetchone()
    except sqlite3.Error as error:
        output.unlink()
        raise ServerError(f"« {database} » ne peut pas être copiée") from error
    if wrong != "ok":
        raise ServerError(f"« {output} » est abîmée : gardez la précédente et prévenez")
    return int(count)


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--state",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="REPERES_STATE",
    default=Path("var"),
    show_default=True,
)
@click.argument("output", type=click.Path(path_type=Path, dir_okay=False))
def backup(state: Path, output: Path) -> None:
    """Copier les dossiers scellés dans le nouveau fichier OUTPUT, sans arrêter le serveur."""
    try:
        count = back_up(Settings(Path(), state).database, output)
    except ServerError as error:
        click.echo(f"reperes-server : {error}", err=True)
        sys.exit(2)
    click.echo(f"{output} : {count} dossier{'s' if count > 1 else ''}.")


if __name__ == "__main__":
    os.umask(0o077)
    backup()
