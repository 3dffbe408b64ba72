"""Global limits on what is accepted: nothing is kept per person or per address."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from chalicelib.errors import TooManyRequestsError

_BUSY_RETRY_AFTER_S = 2


class Places:
    """So many at once: the next ones are told to come back, rather than hold a thread."""

    def __init__(self, count: int) -> None:
        self._free = threading.BoundedSemaphore(count)

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Work in one of the places.

        Raises:
            TooManyRequestsError: all are taken.
        """
        if not self._free.acquire(blocking=False):
            raise TooManyRequestsError(_BUSY_RETRY_AFTER_S)
        try:
            yield
        finally:
            self._free.release()


@dataclass
class Limit:
    """A token bucket: `per_minute` on average, and as many at once; 0 means no limit."""

    per_minute: int
    seconds: Callable[[], float]
    _level: float = field(init=False)
    _at: float = field(init=False)
    _lock: threading.Lock = field(init=False, default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._level = float(self.per_minute)
        self._at = self.seconds()

    def take(self) -> None:
        """Count one request.

        Raises:
            TooManyRequestsError: with the seconds to wait for the next free place.
        """
        if not self.per_minute:
            return
        with self._lock:
            now = self.seconds()
            gained = (now - self._at) * self.per_minute / 60
            self._level = min(float(self.per_minute), self._level + gained)
            self._at = now
            if self._level < 1:
                wait_s = (1 - self._level) * 60 / self.per_minute
                raise TooManyRequestsError(max(1, math.ceil(wait_s)))
            self._level -= 1
