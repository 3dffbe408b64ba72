"""People who send while the server breaks, and send again until they are answered."""

from __future__ import annotations

import http.client
import math
import re
import threading
import time
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlencode

from bench.intake import HOST

_PATIENCE_S = 20.0
_PAUSE_S = 0.05
_TYPE = {"Content-Type": "application/x-www-form-urlencoded"}


class People:
    """`count` persons who confirm one check page after the other."""

    def __init__(self, port: int, count: int, bodies: Iterator[bytes]) -> None:
        self._port = port
        self._bodies = bodies
        self._lock = threading.Lock()
        self._leaving = threading.Event()
        self._threads = [threading.Thread(target=self._send_all) for _ in range(count)]
        # Moment (monotonic seconds), reference and seconds of each acknowledgement.
        self.acknowledged: list[tuple[float, str, float]] = []
        self.refused = 0
        for thread in self._threads:
            thread.start()

    def leave(self) -> None:
        """Let each have the answer to what is being sent, then stop."""
        self._leaving.set()
        for thread in self._threads:
            thread.join()

    def wait_for(self, more: int, within_s: float = 60.0) -> bool:
        """Until `more` acknowledgements have come since now; False after `within_s`."""
        goal = len(self.acknowledged) + more
        return self._wait(lambda: len(self.acknowledged) >= goal, within_s)

    def first_after(self, moment: float, within_s: float = 60.0) -> float:
        """Seconds from `moment` to the next acknowledgement; infinite if none comes."""

        def since() -> list[float]:
            return [at - moment for at, _, _ in self.acknowledged if at >= moment]

        return min(since()) if self._wait(lambda: bool(since()), within_s) else math.inf

    def references(self) -> set[str]:
        """What people were told that is recorded."""
        return {reference for _, reference, _ in self.acknowledged}

    def _wait(self, done: Callable[[], bool], within_s: float) -> bool:
        until = time.monotonic() + within_s
        while not done() and time.monotonic() < until:
            time.sleep(0.01)
        return done()

    def _send_all(self) -> None:
        link = http.client.HTTPConnection(HOST, self._port, timeout=_PATIENCE_S)
        while not self._leaving.is_set():
            with self._lock:
                body = next(self._bodies)
            self._confirm(link, body)
        link.close()

    def _confirm(self, link: http.client.HTTPConnection, body: bytes) -> None:
        """Press the button until the acknowledgement comes."""
        started = time.monotonic()
        while True:
            try:
                link.request("POST", "/api/signalement", body, _TYPE)
                answer = link.getresponse()
                page = answer.read().decode()
            except (OSError, http.client.HTTPException):
                link.close()  # the next request connects again
                time.sleep(_PAUSE_S)
                continue
            if answer.status == 200:
                reference = re.search(r"data-reference>([^<]+)<", page)
                assert reference, page
                now = time.monotonic()
                self.acknowledged.append((now, reference[1], now - started))
                return
            self.refused += 1
            if answer.status == 409:  # the check page again, with a token of now
                body = _with_token(body, page)
            else:
                assert answer.status in (429, 503), (answer.status, page[:500])
                time.sleep(_PAUSE_S)


def _with_token(body: bytes, page: str) -> bytes:
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token, page[:500]
    fields = {**parse_qs(body.decode()), "token": [token[1]]}
    return urlencode(fields, doseq=True).encode()
