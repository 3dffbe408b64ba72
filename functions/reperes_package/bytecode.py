"""Compiled modules, so that a cold start compiles nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from reperes_package.errors import PackageError

_DEPLOYED_AT = "/var/task"  # where Lambda unpacks; what tracebacks show


def compile_package(package: Path) -> None:
    """Put the bytecode beside each module; Lambda's Python is the one that runs us.

    `unchecked-hash`: nobody edits the files there, and the dates of a zip mean nothing.
    A Python of another version would ignore these files and compile by itself.

    Raises:
        PackageError: a module does not compile.
    """
    command = [sys.executable, "-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash"]
    command += ["-s", str(package), "-p", _DEPLOYED_AT, str(package)]
    # Sets of constants are written in hash order: without a fixed seed, other bytes each time.
    environ = {**os.environ, "PYTHONHASHSEED": "0"}
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)  # noqa: S603 - our own arguments
    if done.returncode:
        raise PackageError(f"un module ne se compile pas : {done.stdout.strip()[:300]}")
