"""The command `reperes-server`. It only unpacks, calls and prints."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any

import click

from chalicelib.application import FORMS, make_app, make_services
from chalicelib.errors import StoreUnavailableError
from chalicelib.http.assets import AssetsError
from chalicelib.http.services import Services
from chalicelib.mail.ports import MailError
from chalicelib.settings import Settings, SettingsError, load_settings
from reperes_desk.errors import DeskError
from reperes_desk.identity import DEMO_IDENTITY, DEMO_PASSPHRASE, make_demo_identity
from reperes_server.documents import bounded_writer
from reperes_server.errors import ServerError
from reperes_server.gateway import GatewayApp, ThreadedChalice
from reperes_server.housekeeping import start_purging
from reperes_server.serving import make_server
from reperes_server.static import HeadersApp, SiteApp

_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--site", type=_FOLDER, default=Path("build/site"), show_default=True)
@click.option("--assets", type=_FOLDER, default=Path("build/functions"), show_default=True)
@click.option(
    "--state", type=_FOLDER, envvar="REPERES_STATE", default=Path("var"), show_default=True
)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--autorefresh", is_flag=True, help="relire les fichiers à chaque demande")
def server(site: Path, assets: Path, state: Path, host: str, port: int, autorefresh: bool) -> None:
    """Servir le site construit et recevoir les formulaires."""
    environment = load_settings(os.environ)
    settings = replace(environment, assets=assets, state=state, autorefresh=autorefresh)
    serve(site, settings, host, port)


def serve(site: Path, settings: Settings, host: str, port: int) -> None:
    """Serve until SIGTERM or Ctrl-C.

    Raises:
        ServerError, DeskError, StoreUnavailableError: it cannot start.
    """
    for needed in (site / "index.html", settings.assets / "settings.json"):
        if not needed.is_file():
            raise ServerError(f"« {needed} » manque : lancez d’abord « reperes build »")
    services = replace(make_services(settings), write_pdf=bounded_writer())
    listening = make_server(make_wsgi(site, settings, services), services, host, port)
    try:
        _prepare(settings, services)
        stop_purging = start_purging(services)
        # Nothing made so far can be collected, and a request makes thousands of objects but
        # few cycles: looking for them took a tenth of the processor, and stopped everybody.
        gc.freeze()
        gc.set_threshold(5_000, 20, 20)
        signal.signal(signal.SIGTERM, _stop)
        click.echo(f"Repères est prêt : http://{host}:{port}/")
        listening.run()
        stop_purging()
    finally:
        listening.close()


def make_wsgi(site: Path, settings: Settings, services: Services) -> Any:
    """Everything that is served, as one WSGI application."""
    api = GatewayApp(make_app(services, ThreadedChalice), services)
    return HeadersApp(SiteApp(api, site, settings.autorefresh), services)


def _prepare(settings: Settings, services: Services) -> None:
    """Keys and recipients; in demo mode, an identity that anyone may open."""
    try:
        services.assets().read_all(form.name for form in FORMS)
    except AssetsError as error:
        raise ServerError(
            f"« {settings.assets} » a été fait par une autre version : relancez « reperes build »"
        ) from error
    site = services.assets().settings
    if wrong := services.assets().wrong_readers():
        raise ServerError(f"{wrong} (content/site.yaml)")
    # Read in intake mode only: it is read once, and in demo mode the key is made below.
    held = map(str.lower, site.all_keys())
    if site.mode == "intake" and services.demo_recipient().lower() in held:
        raise ServerError("la clé de démonstration ne peut pas servir en mode intake")
    services.store()
    services.keys(services.clock())
    if site.mode == "demo":
        make_demo_identity(settings.state)
        click.echo("Démonstration : personne ne lit ce qui est envoyé.")
        click.echo(
            f"  Pour lire comme un agent : reperes-desk --state {settings.state} list, puis show.\n"
            f"  Identité {settings.state / DEMO_IDENTITY}, phrase secrète « {DEMO_PASSPHRASE} »."
        )


def _stop(signum: int, frame: FrameType | None) -> None:
    raise SystemExit(0)


def _leave_no_core() -> None:
    """A crash must not write memory, with what people are sending, to the disk."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _stay_on_one_core() -> None:
    """One thread of Python computes at a time: handing over to another core only costs.

    It took a quarter of the processor under load. Of the cores that the operator leaves to
    this process (`taskset`, `CPUAffinity=`), the last one is taken.
    """
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; 0 stopped, 2 cannot start."""
    os.umask(0o077)
    _leave_no_core()
    _stay_on_one_core()
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr] # a real stdout
    try:
        server.main(args=arguments, prog_name="reperes-server", standalone_mode=False)
    except (ServerError, DeskError, MailError, SettingsError) as error:
        click.echo(f"reperes-server : {error}", err=True)
        sys.exit(2)
    except StoreUnavailableError:
        click.echo("reperes-server : le dossier d’état ne peut pas être écrit", err=True)
        sys.exit(2)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.exceptions.Abort, KeyboardInterrupt):
        sys.exit(130)
