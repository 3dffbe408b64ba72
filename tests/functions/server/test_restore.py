"""The restore of docs/deployment.md, with its own commands: a sealed record opens at the end."""

import http.client
import re
import shutil
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from urllib.parse import urlencode

import pytest
from intake_world import FORM_TYPE, SIGNALEMENT, make_assets

from reperes_desk.identity import DEMO_IDENTITY, DEMO_PASSPHRASE


@pytest.fixture
def folder(tmp_path):
    make_assets(tmp_path / "assets", mode="demo", recipients=[])
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("<h1>Accueil</h1>")
    return tmp_path


@contextmanager
def serving(folder):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "reperes_server", "--port", str(port)]
    for name in ("site", "assets", "state"):
        command += [f"--{name}", str(folder / name)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        said = [server.stdout.readline() for _ in range(4)]
        assert "http://" in said[3]
        try:
            yield port
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=10)


def post(port, form, **fields):
    body = urlencode(fields).encode()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("POST", f"/api/{form}", body, {"Content-Type": FORM_TYPE})
    page = connection.getresponse().read().decode()
    connection.close()
    return page


def sent(port):
    """Reference and code of a new record."""
    checked = post(port, "signalement", **SIGNALEMENT, action="verifier")
    token = re.search(r'name="token" value="([^"]+)"', checked)[1]
    page = post(port, "signalement", **SIGNALEMENT, action="confirmer", token=token)
    return re.search(r"data-reference>([^<]+)<", page)[1], re.search(r"data-code>([^<]+)<", page)[1]


def run(*command):
    done = subprocess.run(
        [sys.executable, "-m", *map(str, command)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_after_a_restore_agents_open_the_record_and_the_person_comes_back_with_the_code(folder):
    state, copy = folder / "state", folder / "copy.sqlite"
    with serving(folder) as port:
        reference, code = sent(port)
        run("reperes_server.backup", "--state", state, copy)
        after_the_copy, _ = sent(port)
    for file in state.glob("submissions.sqlite*"):
        file.unlink()

    shutil.copy(copy, state / "submissions.sqlite")
    with serving(folder) as port:
        (folder / "passphrase").write_text(f"{DEMO_PASSPHRASE}\n")
        key = ["--identity", state / DEMO_IDENTITY, "--passphrase-file", folder / "passphrase"]
        desk = ["reperes_desk", "--state", state, "--assets", folder / "assets"]
        shown = run(*desk, "show", reference, *key)
        listed = run(*desk, "list")

        assert SIGNALEMENT["facts"] in shown.replace("\n", " ")
        assert reference in listed and after_the_copy not in listed
        assert reference in post(port, "suivi", code=code)
        assert sent(port)[0] != reference
