"""Clients that mean harm, beside four persons who want to send."""

from __future__ import annotations

import contextlib
import math
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass

from bench import intake
from bench.intake import HOST, Server, percentile
from bench.load.people import People

_PERSONS = 4
_LASTING_S = 75.0  # a connection that says nothing is closed within 35 s
_DROP_S = 1.0
_ACCEPTED_S = 1.0  # by then every connection is known to the server
_POST = b"POST /api/suivi HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=X\r\n"
_FORM = (
    b"POST /api/signalement HTTP/1.1\r\nHost: x\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n"
)
_CHUNK = bytes(262_144)


@dataclass(frozen=True)
class Attack:
    """`opening` goes at once on each of `count` connections, then `drop` each second.

    Nothing of what the server says is ever read. `flood_bytes` go as fast as they are taken.
    """

    name: str
    count: int
    opening: bytes = b""
    drop: bytes = b""
    flood_bytes: int = 0


@dataclass(frozen=True)
class Held:
    """What happened to the persons and to the server during an attack.

    `closed_s`: when the last of the hostile connections was closed; infinite if some stayed.
    """

    name: str
    connections: int
    closed_s: float
    acknowledged: int
    p99_ms: float
    rss_mib: float
    peak_mib: float


ATTACKS = (
    Attack("headers drop by drop", 150, b"GET / HTTP/1.1\r\nHost: x\r\nX: ", b"a"),
    Attack("bodies drop by drop", 150, _POST + b"Content-Length: 400000\r\n\r\n", b"a"),
    Attack("connections that say nothing", 150),
    Attack(
        "long answers that nobody reads",
        150,
        _FORM + b"Content-Length: 500006\r\n\r\nfacts=" + b'"' * 500_000,
    ),
    Attack("a thousand requests in a row", 150, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" * 1_000),
    Attack("bodies announced too large", 150, _POST + b"Content-Length: 99999999\r\n\r\n"),
    Attack(
        "bodies of 5 MB that never end",
        150,
        _POST + b"Content-Length: 5000001\r\n\r\n",
        b"a",
        flood_bytes=5_000_000,
    ),
    Attack(
        "chunks that never end",
        150,
        _POST + b"Transfer-Encoding: chunked\r\n\r\nffffff\r\n",
        flood_bytes=6_000_000,
    ),
    Attack(
        "sizes of chunks that never end",
        150,
        _POST + b"Transfer-Encoding: chunked\r\n\r\n",
        flood_bytes=6_000_000,
    ),
)


def measure(say: Callable[[str], None]) -> list[Held]:
    """Each attack on a new server."""
    held = []
    for attack in ATTACKS:
        say(f"  {attack.name}")
        with intake.running() as server:
            held.append(_attacked(server, attack))
    return held


def _attacked(server: Server, attack: Attack) -> Held:
    people = People(server.port, _PERSONS, intake.bodies(server.state))
    try:
        assert people.wait_for(50), "nobody is answered before the attack"
        before_mib = server.rss_mib()
        closed_s, peak_mib = _attack(server, attack)
        assert people.wait_for(50), "people are not answered after the attack"
    finally:
        people.leave()
    took_ms = sorted(took_s * 1000 for _, _, took_s in people.acknowledged)
    return Held(
        name=attack.name,
        connections=attack.count,
        closed_s=closed_s,
        acknowledged=len(took_ms),
        p99_ms=percentile(took_ms, 0.99),
        rss_mib=before_mib,
        peak_mib=peak_mib,
    )


def _attack(server: Server, attack: Attack) -> tuple[float, float]:
    """When the server had closed all connections, in seconds, and its most memory in MiB."""
    before = server.descriptors()
    left = dict.fromkeys(_opened(server.port, attack), attack.flood_bytes)
    started, dropped_at, closed_s, peak_mib = time.monotonic(), 0.0, math.inf, 0.0
    while math.isinf(closed_s) and (since_s := time.monotonic() - started) < _LASTING_S:
        is_time = time.monotonic() - dropped_at >= _DROP_S
        dropped_at = time.monotonic() if is_time else dropped_at
        for link in left:
            if left[link] > 0:
                left[link] -= _sent(link, _CHUNK[: left[link]])
            elif is_time and attack.drop:
                _sent(link, attack.drop)
        peak_mib = max(peak_mib, server.rss_mib())
        if since_s > _ACCEPTED_S and server.descriptors() <= before:
            closed_s = since_s
        time.sleep(0.02)
    for link in left:
        link.close()
    return closed_s, peak_mib


def _opened(port: int, attack: Attack) -> list[socket.socket]:
    links = [socket.create_connection((HOST, port), timeout=10) for _ in range(attack.count)]
    for link in links:
        with contextlib.suppress(OSError):  # it may be refused before its end
            link.sendall(attack.opening)
        link.setblocking(False)
    return links


def _sent(link: socket.socket, data: bytes) -> int:
    with contextlib.suppress(OSError):
        return link.send(data)
    return 0
