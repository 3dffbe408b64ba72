"""The `pelican` command, started before there is anything to render.

Pelican is AGPL: it is run, never imported. It loads as many libraries as we do: begun first, it
is ready when the alertes are.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from site_builder.errors import SiteBuilderError

SETTINGS = Path(__file__).parent / "pelican_settings.py"


class PelicanCommand:
    """Waits on its standard input for where its settings are; stopped when nobody tells."""

    def __init__(self) -> None:
        # -P: not the code of whatever folder the command is run from.
        command = [sys.executable, "-P", "-m", "pelican", "--settings", str(SETTINGS)]
        self._process = subprocess.Popen(  # noqa: S603 - our own command
            [*command, "--fatal", "errors"],
            bufsize=0,
            env={**os.environ, "PYTHONWARNINGS": "ignore"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,  # read when it fails
            stderr=subprocess.STDOUT,
        )
        if hasattr(os, "setpriority"):  # the stations take longest: on two cores they go first
            os.setpriority(os.PRIO_PROCESS, self._process.pid, 10)

    def __enter__(self) -> PelicanCommand:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
        with self._process:  # closes its pipes and waits
            pass

    def start(self, settings: Mapping[str, Any], file: Path) -> None:
        """Render.

        Args:
            settings: What pelican_settings.py reads.
            file: Where they are put for it.
        """
        file.write_text(json.dumps(settings, default=str), encoding="utf-8")
        if self._process.stdin is None:
            raise TypeError("Pelican was started without an input")
        with suppress(BrokenPipeError):  # it has stopped: `finish` tells why
            self._process.stdin.write(os.fsencode(file) + b"\n")

    def finish(self) -> None:
        """Wait for it.

        Raises:
            SiteBuilderError: Pelican refused; the alertes were checked before, so not expected.
        """
        output, _ = self._process.communicate()
        if self._process.returncode:
            told = output.decode(errors="replace").strip()
            raise SiteBuilderError(f"Pelican refuse de construire les alertes :\n{told}")
