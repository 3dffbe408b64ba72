"""What breaks under a running server while people send."""

from __future__ import annotations

import resource
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from bench import intake
from bench.intake import Server
from bench.load import clock
from bench.load.scene import DATABASE, ENOUGH, Mend, Outcome, set_scene
from bench.rows import ROOT, python

_HARM_S = 3.0
_LOCK_S = 8.0  # longer than the five seconds that the store waits for
_DISK = "64m"
_DAY = timedelta(hours=25)  # longer than a check page lives


def measure(rounds: int, say: Callable[[str], None]) -> list[Outcome]:
    """Every fault, one after the other."""
    faults: dict[str, Callable[[str], Outcome]] = {
        f"`kill -9`, {rounds} times": lambda name: _killed(name, rounds),
        "full disk": _full_disk,
        "disk that refuses every write": lambda name: _harmed(name, _refuse_writes),
        "database locked by another program": lambda name: _harmed(name, _lock, _LOCK_S),
        "database moved away and back": lambda name: _harmed(name, _move),
        "server frozen and resumed": lambda name: _harmed(name, _freeze),
        "clock 25 hours forward, then right": lambda name: _clock_jumped(name, _DAY),
        "clock 25 hours back, then right": lambda name: _clock_jumped(name, -_DAY),
    }
    if not _has_namespaces():
        say("  full disk: skipped, this system gives no mount namespace (unshare -rm)")
        del faults["full disk"]
    outcomes = []
    for name, act in faults.items():
        say(f"  {name}")
        outcomes.append(act(name))
    return outcomes


def _harmed(
    name: str, harm: Callable[[Server], Mend], lasting_s: float = _HARM_S, module: str = ""
) -> Outcome:
    with intake.folder() as folder:
        server = intake.start(folder, module=module or "reperes_server")
        with set_scene(server.port, server.state) as scene:
            scene.harmed(lambda: harm(server), lasting_s)
        intake.stop(server)
        return scene.outcome(name, server.state / DATABASE)


def _killed(name: str, rounds: int) -> Outcome:
    """The start of Python and of the server is part of each recovery."""
    with intake.folder() as folder:
        server = intake.start(folder)
        with set_scene(server.port, server.state) as scene:
            for _ in range(rounds):
                assert scene.people.wait_for(ENOUGH), "nobody is answered"
                server.process.kill()
                intake.stop(server)
                killed_at = time.monotonic()
                server = intake.start(folder, server.port)
                scene.recovered_s.append(scene.people.first_after(killed_at))
        intake.stop(server)
        return scene.outcome(name, server.state / DATABASE)


def _full_disk(name: str) -> Outcome:
    """The state is on a small disk in memory, which only the server's own namespace sees."""
    with intake.folder() as folder:
        mount = f'mount -t tmpfs -o size={_DISK} none "$0" && exec "$@"'
        server = intake.start(
            folder, prefix=["unshare", "-rm", "sh", "-c", mount, str(folder / "state")]
        )
        state = Path(f"/proc/{server.process.pid}/root{server.state}")

        def fill() -> Mend:
            with (state / "filler").open("wb", buffering=0) as file:
                try:
                    while file.write(bytes(4_096)):
                        pass
                except OSError:  # nothing more fits
                    return (state / "filler").unlink
            raise AssertionError("the disk is never full")

        with set_scene(server.port, state) as scene:
            scene.harmed(fill, _HARM_S)
        copy = folder / "copy.sqlite"
        inside = ["nsenter", "-t", str(server.process.pid), "-U", "-m", "--preserve-credentials"]
        backup = python("-m", "reperes_server.backup", "--state", str(server.state), str(copy))
        subprocess.run([*inside, *backup], check=True, capture_output=True, cwd=ROOT)
        intake.stop(server)
        return scene.outcome(name, copy)


def _refuse_writes(server: Server) -> Mend:
    """The system refuses each write of the process to a file, as a disk gone read-only does."""
    pid, limit = server.process.pid, resource.RLIMIT_FSIZE
    before = resource.prlimit(pid, limit)
    resource.prlimit(pid, limit, (0, before[1]))
    return lambda: resource.prlimit(pid, limit, before)


def _lock(server: Server) -> Mend:
    other = sqlite3.connect(server.state / DATABASE, isolation_level=None)
    other.execute("begin immediate")
    return other.close


def _move(server: Server) -> Mend:
    here = server.state / DATABASE
    away = here.with_suffix(".away")
    here.rename(away)
    return lambda: away.rename(here)


def _freeze(server: Server) -> Mend:
    server.process.send_signal(signal.SIGSTOP)
    return lambda: server.process.send_signal(signal.SIGCONT)


def _clock_jumped(name: str, jump: timedelta) -> Outcome:
    def leap(server: Server) -> Mend:
        file = server.state / clock.FILE
        file.write_text(str(jump.total_seconds()))
        return lambda: file.write_text("0")

    return _harmed(name, leap, module=clock.__name__)


def _has_namespaces() -> bool:
    if shutil.which("unshare") is None:
        return False
    return subprocess.run(["unshare", "-rm", "true"], capture_output=True).returncode == 0
