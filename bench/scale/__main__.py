"""`make simulate`: counts, draws, and writes docs/deployment.md and its picture."""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from bench.rows import ROOT
from bench.scale import costs, places
from bench.scale.journeys import Step, steps
from bench.scale.pages import Pages, weigh
from bench.scale.partitions import NEW_TABLE, hottest, needed, one_key_a_day
from bench.scale.picture import draw

_DOC, _PICTURE = ROOT / "docs" / "deployment.md", ROOT / "docs" / "images" / "scale.svg"
_BETWEEN = re.compile(r"(<!-- make simulate -->\n).*?(<!-- end -->)", re.S)
_PARTITIONS = [1, 2, 4, 8, 16, 32]


def main() -> None:
    """Write the tables between their marks, and the picture."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        counted = steps(folder / "assets", folder / "state")
        pages = weigh(folder / "site", counted["add a photo"].stored)
    bills = {
        place.name: costs.month(
            place, places.month(place), counted, pages, counted["confirm"].stored
        )
        for place in places.PLACES
    }
    france = places.PLACES[-1]
    ours = [max(hottest(france, counted, n).values()) for n in _PARTITIONS]
    daily = [max(hottest(france, counted, n, one_key_a_day).values()) for n in _PARTITIONS]
    draw(_PARTITIONS, ours, daily, bills, _PICTURE)
    text = "\n".join([*_steps_table(counted), "", *_bill_table(bills, pages), "", *_peaks(counted)])
    written = _BETWEEN.sub(lambda found: f"{found[1]}{text}\n{found[2]}", _DOC.read_text("utf-8"))
    _DOC.write_text(written, "utf-8")
    print(text)
    for step, ms in costs.CPU_MS.items():
        print(f"processor of « {step} »: {counted[step].cpu_ms:.1f} ms now, {ms} ms counted")


def _steps_table(counted: dict[str, Step]) -> list[str]:
    rows = ["| step | for a record | calls of DynamoDB, S3 | write, read units | kB in, out |",
            "|---|---|---|---|---|"]  # fmt: skip
    for name, share in places.PER_RECORD.items():
        step = counted[name]
        by_service = [
            sum(n for (service, _), n in step.calls.items() if service == each)
            for each in ("dynamodb", "s3")
        ]
        rows.append(
            f"| {name} | {share} | {by_service[0]}, {by_service[1]} "
            f"| {step.writes:g}, {step.reads:g} "
            f"| {step.received / 1e3:.0f}, {step.answered / 1e3:.0f} |"
        )
    return rows


def _bill_table(bills: dict[str, dict[str, float]], pages: Pages) -> list[str]:
    services = list(next(iter(bills.values())))
    rows = [f"| US dollars a month | {' | '.join(services)} | in all |",
            "|---|" + "---|" * (len(services) + 1)]  # fmt: skip
    for place in places.PLACES:
        bill = bills[place.name]
        said = [_dollars(bill[each]) for each in bill]
        total = _dollars(sum(bill.values()))
        rows.append(f"| {place.name}, {place.per_day:,} a day | {' | '.join(said)} | {total} |")
    rows += [
        "",
        f"A visit is {places.PAGES_PER_VISIT} pages of {pages.page / 1e3:.1f} kB and "
        f"{pages.scripts} files of {pages.assets / 1e3:.0f} kB in all, compressed.",
    ]
    return rows


def _dollars(amount: float) -> str:
    return f"{amount:,.0f}" if amount >= 10 else f"{amount:.2f}"


def _peaks(counted: dict[str, Step]) -> list[str]:
    rows = [
        "| worst second | records | requests | copies of the function, warm | all new at once "
        f"| hottest of {NEW_TABLE} partitions | partitions needed |",
        "|---|---|---|---|---|---|---|",
    ]
    for place in places.PLACES:
        peak = costs.peak(place, counted)
        hot = max(hottest(place, counted, NEW_TABLE).values(), default=0.0)
        rows.append(
            f"| {place.name} | {_said(place.peak_per_s)} | {_said(peak.requests)} "
            f"| {_said(peak.warm)} | {_said(peak.cold)} | {_said(hot)} "
            f"| {needed(place, counted)} |"
        )
    return rows


def _said(figure: float) -> str:
    """Two digits, without a power of ten."""
    if figure < 1:
        return "under 1"
    digits = len(str(int(figure)))
    return f"{round(figure, 2 - digits):,.{1 if digits == 1 else 0}f}"


if __name__ == "__main__":
    sys.exit(main())
