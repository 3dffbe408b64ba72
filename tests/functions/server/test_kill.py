"""`kill -9` while people send: nothing acknowledged is lost, nothing is there twice."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from intake_world import AGENT, FORM_TYPE, SIGNALEMENT, make_assets

from chalicelib.forms import answers
from chalicelib.intake import seal, token
from chalicelib.settings import Settings
from chalicelib.signalement.model import FORM
from chalicelib.stores.key_file import KeyFile
from chalicelib.stores.sqlite import SqliteSubmissionStore

ROUNDS = 3  # `make bench-load` does twenty
CLIENTS = 8
ENOUGH = 150  # acknowledged before the kill
DAY = datetime(2026, 11, 22, tzinfo=UTC).date()


@pytest.fixture
def folder(tmp_path):
    make_assets(tmp_path / "assets")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("<h1>Accueil</h1>")
    return tmp_path


def start(folder):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "reperes_server", "--port", str(port)]
    for name in ("site", "assets", "state"):
        command += [f"--{name}", str(folder / name)]
    no_limit = {"REPERES_REQUESTS_PER_MINUTE": "0", "REPERES_SUBMISSIONS_PER_MINUTE": "0"}
    server = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, **no_limit}
    )
    assert "http://" in server.stdout.readline()
    return server, port


def send_until_dead(folder, port, acknowledged, retried):
    """Confirm new check pages one after the other; each acknowledged one is noted."""
    settings = Settings(folder, folder / "state")
    now = datetime.now(UTC)
    key = KeyFile(settings.signing_keys, os.urandom)(now).current
    read = answers.read(FORM.model, {name: [value] for name, value in SIGNALEMENT.items()}, DAY)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        while True:
            issued = token.issue(key, FORM.name, os.urandom(32), now, answers.canonical(read))
            body = urlencode({**SIGNALEMENT, "token": str(issued), "action": "confirmer"})
            retried[threading.get_ident()] = body
            connection.request("POST", "/api/signalement", body, {"Content-Type": FORM_TYPE})
            page = connection.getresponse().read().decode()
            acknowledged.append(re.search(r"data-reference>([^<]+)<", page)[1])
    except (OSError, http.client.HTTPException):
        connection.close()  # killed while this one was being sent


def one_round(folder):
    server, port = start(folder)
    acknowledged, retried = [], {}
    threads = [
        threading.Thread(target=send_until_dead, args=(folder, port, acknowledged, retried))
        for _ in range(CLIENTS)
    ]
    for thread in threads:
        thread.start()
    deadline = time.monotonic() + 20
    while len(acknowledged) < ENOUGH and time.monotonic() < deadline:
        threads[0].join(timeout=0.01)
    server.send_signal(signal.SIGKILL)
    server.wait()
    server.stdout.close()
    for thread in threads:
        thread.join()
    return acknowledged, list(retried.values())


def stored(folder):
    store = SqliteSubmissionStore(folder / "state" / "submissions.sqlite")
    records = list(store.all(datetime.now(UTC)))
    store.close()
    return records


def test_after_kill_nothing_acknowledged_is_lost_and_nothing_is_there_twice(folder):
    acknowledged, unsure = [], []
    for _ in range(ROUNDS):
        done, pending = one_round(folder)
        acknowledged += done
        unsure += pending

    # The people whose page was cut send it again.
    server, port = start(folder)
    for body in unsure * 2:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("POST", "/api/signalement", body, {"Content-Type": FORM_TYPE})
        page = connection.getresponse().read().decode()
        connection.close()
        acknowledged.append(re.search(r"data-reference>([^<]+)<", page)[1])
    server.terminate()
    server.wait()
    server.stdout.close()

    records = stored(folder)
    references = [record.reference for record in records]
    assert len(acknowledged) >= ROUNDS * ENOUGH
    assert set(acknowledged) == set(references)
    assert len(set(references)) == len(references)
    opened = seal.unseal(records[-1].ciphertext, [AGENT])
    assert json.dumps(opened["answers"], sort_keys=True).count("tram") == 1
