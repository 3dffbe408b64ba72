"""A station as search engines read it: JSON-LD in the words of https://schema.org/PoliceStation.

A data block is not a script: the content security policy lets it through and nothing runs it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import orjson

from site_builder.stations.hours import ALWAYS, HOLIDAYS, format_hours, parse_hours
from site_builder.stations.model import Station


def linked_data(station: Station, site_url: str) -> str:
    """Text of the data block, safe inside `<script>`; empty for a station that has closed."""
    if station.closed_on:
        return ""
    values = {
        "@context": "https://schema.org",
        "@type": "PoliceStation",
        "name": station.name,
        "url": site_url + station.path,
        "telephone": list(station.phones),
        "email": station.email,
        "address": _filled(
            {
                "@type": "PostalAddress",
                "streetAddress": station.address,
                "postalCode": station.postcode,
                "addressLocality": station.commune,
                "addressCountry": "FR",
            }
        ),
        "geo": _point(station),
        "openingHours": _opening(station.hours) if station.hours else (),
    }
    text = orjson.dumps(_filled(values)).decode()
    return text.replace("<", "\\u003c")  # `</script>` in a name would end the block


def _point(station: Station) -> dict[str, Any] | None:
    if not station.is_located:
        return None
    longitude, latitude = station.point_deg
    return {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}


@cache
def _opening(hours: str) -> tuple[str, ...]:
    """One text a span, as schema.org asks: `Mo-Fr 08:00-12:00`. Holidays have no place there."""
    text = format_hours(parse_hours(hours))
    return ("Mo-Su",) if text == ALWAYS else tuple(_spans(text))


def _spans(hours: str) -> Iterator[str]:
    for rule in hours.split("; "):
        days, _, spans = rule.partition(" ")
        kept = ",".join(day for day in days.split(",") if day != HOLIDAYS)
        if kept and spans != "off":
            yield from (f"{kept} {span}" for span in spans.split(","))


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}
