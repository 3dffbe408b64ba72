"""A built site, its server and a real browser, shared by the end-to-end tests."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from mail_world import Inbox, mail_server
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).parents[2]
TODAY = "2026-11-22"
# The same Chromium without its own windows opens a page in a third of the time.
_BROWSERS = (Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium"))
CHROMIUM = next((each for each in _BROWSERS if each.exists()), _BROWSERS[0])
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True)
class Portal:
    """A running portal.

    Attributes:
        url: Without a trailing slash.
        site: The built files.
        state: Where the server keeps its database and keys.
        log: Everything that the server printed.
    """

    url: str
    site: Path
    state: Path
    log: Path

    def desk(self, *arguments: str) -> str:
        """What `reperes-desk` prints, as an agent with the demo passphrase."""
        command = [sys.executable, "-m", "reperes_desk", "--state", str(self.state), *arguments]
        if arguments[0] == "show":
            passphrase = self.state.parent / "passphrase"
            passphrase.write_text("demonstration\n", encoding="utf-8")
            command += ["--passphrase-file", str(passphrase)]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """The real content, built on a fixed day and served on a free port."""
    folder = tmp_path_factory.mktemp("portal")
    for name in ("content", "data"):
        shutil.copytree(ROOT / name, folder / name)
    build = [sys.executable, "-m", "site_builder", "--project", str(folder)]
    subprocess.run([*build, "build", "--today", TODAY], check=True, cwd=folder)
    with _served(folder, "var") as served:
        yield served


@pytest.fixture(scope="session")
def inbox() -> Inbox:
    """What the mail server of `mailing_portal` received."""
    return Inbox()


@pytest.fixture(scope="session")
def mailing_portal(portal: Portal, inbox: Inbox) -> Iterator[Portal]:
    """The same site, served with a mail server beside it."""
    with mail_server(inbox) as port:
        environ = {
            "REPERES_SMTP_URL": f"smtp://127.0.0.1:{port}",
            "REPERES_SMTP_FROM": "ne-pas-repondre@exemple.fr",
        }
        with _served(portal.site.parents[1], "var-mail", environ) as served:
            yield served


@contextmanager
def _served(folder: Path, state: str, environ: Mapping[str, str] | None = None) -> Iterator[Portal]:
    """The build of `folder`, served on a free port."""
    log = folder / f"{state}.log"
    port = _free_port()
    command = [sys.executable, "-m", "reperes_server", "--port", str(port)]
    command += ["--site", str(folder / "build/site"), "--state", str(folder / state)]
    command += ["--assets", str(folder / "build/functions")]
    with (
        log.open("w", encoding="utf-8") as output,
        subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=output,
            text=True,
            env={**os.environ, **(environ or {}), "PYTHONUNBUFFERED": "1"},
        ) as server,
    ):
        assert server.stdout is not None
        for line in server.stdout:  # it says when it really listens
            output.write(line)
            if "Repères est prêt" in line:
                break
        else:
            pytest.fail(f"the server stopped:\n{log.read_text(encoding='utf-8')}")
        yield Portal(f"http://127.0.0.1:{port}", folder / "build/site", folder / state, log)
        server.terminate()
        output.write(server.stdout.read())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    if not CHROMIUM.exists():
        pytest.skip("Chromium is absent: see tests/install_chromium.sh")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM), headless=True, args=CHROMIUM_FLAGS
        )
        yield browser
        browser.close()


class AxeReport:
    """What axe said of each page, for those who do not read tests."""

    def __init__(self) -> None:
        self._axe = Axe()
        self._rows = ["page\tscheme\tviolations\trules passed\tto look at by hand"]

    def violations(self, page: Page, kind: str, scheme: str) -> list[tuple[str, list[str]]]:
        """Rules that the page breaks, with the elements."""
        said = self._axe.run(page).response
        unsure = " ".join(rule["id"] for rule in said["incomplete"])
        counts = f"{len(said['violations'])}\t{len(said['passes'])}"
        self._rows.append(f"{kind}\t{scheme}\t{counts}\t{unsure}")
        return [
            (rule["id"], [node["html"][:120] for node in rule["nodes"]])
            for rule in said["violations"]
        ]

    def write(self, file: Path) -> None:
        """A table, one page a line."""
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(self._rows) + "\n", encoding="utf-8")


@pytest.fixture(scope="session")
def axe_report() -> Iterator[AxeReport]:
    """Written to build/reports/axe.tsv when the tests end."""
    report = AxeReport()
    yield report
    report.write(ROOT / "build" / "reports" / "axe.tsv")


@pytest.fixture
def phone(browser: Browser, portal: Portal) -> Iterator[BrowserContext]:
    """A small phone whose owner lets scripts run."""
    context = _phone(browser, portal, scripts=True)
    yield context
    context.close()


@pytest.fixture
def plain_phone(browser: Browser, portal: Portal) -> Iterator[BrowserContext]:
    """A small phone without JavaScript."""
    context = _phone(browser, portal, scripts=False)
    yield context
    context.close()


def _phone(browser: Browser, portal: Portal, *, scripts: bool) -> BrowserContext:
    context = browser.new_context(
        base_url=portal.url,
        viewport={"width": 360, "height": 740},
        java_script_enabled=scripts,
        locale="fr-FR",
    )
    context.set_default_timeout(10_000)
    return context
