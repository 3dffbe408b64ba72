"""The command `reperes`, for editors and operators. It only unpacks, calls and prints."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import click

from site_builder.errors import ContentRefusedError, SiteBuilderError
from site_builder.project import find_project

# Command → where it is. Each is imported when it is asked for: a build needs no importer.
_COMMANDS = {
    "build": "build_cli:build_command",
    "check": "check_cli:check_command",
    "new": "new_cli:new_group",
    "serve": "serve_cli:serve_command",
    "stations": "stations_cli:stations_group",
}


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, name = _COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(import_module(f"site_builder.{module}"), name)
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--project",
    "folder",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="dossier du projet (par défaut : celui-ci ou un dossier au-dessus)",
)
@click.pass_context
def reperes(context: click.Context, folder: Path | None) -> None:
    """Construire, vérifier et montrer le site Repères."""
    context.obj = find_project((folder or Path.cwd()).resolve())


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; 0 fine, 1 content problems, 2 the tool cannot go on."""
    try:
        reperes.main(args=arguments, prog_name="reperes", standalone_mode=False)
    except ContentRefusedError as error:
        if str(error):
            click.echo(str(error), err=True)
        click.echo("Rien n’a été publié : corrigez ces points, puis recommencez.", err=True)
        sys.exit(1)
    except SiteBuilderError as error:
        click.echo(f"reperes : {error}", err=True)
        sys.exit(2)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.exceptions.Abort:
        sys.exit(130)
