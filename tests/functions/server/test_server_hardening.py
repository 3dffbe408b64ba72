"""What the server process refuses to leave on the machine."""

import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from intake_world import make_assets


@pytest.fixture
def server(tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("<h1>Accueil</h1>")
    make_assets(tmp_path / "assets")
    (tmp_path / "state").mkdir()
    put_back = tmp_path / "state" / "submissions.sqlite"
    put_back.touch(mode=0o644)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "reperes_server", "--port", str(port)]
    for name in ("site", "assets", "state"):
        command += [f"--{name}", str(tmp_path / name)]
    environ = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environ) as process:
        assert "http://" in process.stdout.readline()
        yield process.pid, tmp_path / "state"
        process.terminate()
        process.wait(timeout=10)


@pytest.mark.promise("no-clear-text")
def test_a_crash_leaves_no_memory_on_the_disk(server):
    limits = Path(f"/proc/{server[0]}/limits")
    if not limits.exists():
        pytest.skip("no /proc on this system")

    (core,) = [line for line in limits.read_text().splitlines() if "core file size" in line]

    assert core.split()[4:6] == ["0", "0"]


def test_a_database_put_back_open_to_all_is_closed_again(server):
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in server[1].iterdir()}

    assert set(modes.values()) == {0o600}, modes


def test_all_its_threads_stay_on_one_core(server):
    """They take turns: a turn that changes core costs a quarter of the processor under load."""
    if not hasattr(os, "sched_getaffinity"):
        pytest.skip("no choice of cores on this system")

    threads = [int(each.name) for each in Path(f"/proc/{server[0]}/task").iterdir()]

    assert len(threads) > 1
    assert {frozenset(os.sched_getaffinity(each)) for each in threads} == {
        frozenset({max(os.sched_getaffinity(0))})
    }
