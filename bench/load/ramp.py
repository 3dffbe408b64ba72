"""Requests that come at a rate, whatever the server does: saturation, then hours in minutes.

People do not wait for others to be answered before they press a button: latency counts from
the moment when a request was due, so that a server that stops is seen to stop.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from bench import intake
from bench.intake import Server
from bench.links import Links

STEP_S = 4.0
_FIRST, _FACTOR = 100, 1.25
_TWICE = 2
_CONNECTIONS = 64
_KEPT_UP = 0.95  # under this share of what is asked, the server is saturated
_PERIOD_S = 5.0
_PATIENCE_S = 60.0


@dataclass(frozen=True)
class Offered:
    """What came of a rate; latencies in ms, sorted."""

    rate: float
    answered_per_s: float
    latencies: list[float]


@dataclass(frozen=True)
class Sample:
    """The server during a period of a steady load."""

    minute: float
    answered_per_s: float
    p99_ms: float
    rss_mib: float
    descriptors: int


def ramp(server: Server) -> list[Offered]:
    """Rates that grow until the server cannot follow, twice: once may be the machine's."""
    steps: list[Offered] = []
    rate, behind = float(_FIRST), 0
    bodies = intake.bodies(server.state)
    links = Links(server.port, _CONNECTIONS)
    while behind < _TWICE:
        steps.append(_offer(links, rate, STEP_S, bodies))
        behind = behind + 1 if steps[-1].answered_per_s < _KEPT_UP * rate else 0
        rate *= _FACTOR
    links.close()
    return steps


def saturation(steps: list[Offered]) -> float:
    """The most that was answered in a second."""
    return max(step.answered_per_s for step in steps)


def steady(
    server: Server, rate: float, minutes: float, say: Callable[[str], None]
) -> tuple[list[Sample], list[float]]:
    """`rate` a second for `minutes`: samples of the server, and all latencies in ms, sorted."""
    bodies = intake.bodies(server.state)
    samples: list[Sample] = []
    latencies: list[float] = []
    links = Links(server.port, _CONNECTIONS)
    started = time.monotonic()
    while (since_s := time.monotonic() - started) < minutes * 60:
        step = _offer(links, rate, _PERIOD_S, bodies)
        latencies += step.latencies
        samples.append(
            Sample(
                minute=since_s / 60,
                answered_per_s=step.answered_per_s,
                p99_ms=intake.percentile(step.latencies, 0.99),
                rss_mib=server.rss_mib(),
                descriptors=server.descriptors(),
            )
        )
        say(f"  {since_s:5.0f} s  {samples[-1].rss_mib:.0f} MiB")
    links.close()
    return samples, sorted(latencies)


def _offer(links: Links, rate: float, seconds: float, bodies: Iterator[bytes]) -> Offered:
    """Send `rate` requests a second during `seconds`, and wait for all the answers."""
    count = int(rate * seconds)
    ready = [intake.request(body) for body in islice(bodies, count)]
    started = time.perf_counter()
    due: deque[float] = deque(started + number / rate for number in range(count))
    latencies: list[float] = []
    while len(latencies) < count:
        now = time.perf_counter()
        while links.idle and due and due[0] <= now:
            links.send(ready.pop(), asked_at=due.popleft())
        assert now < started + seconds + _PATIENCE_S, "the server does not answer any more"
        wait_s = max(0.0, due[0] - now) if due and links.idle else _PATIENCE_S
        for answer, latency_s in links.answers(wait_s):
            assert intake.is_acknowledged(answer), answer[:200]
            latencies.append(latency_s * 1000)
    took_s = time.perf_counter() - started
    return Offered(rate, count / took_s, sorted(latencies))
