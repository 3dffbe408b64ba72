"""The picture of docs/deployment.md: the same bytes for the same figures."""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl

mpl.use("svg")
import matplotlib.pyplot as plt

from bench.scale.partitions import MOST_WRITES

_INK, _WARN, _PALE = "#1f3a5f", "#a4262c", "#7a8ca3"


def draw(
    partitions: list[int],
    ours: list[float],
    one_key: list[float],
    bills: dict[str, dict[str, float]],
    output: Path,
) -> None:
    """Left: the hottest partition at 500 records a second. Right: the bill of each place."""
    plt.rcParams.update({"svg.hashsalt": "reperes", "svg.fonttype": "none", "font.size": 9})
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.2), layout="constrained")
    left.plot(partitions, one_key, color=_PALE, marker="s", label="index with a key a day")
    left.plot(partitions, ours, color=_INK, marker="o", label="as it is")
    left.axhline(MOST_WRITES, color=_WARN, linestyle="--", label="limit of a partition")
    left.set_xscale("log", base=2)
    left.set_xticks(partitions, [str(each) for each in partitions])
    left.set_yscale("log")
    left.set_xlabel("partitions of the table and of each index")
    left.set_title("Hottest partition at 500 records/s, write units/s", fontsize=9)
    left.legend(frameon=False)
    bottoms = dict.fromkeys(bills, 0.0)
    services = list(next(iter(bills.values())))
    width = 0.8 / len(services)
    for number, service in enumerate(services):
        at = [place + number * width for place in range(len(bottoms))]
        right.bar(at, [bill[service] for bill in bills.values()], width, label=service)
    right.set_yscale("log")
    right.set_xticks([place + 0.32 for place in range(len(bills))], list(bills))
    right.set_title("US dollars a month, by service", fontsize=9)
    right.legend(frameon=False, ncols=2, fontsize=7)
    figure.savefig(output, format="svg", metadata={"Date": None, "Creator": None})
    plt.close(figure)
