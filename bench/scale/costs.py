"""A month of each place in US dollars, and what its worst second asks for."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass

from bench.scale.journeys import Step
from bench.scale.pages import Pages
from bench.scale.places import PAGES_PER_VISIT, PER_RECORD, VISITS_PER_RECORD, Place
from reperes_package.plan import PRICES

PRICE: dict[str, float] = json.loads(PRICES.read_bytes())["use"]
# Processor of a warm request, ms, and of a new copy to its first acknowledgement: measured here
# (22 November 2026, this command and `python -m bench coldstart`); the command tells today's.
CPU_MS = {
    "check, with errors": 1.0,
    "check": 1.2,
    "confirm": 4.5,
    "come back": 20.0,
    "add a photo": 95.0,
    "write": 50.0,
}
COLD_MS = 300.0
# Assumed, not measured: how long AWS's stores take to answer, ms; lines that Lambda logs, bytes.
ANSWER_MS = {"dynamodb": 8.0, "s3": 30.0, "ssm": 15.0}
_LOGGED = 350
_GB, _PROCESSOR_MB = (
    1.0,
    1_769,
)  # memory of the function (.chalice/config.json), of a whole processor
_SHARE = _GB * 1_024 / _PROCESSOR_MB
_DAYS_KEPT = 90
_HOUSEKEEPING_GB = 1_769 / 1_024


@dataclass(frozen=True)
class Peak:
    """The worst second: requests, copies of the function when warm and when all are new."""

    requests: float
    warm: float
    cold: float


def seconds(name: str, step: Step) -> float:
    """One warm request on Lambda."""
    waits = sum(ANSWER_MS[service] * count for (service, _), count in step.calls.items())
    return (CPU_MS[name] / _SHARE + waits) / 1_000


def peak(place: Place, steps: dict[str, Step]) -> Peak:
    """What arrives at once. Little's law: copies at work = arrivals a second × seconds."""
    rates = {n: place.peak_per_s * PER_RECORD[n] for n, step in steps.items() if n in CPU_MS}
    requests = sum(rates.values())
    warm = sum(rate * seconds(name, steps[name]) for name, rate in rates.items())
    return Peak(requests, warm, requests * (COLD_MS / _SHARE / 1_000 + 0.1))


def month(
    place: Place, asked: Counter[str], steps: dict[str, Step], pages: Pages, stored: float
) -> dict[str, float]:
    """Dollars by service; `stored`: bytes of one record in the table, indexes included."""
    records = asked["confirm"]
    erased = {"purge": records / 3}  # the step erased three records
    all_steps = {**asked, **erased}
    requests = sum(count for name, count in asked.items() if steps[name].is_request)
    visits = records * VISITS_PER_RECORD
    fetched = visits * (PAGES_PER_VISIT + pages.scripts)
    out = visits * (PAGES_PER_VISIT * pages.page + pages.assets) + sum(
        count * steps[name].answered for name, count in asked.items()
    )
    arrived = sum(count * steps[name].received for name, count in asked.items())
    live_gb = place.per_day * _DAYS_KEPT * stored / 1e9
    files_gb = place.per_day * _DAYS_KEPT * PER_RECORD["add a photo"] * pages.sealed_photo / 1e9
    return {
        "CloudFront": out / 1e9 * PRICE["cloudfront_gb"]
        + arrived / 1e9 * PRICE["cloudfront_gb_to_origin"]
        + (fetched + requests) / 1e4 * PRICE["cloudfront_ten_thousand_requests"]
        + fetched / 1e6 * PRICE["cloudfront_million_functions"],
        "API Gateway": requests / 1e6 * PRICE["api_gateway_million_requests"],
        "Lambda": _lambda(asked, steps, requests, records),
        "DynamoDB": _total(all_steps, steps, "writes") / 1e6 * PRICE["dynamodb_million_writes"]
        + (_total(all_steps, steps, "reads") + 720 * 8) / 1e6 * PRICE["dynamodb_million_reads"]
        + live_gb * (PRICE["dynamodb_gb_month"] + PRICE["dynamodb_backup_gb_month"]),
        "S3": _s3(all_steps, steps) + files_gb * PRICE["s3_gb_month"],
        "logs": (requests + 720) * _LOGGED / 1e9 * PRICE["logs_gb"],
    }


def _lambda(asked: Counter[str], steps: dict[str, Step], requests: float, records: float) -> float:
    busy_s = sum(
        count * seconds(name, steps[name]) for name, count in asked.items() if name in CPU_MS
    )
    # Housekeeping: a second an hour of an empty table, and ten milliseconds a record.
    gb_s = busy_s * _GB + (720 + records * 0.01) * _HOUSEKEEPING_GB
    return gb_s * PRICE["lambda_gb_second"] + requests / 1e6 * PRICE["lambda_million_requests"]


def _total(asked: dict[str, float], steps: dict[str, Step], what: str) -> float:
    return sum(count * float(getattr(steps[name], what)) for name, count in asked.items())


def _s3(asked: dict[str, float], steps: dict[str, Step]) -> float:
    prices = {
        **dict.fromkeys(("put_object", "copy_object", "list_objects_v2"), "s3_thousand_writes"),
        **dict.fromkeys(("get_object", "head_object"), "s3_thousand_reads"),
    }
    return sum(
        count * calls / 1e3 * PRICE[prices[operation]]
        for name, count in asked.items()
        for (_, operation), calls in steps[name].calls.items()
        if operation in prices
    )
