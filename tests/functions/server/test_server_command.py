"""The command `reperes-server`, as a process."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys

import pytest
from intake_world import AGENT, make_assets

COMMAND = [sys.executable, "-m", "reperes_server"]


@pytest.fixture
def folders(tmp_path):
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("<h1>Accueil</h1>")
    return tmp_path


def arguments(folders, port):
    return [*COMMAND, "--site", folders / "site", "--assets", folders / "assets",
            "--state", folders / "state", "--port", str(port)]  # fmt: skip


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def run(folders, port, environ=None):
    return subprocess.run(
        arguments(folders, port), capture_output=True, text=True, timeout=30, env=environ
    )


def test_a_first_visit_in_demo_mode(folders):
    make_assets(folders / "assets", mode="demo", recipients=[])
    port = free_port()
    environ = {**os.environ, "PYTHONUNBUFFERED": "1"}

    with subprocess.Popen(
        arguments(folders, port), stdout=subprocess.PIPE, text=True, env=environ
    ) as server:
        said = [server.stdout.readline() for _ in range(4)]
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
        server.send_signal(signal.SIGTERM)
        code = server.wait(timeout=10)

    assert code == 0
    assert f"http://127.0.0.1:{port}/" in said[3]
    assert "demonstration" in said[2]
    state = folders / "state"
    assert {stat.S_IMODE(file.stat().st_mode) for file in state.iterdir()} == {0o600}
    assert stat.S_IMODE(state.stat().st_mode) == 0o700


def test_a_taken_port_is_one_clear_sentence(folders):
    make_assets(folders / "assets")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        refused = run(folders, port)

    assert refused.returncode == 2
    assert refused.stderr == (
        f"reperes-server : le port {port} est déjà pris : "
        "arrêtez l’autre programme ou choisissez --port\n"
    )


def test_without_a_build_it_says_what_to_do(folders):
    refused = run(folders, free_port())

    assert refused.returncode == 2
    assert "lancez d’abord « reperes build »" in refused.stderr


def forget(file):
    file.unlink()


def older(file):
    """As a build made it before a word was added."""
    words = json.loads(file.read_text("utf-8"))
    words.pop("mail")
    file.write_text(json.dumps(words), "utf-8")


@pytest.mark.parametrize(
    ("name", "spoil"),
    [
        ("stations.json", forget),
        ("words/suivi.json", older),
        ("words/arnaque.json", forget),
        ("shell.html", lambda file: file.write_text("<title></title>", "utf-8")),
        ("settings.json", lambda file: file.write_text("{", "utf-8")),
    ],
)
def test_a_build_of_another_version_is_one_clear_sentence(folders, name, spoil):
    spoil(make_assets(folders / "assets") / name)

    refused = run(folders, free_port())

    assert refused.returncode == 2
    assert refused.stderr == (
        f"reperes-server : « {folders / 'assets'} » a été fait par une autre version : "
        "relancez « reperes build »\n"
    )


@pytest.mark.parametrize("name", ["SUBMISSIONS_PER_MINUTE", "REQUESTS_PER_MINUTE", "MAILS_PER_DAY"])
@pytest.mark.parametrize("value", ["beaucoup", "-1", "1.5"])
def test_a_limit_that_is_no_number_is_one_clear_sentence(folders, name, value):
    make_assets(folders / "assets")

    refused = run(folders, free_port(), {**os.environ, f"REPERES_{name}": value})

    assert refused.returncode == 2
    assert refused.stderr == (
        f"reperes-server : REPERES_{name} doit être un nombre entier, pas « {value} »\n"
    )


def test_a_mail_server_that_cannot_be_one_is_one_clear_sentence(folders):
    make_assets(folders / "assets")
    environ = {**os.environ, "REPERES_SMTP_URL": "smtp://u:secret@h", "REPERES_SMTP_FROM": "a@b.fr"}

    refused = run(folders, free_port(), environ)

    assert refused.returncode == 2
    assert refused.stderr.startswith("reperes-server : REPERES_SMTP_URL")
    assert refused.stderr.count("\n") == 1
    assert "secret" not in refused.stderr


def test_a_recipient_that_is_no_key_is_refused(folders):
    make_assets(folders / "assets", recipients=["age1nimporte"])

    refused = run(folders, free_port())

    assert refused.returncode == 2
    assert "n’est pas une clé publique age" in refused.stderr


AGENT_KEY = str(AGENT.to_public())
PANIC = "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq5cu47z"  # the point zero


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"recipients": [PANIC]}, "n’est pas une clé publique age"),
        ({"supervisors": ["age1nimporte"]}, "« age1nimporte » n’est pas une clé publique age"),
        ({"routes": [{"name": "a", "recipients": [PANIC]}]}, "n’est pas une clé publique age"),
        (
            {"routes": [{"name": "a", "stations": ["nulle-part"], "recipients": [AGENT_KEY]}]},
            "route « a » : aucune station n’est « nulle-part »",
        ),
    ],
)
def test_readers_that_could_never_read_are_refused_in_one_sentence(folders, settings, said):
    make_assets(folders / "assets", **settings)

    refused = run(folders, free_port())

    assert refused.returncode == 2
    assert said in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


@pytest.mark.parametrize("written", [str.lower, str.upper])
@pytest.mark.parametrize("group", ["recipients", "routes"])
def test_intake_refuses_the_demo_key_however_it_is_written(folders, group, written):
    key = written(AGENT_KEY)
    given = [key] if group == "recipients" else [{"name": "a", "recipients": [key]}]
    make_assets(folders / "assets", **{group: given})
    (folders / "state").mkdir()
    (folders / "state" / "demo-recipient.txt").write_text(f"{AGENT.to_public()}\n")

    refused = run(folders, free_port())

    assert refused.returncode == 2
    assert "clé de démonstration" in refused.stderr
