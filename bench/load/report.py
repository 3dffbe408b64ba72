"""docs/load.md and its picture, from what was measured."""

from __future__ import annotations

import math
import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.intake import percentile
from bench.load.hostile import Held
from bench.load.ramp import Offered, Sample, saturation
from bench.load.scene import Outcome
from bench.rows import ROOT

PAGE = ROOT / "docs/load.md"
PICTURE = ROOT / "docs/images/load.png"
_INTRO = """# What one machine takes, and what happens when things break

Written by `make bench-load`: do not edit, run it again. The real `reperes-server` on the loopback,
the real confirm route, distinct valid tokens, SQLite in WAL with `synchronous=FULL`; the load
generator is a process of its own on the same machine and takes its share of it. A submission
counts as acknowledged when its reference came back, and every one of them is then looked for
in the store.
"""


@dataclass(frozen=True)
class Findings:
    """Everything that one run measured."""

    minutes: float
    steps: list[Offered]
    share: float
    samples: list[Sample]
    latencies: list[float]
    attacks: list[Held]
    faults: list[Outcome]


def write(found: Findings) -> None:
    """The page and the picture of docs/."""
    draw(found, PICTURE)
    PAGE.write_text(page(found), encoding="utf-8")


def page(found: Findings) -> str:
    """Markdown."""
    return "\n".join(
        [_INTRO, _where(), *_ramp(found), *_steady(found), *_attacks(found), *_faults(found)]
    )


def draw(found: Findings, file: Path) -> None:
    """Latency against load, and the latencies of the steady load."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.2), dpi=90, layout="constrained")
    rates = [step.rate for step in found.steps]
    for share, colour in ((0.99, "#b34000"), (0.5, "#003a70")):
        values = [percentile(step.latencies, share) for step in found.steps]
        left.plot(rates, values, "o-", color=colour, label=f"p{share * 100:.0f}", markersize=3)
    left.axvline(saturation(found.steps), color="#666666", linestyle=":", label="saturation")
    left.set(xlabel="asked, submissions/s", ylabel="ms", yscale="log", title="Ramp")
    left.legend(frameon=False)
    edges = [10 ** (power / 12) for power in range(0, 37)]  # 1 ms to 1 s
    right.hist(found.latencies, bins=edges, color="#003a70")
    right.set(xscale="log", xlabel="ms", ylabel="submissions")
    right.set(title=f"Latencies at {found.share:.0%} of saturation")
    file.parent.mkdir(exist_ok=True)
    figure.savefig(file, metadata={"Software": None}, pil_kwargs={"optimize": True})
    plt.close(figure)


def _where() -> str:
    cores = len(os.sched_getaffinity(0))
    day = datetime.now(UTC).date()
    return (
        f"Measured on {day}: {cores} cores ({platform.machine()}), {_memory_gib():.0f} GiB,"
        f" Linux {platform.release().split('-')[0]}, Python {platform.python_version()}.\n"
    )


def _memory_gib() -> float:
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30


def _ramp(found: Findings) -> Iterable[str]:
    yield "## Ramp to saturation\n"
    yield "Latency counts from the moment a submission was due, on 64 connections.\n"
    yield "![Latency against load, and latencies of the steady load](images/load.png)\n"
    rows = [
        [
            f"{step.rate:.0f}",
            f"{step.answered_per_s:.0f}",
            *(f"{percentile(step.latencies, share):.1f}" for share in (0.5, 0.9, 0.99)),
            f"{step.latencies[-1]:.0f}",
        ]
        for step in found.steps
    ]
    yield _table(("asked/s", "acknowledged/s", "p50 ms", "p90", "p99", "longest"), rows)
    yield f"Saturation: **{saturation(found.steps):.0f} submissions a second**.\n"


def _steady(found: Findings) -> Iterable[str]:
    yield f"## {found.minutes:g} minutes at {found.share:.0%} of saturation\n"
    first, last = found.samples[0], found.samples[-1]
    shown = found.samples[:: max(1, len(found.samples) // 10)]
    rows = [
        [
            f"{each.minute:.1f}",
            f"{each.answered_per_s:.0f}",
            f"{each.p99_ms:.1f}",
            f"{each.rss_mib:.0f}",
            f"{each.descriptors}",
        ]
        for each in dict.fromkeys([*shown, last])
    ]
    yield _table(("minute", "acknowledged/s", "p99 ms", "memory MiB", "descriptors"), rows)
    p50, p99 = (percentile(found.latencies, share) for share in (0.5, 0.99))
    yield (
        f"{len(found.latencies):,} submissions acknowledged; p50 {p50:.1f} ms, p99 {p99:.1f} ms,"
        f" longest {found.latencies[-1]:.0f} ms. From the first sample to the last: memory"
        f" {last.rss_mib - first.rss_mib:+.0f} MiB,"
        f" descriptors {last.descriptors - first.descriptors:+d}.\n"
    )


def _attacks(found: Findings) -> Iterable[str]:
    yield "## Clients that mean harm\n"
    yield "Four persons send meanwhile, each as soon as the last one is acknowledged.\n"
    rows = [
        [
            each.name,
            f"{each.connections}",
            "some stayed" if math.isinf(each.closed_s) else f"{each.closed_s:.0f}",
            f"{each.acknowledged}",
            f"{each.p99_ms:.0f}",
            f"{each.rss_mib:.0f} → {each.peak_mib:.0f}",
        ]
        for each in found.attacks
    ]
    head = ("attack", "connections", "all closed after s", "acknowledged", "p99 ms", "memory MiB")
    yield _table(head, rows)


def _faults(found: Findings) -> Iterable[str]:
    yield "## Faults\n"
    yield (
        "Eight persons send, and send again until they are answered. *Refused*: answers that said"
        " that nothing was recorded, or that showed the check page again. *Duplicated*: records"
        " that nobody was told of.\n"
    )
    rows = [
        [
            each.name,
            f"{each.acknowledged}",
            f"{each.refused}",
            f"{each.lost}",
            f"{each.duplicated}",
            f"{each.recovered_s:.2f}",
        ]
        for each in found.faults
    ]
    head = ("fault", "acknowledged", "refused", "lost", "duplicated", "recovered in s")
    yield _table(head, rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"
