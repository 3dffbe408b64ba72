"""Kept-alive connections of a load generator, in one cheap thread."""

from __future__ import annotations

import select
import socket
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.intake import HOST, is_whole


@dataclass
class _Link:
    socket: socket.socket
    asked_at: float = 0.0
    received: list[bytes] = field(default_factory=list)


class Links:
    """`count` connections; each carries one request at a time."""

    def __init__(self, port: int, count: int) -> None:
        self._poll = select.epoll()
        self._links: dict[int, _Link] = {}
        for _ in range(count):
            link = socket.create_connection((HOST, port))
            self._links[link.fileno()] = _Link(link)
            self._poll.register(link.fileno(), select.EPOLLIN)
        self.idle = deque(self._links)  # each in its turn: none is closed for having been quiet

    def send(self, request: bytes, asked_at: float | None = None) -> None:
        """Send on an idle connection; the latency counts from `asked_at`, or from now."""
        link = self._links[self.idle.popleft()]
        link.asked_at = time.perf_counter() if asked_at is None else asked_at
        link.socket.sendall(request)

    def answers(self, timeout_s: float | None = None) -> Iterator[tuple[bytes, float]]:
        """Each whole answer that has come, with its latency in seconds."""
        for number, _ in self._poll.poll(timeout_s):
            link = self._links[number]
            chunk = link.socket.recv(262_144)
            assert chunk, "the server closed a connection"
            link.received.append(chunk)
            answer = b"".join(link.received)
            if is_whole(answer):
                link.received.clear()
                self.idle.append(number)
                yield answer, time.perf_counter() - link.asked_at

    @property
    def busy(self) -> int:
        """Connections that wait for an answer."""
        return len(self._links) - len(self.idle)

    def close(self) -> None:
        """Hang up."""
        self._poll.close()
        for link in self._links.values():
            link.socket.close()
