"""A generator that works in a process of its own, and waits to be asked before each next step."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any

from site_builder.errors import SiteBuilderError

Steps = Callable[[], Iterator[Any]]


class Aside:
    """The first step starts at once; `result` waits for it, `go_on` lets the next one follow it.

    Where `fork` does not exist, each step is made by `result` itself.
    """

    def __init__(self, steps: Steps) -> None:
        self._process: Any = None
        self._steps: Iterator[Any] = iter(())
        if "fork" not in multiprocessing.get_all_start_methods():
            self._steps = steps()
            return
        context: Any = multiprocessing.get_context("fork")  # nothing is pickled on the way in
        self._wire, far_end = context.Pipe()
        self._process = context.Process(target=_work, args=(steps, far_end, self._wire))
        self._process.start()
        far_end.close()

    def __enter__(self) -> Aside:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """The process stops when nobody asks any more."""
        if self._process is not None:
            self._wire.close()
            self._process.join()

    def result(self) -> Any:
        """What the step under way yields.

        Raises:
            SiteBuilderError: the step raised it, or its process died and printed why.
        """
        if self._process is None:
            return next(self._steps)
        try:
            found = self._wire.recv()
        except (EOFError, ConnectionResetError) as error:  # reset when it left a word unread
            raise SiteBuilderError("les pages des stations n’ont pas pu être faites") from error
        if isinstance(found, SiteBuilderError):
            raise found
        return found

    def go_on(self) -> None:
        """Let the next step start, once the one under way is done."""
        if self._process is not None:
            with suppress(BrokenPipeError):  # it has stopped: `result` tells why
                self._wire.send(True)


def _work(steps: Steps, wire: Connection, near_end: Connection) -> None:
    near_end.close()  # or the end of the other process would never be seen
    try:
        for found in steps():
            wire.send(found)
            wire.recv()
    except SiteBuilderError as error:
        wire.send(error)
    except (EOFError, BrokenPipeError):
        os._exit(0)  # nobody needs anything more; freeing all that was read would take a while
