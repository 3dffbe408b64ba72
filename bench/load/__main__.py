"""`python -m bench.load`: everything, then docs/load.md; `--only` prints one part."""

from __future__ import annotations

import sys

import click

from bench import intake
from bench.load import faults, hostile, ramp, report

_SHARE = 0.7


@click.command()
@click.option("--minutes", default=1.0, show_default=True, help="at 70 % of saturation")
@click.option("--rounds", default=20, show_default=True, help="of `kill -9`")
def main(minutes: float, rounds: int) -> None:
    """Measure and write docs/load.md; 1 if something was lost or recorded twice."""
    print("ramp")
    with intake.running() as server:
        steps = ramp.ramp(server)
    limit = ramp.saturation(steps)
    print(f"{limit:.0f} submissions a second; {minutes:g} min at {_SHARE:.0%}")
    with intake.running() as server:
        samples, latencies = ramp.steady(server, limit * _SHARE, minutes, print)
    print("clients that mean harm")
    attacks = hostile.measure(print)
    print("faults")
    outcomes = faults.measure(rounds, print)
    report.write(report.Findings(minutes, steps, _SHARE, samples, latencies, attacks, outcomes))
    print(report.PAGE.read_text(encoding="utf-8"))
    sys.exit(any(each.lost or each.duplicated for each in outcomes))


if __name__ == "__main__":
    main()
