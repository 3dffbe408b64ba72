"""The command behind `make package`. It only unpacks, calls and prints."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from reperes_package.archive import write_zip
from reperes_package.bytecode import compile_package
from reperes_package.contents import add_application, check_assets
from reperes_package.errors import PackageError
from reperes_package.target import Target, read_targets
from reperes_package.template import as_json, make_template, make_waf_template
from reperes_package.wheels import add_wheels

_FUNCTIONS = Path(__file__).parents[1]
_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--assets", type=_FOLDER, default=Path("build/functions"), show_default=True)
@click.option("--output", type=_FOLDER, default=Path("build/package"), show_default=True)
@click.option("--stage", default="prod", show_default=True, help="niveau de .chalice/config.json")
@click.option("--check", is_flag=True, help="vérifier la région et le niveau, ne rien construire")
def package(assets: Path, output: Path, stage: str, check: bool) -> None:
    """Préparer ce qu’AWS reçoit : une archive et un modèle pour chaque processeur."""
    targets = read_targets(os.environ, stage, _FUNCTIONS)
    if check:
        return
    settings = check_assets(assets)
    for target in targets:
        archive = build(target, assets, output / target.architecture)
        size_mb = archive.stat().st_size / 1e6
        click.echo(f"{archive} : {size_mb:.1f} Mo, {target.runtime}, {target.architecture}")
    waf = as_json(make_waf_template(_FUNCTIONS))
    (output / "waf.json").write_text(waf, encoding="utf-8")
    if settings.mode == "demo" and not settings.recipients:
        click.echo("Sans destinataire (content/site.yaml), les formulaires resteront fermés.")


def build(target: Target, assets: Path, output: Path) -> Path:
    """Make the archive and the template of one target; return the archive.

    Raises:
        PackageError: nothing was made for this target.
    """
    work = output / "work"
    shutil.rmtree(output, ignore_errors=True)
    work.mkdir(parents=True)
    try:
        add_application(_FUNCTIONS, assets, work)
        template = make_template(target, _FUNCTIONS, work)
        add_wheels(target, _FUNCTIONS / "requirements.txt", work, output / "wheels")
        compile_package(work)
        write_zip(work, output / "deployment.zip")
    except PackageError:
        shutil.rmtree(output)
        raise
    shutil.rmtree(work)
    shutil.rmtree(output / "wheels")
    (output / "template.json").write_text(as_json(template), encoding="utf-8")
    return output / "deployment.zip"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; 0 made, 2 cannot."""
    try:
        package.main(args=arguments, prog_name="reperes-package", standalone_mode=False)
    except PackageError as error:
        click.echo(f"reperes-package : {error}", err=True)
        sys.exit(2)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.exceptions.Abort:
        sys.exit(130)
