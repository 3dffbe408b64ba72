"""Lock the requirements by version and hash, without any download address.

`run.txt` is what setup, build and serve need; `dev.txt` adds the tests and checks.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).parent
PROJECT = tomllib.loads((HERE.parent / "pyproject.toml").read_text(encoding="utf-8"))


def lock(name: str, requirements: list[str]) -> None:
    """Write `<name>.txt`; universal markers, so that one file serves every machine."""
    output = HERE / f"{name}.txt"
    command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal"]
    command += ["--python-version", "3.11", "--generate-hashes", "--no-emit-index-url"]
    command += ["--no-annotate", "--custom-compile-command", "make lock", "-o", str(output), "-"]
    subprocess.run(command, input="\n".join(requirements), text=True, check=True)  # noqa: S603 - our own arguments


def main() -> None:
    """Lock both files; `dev` starts from the same pins as `run`."""
    run = PROJECT["project"]["dependencies"]
    groups = PROJECT["dependency-groups"]
    lock("run", run)
    tools = [each for name in ("test", "bench", "aws", "check", "sbom") for each in groups[name]]
    lock("dev", [*run, f"-c {HERE / 'run.txt'}", *tools])


if __name__ == "__main__":
    main()
