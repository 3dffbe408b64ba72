"""A generator that works in a process of its own: it is told things, and tells what it found."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any

from site_builder.errors import SiteBuilderError

Receive = Callable[[], Any]
Steps = Callable[[Receive], Iterator[Any]]


class Aside:
    """It starts at once, waits where it receives, and yields each result.

    Where `fork` does not exist, `result` itself does the work, with what was told before.
    """

    def __init__(self, steps: Steps) -> None:
        self._process: Any = None
        self._told: deque[Any] = deque()
        self._steps: Iterator[Any] = iter(())
        if "fork" not in multiprocessing.get_all_start_methods():
            self._steps = steps(self._told.popleft)
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

    def tell(self, value: object) -> None:
        """What it receives next, now or when it comes to it."""
        if self._process is None:
            self._told.append(value)
            return
        with suppress(BrokenPipeError):  # it has stopped: `result` tells why
            self._wire.send(value)

    def result(self) -> Any:
        """What it yields next.

        Raises:
            SiteBuilderError: it raised it, or its process died and printed why.
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


class _GoneError(Exception):
    """The other process needs nothing more."""


def _work(steps: Steps, wire: Connection, near_end: Connection) -> None:
    near_end.close()  # or the end of the other process would never be seen
    try:
        try:
            for found in steps(lambda: _over(wire.recv)):
                _over(wire.send, found)
        except SiteBuilderError as error:
            _over(wire.send, error)
    except _GoneError:
        pass
    os._exit(0)  # freeing all that was read would keep the other waiting


def _over(exchange: Callable[..., Any], *values: object) -> Any:
    try:
        return exchange(*values)
    except (EOFError, BrokenPipeError, ConnectionResetError) as error:
        raise _GoneError from error
