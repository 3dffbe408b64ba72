"""The real server on the loopback for the benches: one agent, real pages, real tokens."""

from __future__ import annotations

import gzip
import json
import os
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlencode

from pyrage import x25519

from bench.rows import ROOT
from chalicelib.forms import answers
from chalicelib.intake import token
from chalicelib.intake.ports import SealedSubmission
from chalicelib.settings import Settings
from chalicelib.signalement.model import FORM
from chalicelib.stores.key_file import KeyFile
from chalicelib.stores.sqlite import SqliteSubmissionStore
from site_builder.contacts import load_contacts
from site_builder.forms.words import load_words
from site_builder.functions_assets import functions_assets, write_assets
from site_builder.project import Project
from site_builder.settings import load_settings
from site_builder.stations.choices import station_list
from site_builder.theme import Theme

HOST = "127.0.0.1"
_DAY = date(2026, 11, 22)
_FIELDS = {
    "theme": ["deal"],
    "facts": ["Un point de vente tous les soirs sous le porche de l’immeuble. " * 8],
    "commune": ["Villeurbanne"],
    "place": ["derrière l’arrêt de tram"],
    "when": ["ongoing"],
    "follow_up": ["yes"],
}
_TICKS_S = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """A running server and the folders it works on."""

    folder: Path
    port: int
    process: subprocess.Popen[str]

    @property
    def state(self) -> Path:
        """Where it stores."""
        return self.folder / "state"

    def cpu_s(self) -> float:
        """Processor seconds since its start, user and system."""
        fields = self._proc("stat").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS_S

    def rss_mib(self) -> float:
        """Memory that it holds."""
        return int(self._proc("statm").split()[1]) * resource.getpagesize() / 2**20

    def descriptors(self) -> int:
        """Open files and sockets."""
        return len(list(Path(f"/proc/{self.process.pid}/fd").iterdir()))

    def _proc(self, name: str) -> str:
        return Path(f"/proc/{self.process.pid}/{name}").read_text()


@contextmanager
def folder() -> Iterator[Path]:
    """A folder with what the build gives to the server; gone afterwards."""
    made = Path(tempfile.mkdtemp(prefix="reperes-bench-"))
    try:
        _write_assets(made)
        (made / "state").mkdir()
        yield made
    finally:
        shutil.rmtree(made)


def start(
    where: Path, port: int = 0, prefix: Sequence[str] = (), module: str = "reperes_server"
) -> Server:
    """The command `reperes-server` in intake mode, ready to answer."""
    port = port or free_port()
    command = [*prefix, sys.executable, "-m", module, "--port", str(port)]
    for name in ("site", "assets", "state"):
        command += [f"--{name}", str(where / name)]
    no_limit = {"REPERES_REQUESTS_PER_MINUTE": "0", "REPERES_SUBMISSIONS_PER_MINUTE": "0"}
    process = subprocess.Popen(
        command, env={**os.environ, **no_limit}, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert process.stdout is not None
    assert "http://" in process.stdout.readline(), "the server did not start"
    return Server(where, port, process)


def stop(server: Server) -> None:
    """End it as systemd does."""
    server.process.terminate()
    server.process.wait()
    assert server.process.stdout is not None
    server.process.stdout.close()


@contextmanager
def running() -> Iterator[Server]:
    """A server for one bench."""
    with folder() as where:
        server = start(where)
        try:
            yield server
        finally:
            stop(server)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def bodies(state: Path, now: datetime | None = None) -> Iterator[bytes]:
    """Confirmations of different check pages, signed with the key of the server."""
    now = now or datetime.now(UTC)
    key = KeyFile(Settings(Path(), state).signing_keys, os.urandom)(now).current
    read = answers.read(FORM.model, _FIELDS, _DAY)
    canonical = answers.canonical(read)
    fields = urlencode(answers.flat(FORM.model, read), doseq=True)
    while True:
        issued = token.issue(key, FORM.name, os.urandom(32), now, canonical)
        yield f"{fields}&action=confirmer&token={issued}".encode()


def request(body: bytes, encoding: bytes = b"identity") -> bytes:
    """The bytes of one confirmation, from a client that takes this encoding."""
    return (
        b"POST /api/signalement HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: %s\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n"
        b"Content-Length: %d\r\n\r\n%s" % (encoding, len(body), body)
    )


def is_whole(answer: bytes) -> bool:
    """Whether all bytes of an answer have come."""
    head, found, body = answer.partition(b"\r\n\r\n")
    if not found:
        return False
    length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
    return len(body) == length


def is_acknowledged(answer: bytes) -> bool:
    """Whether a whole answer is an acknowledgement with its reference."""
    head, _, body = answer.partition(b"\r\n\r\n")
    if b"Content-Encoding: gzip" in head:
        body = gzip.decompress(body)
    return b" 200 " in answer[:20] and b"data-reference" in body


def stored(database: Path) -> list[SealedSubmission]:
    """Every record, whatever its age."""
    store = SqliteSubmissionStore(database)
    records = list(store.all(datetime.fromtimestamp(0, UTC)))
    store.close()
    return records


def percentile(values: Sequence[float], share: float) -> float:
    """Of sorted values."""
    return values[min(len(values) - 1, int(len(values) * share))]


def _write_assets(where: Path) -> None:
    """The real shell, headers and words; one agent; a site of one page."""
    project = Project(ROOT)
    site, _ = load_settings(project)
    contacts, _ = load_contacts(project.content / "contacts.yaml")
    words, _ = load_words(project.content)
    assert site is not None
    theme = Theme(site, contacts, _DAY)
    outputs = [*functions_assets(theme, site, words), station_list([])]
    write_assets(outputs, where / "assets")
    settings = where / "assets" / "settings.json"
    recipient = str(x25519.Identity.generate().to_public())
    intake = {**json.loads(settings.read_text()), "mode": "intake", "recipients": [recipient]}
    settings.write_text(json.dumps(intake))
    (where / "site").mkdir()
    (where / "site" / "index.html").write_text("<h1>Accueil</h1>")
