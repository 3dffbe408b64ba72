"""Confirmed submissions per second, through the real server with SQLite FULL, and cold import."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import islice

from bench import intake
from bench.intake import percentile
from bench.links import Links
from bench.rows import Row, python, seconds

# And what they take; browsers take gzip.
CLIENTS = ((1, b"identity"), (8, b"identity"), (32, b"identity"), (32, b"gzip"))
RUN_S = 4.0
WARM_UP_S = 0.5
# Signed before the clock starts, more than are sent: the client must not take the processor.
_AHEAD = 6_000


def measure() -> list[Row]:
    """Throughput and tail, plain and as browsers ask; then how long a new process takes."""
    rows: list[Row] = []
    with intake.running() as server:
        bodies = intake.bodies(server.state)
        acknowledged = 0
        for clients, encoding in CLIENTS:
            before_s, own_s = server.cpu_s(), time.process_time()
            sent, latencies, took_s = _load(server.port, clients, encoding, bodies)
            acknowledged += sent
            label = f"confirmed submissions/s, {clients} client{'s' * (clients > 1)}"
            label += ", gzip" * (encoding == b"gzip")
            cpu_us = (server.cpu_s() - before_s) / sent * 1e6
            own_us = (time.process_time() - own_s) / sent * 1e6
            rows.append(
                (
                    label,
                    f"{len(latencies) / took_s:.0f}  {_percentiles(latencies)}"
                    f"  processor: server {cpu_us:.0f} µs each, client {own_us:.0f} µs",
                )
            )
        # Every acknowledged submission is in the store, once.
        stored = len(intake.stored(server.state / "submissions.sqlite"))
    assert stored == acknowledged, (stored, acknowledged)
    rows.append(("acknowledged = stored", f"{stored}"))
    code = "import sys; sys.path.insert(0, 'functions'); import app"
    rows.append(("cold import of app.py, whole process", seconds(python("-c", code), runs=5)))
    rows.append(("the same for Python alone", seconds(python("-c", "pass"), runs=5)))
    return rows


def _load(
    port: int, clients: int, encoding: bytes, bodies: Iterator[bytes]
) -> tuple[int, list[float], float]:
    """Each client sends its next confirmation when the last one is acknowledged.

    Returns:
        How many were acknowledged in all, the latencies in ms after the warm-up, and
        the seconds during which these were measured.
    """
    ready = iter([intake.request(body, encoding) for body in islice(bodies, _AHEAD)])
    links = Links(port, clients)
    started = time.perf_counter()
    count, latencies = 0, []
    while True:
        running_s = time.perf_counter() - started
        while links.idle and running_s < RUN_S:
            links.send(next(ready, None) or intake.request(next(bodies), encoding))
        if not links.busy:
            break
        for answer, latency_s in links.answers():
            assert intake.is_acknowledged(answer), answer[:200]
            count += 1
            if running_s > WARM_UP_S:
                latencies.append(latency_s * 1000)
    took_s = time.perf_counter() - started - WARM_UP_S
    links.close()
    return count, latencies, took_s


def _percentiles(latencies: list[float]) -> str:
    ordered = sorted(latencies)
    p50, p99 = (percentile(ordered, share) for share in (0.50, 0.99))
    return f"(p50 {p50:.1f} ms, p99 {p99:.1f} ms)"
