"""Kept pages when the network is slow, when the site changes, and when the site is installed."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Server:
    """A server of its own: these tests stop it and change what it serves."""

    url: str
    site: Path
    process: subprocess.Popen

    def stop(self) -> None:
        """Nobody answers any more."""
        self.process.terminate()
        self.process.wait()


@pytest.fixture
def server(portal, tmp_path):
    site = shutil.copytree(portal.site, tmp_path / "site")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "reperes_server", "--autorefresh", "--port", str(port)]
    command += ["--site", str(site), "--assets", str(portal.site.parent / "functions")]
    command += ["--state", str(tmp_path / "var")]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert any("Repères est prêt" in line for line in process.stdout)
        yield Server(f"http://127.0.0.1:{port}", site, process)
        if process.poll() is None:
            process.send_signal(signal.SIGCONT)
            process.terminate()


@pytest.fixture
def page(server, browser):
    context = browser.new_context(base_url=server.url, locale="fr-FR")
    yield context.new_page()
    context.close()


def keep(page: Page, departement: str) -> None:
    page.goto("/hors-ligne/")
    page.select_option("#departement", departement)
    page.get_by_role("button", name="Garder hors ligne").click()
    expect(page.get_by_role("status")).to_have_text("C’est gardé sur cet appareil.")


def test_a_network_that_does_not_answer_gives_the_kept_page_in_a_few_seconds(page, server):
    keep(page, "")
    server.process.send_signal(signal.SIGSTOP)  # connections open, nothing comes back

    started = time.monotonic()
    page.goto("/urgences/", wait_until="commit")
    expect(page.locator("h1")).to_have_text("Numéros d’urgence et d’aide")

    assert 2 < time.monotonic() - started < 8


def wait_until(page: Page, promise: str) -> None:
    """Ask the page again and again; `wait_for_function` does not wait for promises."""
    for _ in range(100):
        if page.evaluate(promise):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"still not true: {promise}")


def publish_another_version(site: Path) -> None:
    """What a new build does: another bundle at another address, and a worker that names it."""
    (old,) = (site / "hors-ligne").glob("pages.*.json")
    bundle = json.loads(old.read_bytes())
    text = bundle["files"]["/urgences/"]
    bundle["files"]["/urgences/"] = text.replace("Numéros d’urgence et d’aide", "Numéros de demain")
    new = old.with_name("pages.0123456789.json")
    new.write_text(json.dumps(bundle), encoding="utf-8")
    worker = site / "service-worker.js"
    script = worker.read_text(encoding="utf-8").replace(old.name, new.name)
    worker.write_text(script, encoding="utf-8")
    old.unlink()


def test_a_new_version_replaces_the_pages_and_keeps_the_departement(page, server):
    keep(page, "33")
    publish_another_version(server.site)

    page.goto("/hors-ligne/")  # a visit makes the browser look for a new version
    wait_until(page, "caches.keys().then((names) => names.length === 2 && /0123/.test(names))")
    server.stop()

    page.goto("/urgences/")
    expect(page.locator("h1")).to_have_text("Numéros de demain")
    page.goto("/stations/33/")
    expect(page.locator("h1")).to_contain_text("Gironde")


def test_a_new_version_that_cannot_be_fetched_leaves_the_one_before(page, server):
    keep(page, "33")
    publish_another_version(server.site)
    (server.site / "hors-ligne/pages.0123456789.json").unlink()

    page.goto("/hors-ligne/")
    page.evaluate(
        """() => navigator.serviceWorker.getRegistration()
            .then((registration) => registration.update()).catch(() => {})"""
    )
    installing = "navigator.serviceWorker.getRegistration().then((one) => one.installing === null)"
    wait_until(page, installing)
    server.stop()

    page.goto("/urgences/")
    expect(page.locator("h1")).to_have_text("Numéros d’urgence et d’aide")
    assert page.evaluate("caches.keys().then((names) => names.length)") == 2


def test_chromium_would_install_the_site(page):
    page.goto("/hors-ligne/")
    session = page.context.new_cdp_session(page)

    found = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    manifest = session.send("Page.getAppManifest")

    answer = page.request.get("/manifest.webmanifest")
    assert answer.headers["content-type"] == "application/manifest+json"
    assert manifest["errors"] == []
    # A private window, which is what a test browser opens, never installs: nothing else is wrong.
    assert [error["errorId"] for error in found if error["errorId"] != "in-incognito"] == []
