"""A part of the site made and written in a process of its own, while the rest goes on."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from site_builder.assemble import collect, write_changed
from site_builder.discovery import NOT_INDEXED
from site_builder.errors import SiteBuilderError
from site_builder.outputs import Output

Make = Callable[[], Iterable[Output]]
_BATCH = 200  # pages held in memory at once: thousands of them would weigh 80 MB


@dataclass(frozen=True)
class Written:
    """What the part wrote.

    Attributes:
        files: By path, what other parts may ask of a page: whether it may be indexed.
        changed: How many files changed.
    """

    files: dict[str, bytes]
    changed: int


class Aside:
    """Starts at once; `finish` waits. Without `fork`, the part is made by `finish` itself."""

    def __init__(self, make: Make, site: Path) -> None:
        self._make, self._site = make, site
        self._process: Any = None
        if "fork" in multiprocessing.get_all_start_methods():
            context: Any = multiprocessing.get_context("fork")  # nothing is pickled on the way in
            self._answer, answer = context.Pipe(duplex=False)
            self._process = context.Process(target=_answer, args=(make, site, answer))
            self._process.start()
            answer.close()

    def finish(self) -> Written:
        """Wait for the part.

        Raises:
            SiteBuilderError: it could not be made; its own process printed why.
        """
        if self._process is None:
            return write_aside(self._make, self._site)
        try:
            written: Written = self._answer.recv()
        except EOFError as error:
            raise SiteBuilderError("les pages des stations n’ont pas pu être faites") from error
        finally:
            self._answer.close()
            self._process.join()
        return written


def write_aside(make: Make, site: Path) -> Written:
    """Make and write the part, a batch at a time.

    Raises:
        SiteBuilderError: two of its pages want the same address.
    """
    made: list[Output] = []
    changed = 0
    outputs = iter(make())
    while batch := collect(islice(outputs, _BATCH)):
        changed += write_changed(batch, site)
        made += (Output(path, _told(body)) for path, body in batch.items())
    return Written(collect(made), changed)


def _told(body: bytes) -> bytes:
    return NOT_INDEXED if NOT_INDEXED in body else b""


def _answer(make: Make, site: Path, answer: Connection) -> None:
    answer.send(write_aside(make, site))
    answer.close()
