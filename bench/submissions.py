"""Confirmed submissions per second, through the real server with SQLite FULL, and cold import."""

from __future__ import annotations

import json
import os
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlencode

from pyrage import x25519

from bench.rows import ROOT, Row, python, seconds
from chalicelib.forms import answers
from chalicelib.intake import token
from chalicelib.settings import Settings
from chalicelib.signalement.model import FORM
from chalicelib.stores.key_file import KeyFile
from chalicelib.stores.sqlite import SqliteSubmissionStore
from site_builder.contacts import load_contacts
from site_builder.forms.words import load_words
from site_builder.functions_assets import functions_assets, write_assets
from site_builder.project import Project, load_settings
from site_builder.theme import Theme

CLIENTS = (1, 8, 32)
RUN_S = 4.0
WARM_UP_S = 0.5
_DAY = date(2026, 11, 22)
_FIELDS = {
    "theme": ["deal"],
    "facts": ["Un point de vente tous les soirs sous le porche de l’immeuble. " * 8],
    "commune": ["Villeurbanne"],
    "place": ["derrière l’arrêt de tram"],
    "when": ["ongoing"],
    "follow_up": ["yes"],
}


def measure() -> list[Row]:
    """Throughput and tail at 1, 8 and 32 clients; then how long a new process takes."""
    rows: list[Row] = []
    with _server() as (port, state):
        bodies = _bodies(state)
        acknowledged = 0
        for clients in CLIENTS:
            sent, latencies, took_s = _load(port, clients, bodies)
            acknowledged += sent
            label = f"confirmed submissions/s, {clients} client{'s' * (clients > 1)}"
            rows.append((label, f"{len(latencies) / took_s:.0f}  {_percentiles(latencies)}"))
    # Every acknowledged submission is in the store, once; the server is gone by now.
    store = SqliteSubmissionStore(state / "submissions.sqlite")
    stored = sum(1 for _ in store.all(datetime.now(UTC)))
    store.close()
    shutil.rmtree(state.parent)
    assert stored == acknowledged, (stored, acknowledged)
    rows.append(("acknowledged = stored", f"{stored}"))
    code = "import sys; sys.path.insert(0, 'functions'); import app"
    rows.append(("cold import of app.py, whole process", seconds(python("-c", code), runs=5)))
    rows.append(("the same for Python alone", seconds(python("-c", "pass"), runs=5)))
    return rows


@contextmanager
def _server() -> Iterator[tuple[int, Path]]:
    """The command `reperes-server` in intake mode; (port, state folder), which is kept."""
    folder = Path(tempfile.mkdtemp(prefix="reperes-bench-"))
    _write_assets(folder)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    state = folder / "state"
    command = [sys.executable, "-m", "reperes_server", "--site", str(folder / "site")]
    command += ["--assets", str(folder / "assets"), "--state", str(state), "--port", str(port)]
    no_limit = {"REPERES_REQUESTS_PER_MINUTE": "0", "REPERES_SUBMISSIONS_PER_MINUTE": "0"}
    with subprocess.Popen(
        command, env={**os.environ, **no_limit}, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        assert "http://" in server.stdout.readline()
        try:
            yield port, state
        finally:
            server.terminate()
            server.wait()


def _write_assets(folder: Path) -> None:
    """The real shell, headers and words; one agent; a site of one page."""
    project = Project(ROOT)
    site, _ = load_settings(project)
    contacts, _ = load_contacts(project.content / "contacts.yaml")
    words, _ = load_words(project.content)
    assert site is not None
    theme = Theme(site, contacts, _DAY)
    write_assets(functions_assets(theme, site, words), folder / "assets")
    settings = folder / "assets" / "settings.json"
    recipient = str(x25519.Identity.generate().to_public())
    intake = {**json.loads(settings.read_text()), "mode": "intake", "recipients": [recipient]}
    settings.write_text(json.dumps(intake))
    (folder / "site").mkdir()
    (folder / "site" / "index.html").write_text("<h1>Accueil</h1>")


def _bodies(state: Path) -> Iterator[bytes]:
    """Confirmations of different check pages, signed with the key of the server."""
    settings = Settings(Path(), state)
    now = datetime.now(UTC)
    key = KeyFile(settings.signing_keys, os.urandom)(now).current
    read = answers.read(FORM.model, _FIELDS, _DAY)
    canonical = answers.canonical(read)
    fields = urlencode(answers.flat(FORM.model, read), doseq=True)
    while True:
        issued = token.issue(key, FORM.name, os.urandom(32), now, canonical)
        yield f"{fields}&action=confirmer&token={issued}".encode()


def _load(port: int, clients: int, bodies: Iterator[bytes]) -> tuple[int, list[float], float]:
    """Each client sends its next confirmation when the last one is acknowledged.

    Returns:
        How many were acknowledged in all, the latencies in ms after the warm-up, and
        the seconds during which these were measured.
    """
    poll = select.epoll()
    links = [socket.create_connection(("127.0.0.1", port)) for _ in range(clients)]
    by_number = {link.fileno(): link for link in links}
    received, sent_at = dict.fromkeys(by_number, b""), dict.fromkeys(by_number, 0.0)
    for number, link in by_number.items():
        poll.register(number, select.EPOLLIN)
        link.sendall(_request(next(bodies)))
        sent_at[number] = time.perf_counter()
    started = time.perf_counter()
    count, waiting, latencies = 0, clients, []
    while waiting:
        for number, _ in poll.poll():
            received[number] += by_number[number].recv(262_144)
            if not _is_whole(received[number]):
                continue
            now = time.perf_counter()
            assert b" 200 " in received[number][:20], received[number][:200]
            assert b"data-reference" in received[number]
            count += 1
            if now - started > WARM_UP_S:
                latencies.append((now - sent_at[number]) * 1000)
            received[number] = b""
            if now - started < RUN_S:
                by_number[number].sendall(_request(next(bodies)))
                sent_at[number] = time.perf_counter()
            else:
                waiting -= 1
    took_s = time.perf_counter() - started - WARM_UP_S
    for link in links:
        link.close()
    return count, latencies, took_s


def _request(body: bytes) -> bytes:
    return (
        b"POST /api/signalement HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n"
        b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
    )


def _is_whole(answer: bytes) -> bool:
    head, found, body = answer.partition(b"\r\n\r\n")
    if not found:
        return False
    length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
    return len(body) == length


def _percentiles(latencies: list[float]) -> str:
    ordered = sorted(latencies)
    p50, p99 = (ordered[int(len(ordered) * share)] for share in (0.50, 0.99))
    return f"(p50 {p50:.1f} ms, p99 {p99:.1f} ms)"
