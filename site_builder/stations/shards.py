"""Data that the search fetches: communes by name and by postcode, stations by département."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

import orjson

from site_builder.outputs import Output
from site_builder.stations.communes import Commune, Communes
from site_builder.stations.departements import Departement
from site_builder.stations.holidays import holidays_of
from site_builder.stations.model import Station
from site_builder.stations.names import fold
from site_builder.stations.nearest import Point
from site_builder.stations.phones import show_phone
from site_builder.stations.support import SupportOffice
from site_builder.stations.territories import time_zone
from site_builder.stations.views import card_data

FOLDER = "stations/donnees"
_Card = dict[str, Any]
# Words that people leave out, or write in their own way, in front of the name that matters.
SKIPPED = {"l", "la", "le", "les", "saint", "sainte", "st", "ste"}


@cache
def commune_key(name: str) -> str:
    """The letters by which a commune is filed: `Saint-Denis` → `denis`; same in the script."""
    words = fold(name).split()
    while len(words) > 1 and words[0] in SKIPPED:
        words = words[1:]
    return "".join(words)


def shard_outputs(
    stations: Sequence[Station],
    communes: Communes,
    departements: Mapping[str, Departement],
    today: date,
    support: Sequence[SupportOffice] = (),
) -> Iterator[Output]:
    """Every data file of the search, small enough for a bad network."""
    opened = [station for station in stations if station.closed_on is None]
    points = {c.insee: c.point_deg for c in communes.all if c.point_deg}
    by_departement: dict[str, list[_Card]] = defaultdict(list)
    for station in sorted(opened, key=lambda station: station.id):
        by_departement[station.departement].append(_card(station, points))
    yield _output("index", _index(by_departement, departements))
    for code, cards in sorted(by_departement.items()):
        body = {"z": time_zone(code), "f": holidays_of(code, today), "r": cards}
        offices = [
            _office(office)
            for office in support
            if office.departement == code and office.is_for_all
        ]
        yield _output(code, body | ({"v": offices} if offices else {}))
    yield from _commune_shards("debut", communes.all, lambda c: {commune_key(c.name)[:2]}, _short)
    yield from _commune_shards("bouts", communes.all, _both_ends, _short)
    competent = {
        insee: f"{station.departement}/{station.slug}"
        for station in opened
        for insee in station.competent_for
    }
    yield from _commune_shards(
        "cp", communes.all, _prefixes, lambda c: _full(c, competent.get(c.insee, ""))
    )


def _index(
    cards: Mapping[str, Sequence[_Card]], departements: Mapping[str, Departement]
) -> list[list[Any]]:
    """[slug, code, name, west, south, east, north] of each département; no box, no station."""
    rows = []
    for slug, place in departements.items():
        found = [card["p"] for card in cards.get(slug, ()) if "p" in card]
        row: list[Any] = [slug, place.code, place.name]
        if found:
            longitudes, latitudes = zip(*found, strict=True)
            row += [min(longitudes), min(latitudes), max(longitudes), max(latitudes)]
        rows.append(row)
    return rows


def _card(station: Station, points: Mapping[str, Point]) -> _Card:
    card = card_data(station, points)
    zone = time_zone(station.departement, station.insee)
    return card if zone == time_zone(station.departement) else {**card, "z": zone}


def _office(office: SupportOffice) -> dict[str, Any]:
    point = [round(degrees, 5) for degrees in office.point_deg]
    phone = [office.phone, show_phone(office.phone)]
    return {"n": office.name, "p": point, "f": phone, "d": office.as_of.isoformat()[:7]}


def _commune_shards(
    family: str,
    communes: Iterable[Commune],
    keys: Callable[[Commune], set[str]],
    row: Callable[[Commune], list[Any]],
) -> Iterator[Output]:
    shards: dict[str, list[list[Any]]] = defaultdict(list)
    for commune in communes:
        made = row(commune)
        for key in keys(commune):
            shards[key].append(made)
    for key, rows in sorted(shards.items()):
        yield _output(f"{family}/{key}", rows)


def _both_ends(commune: Commune) -> set[str]:
    """First and last letters: a slip between the two still finds the shard."""
    key = commune_key(commune.name)
    return {key[0] + key[-1]}


def _prefixes(commune: Commune) -> set[str]:
    return {commune.insee[:2].lower(), *(code[:2] for code in commune.postcodes)}


def _short(commune: Commune) -> list[Any]:
    """[name, INSEE code, size]; size grows by one when the population grows threefold."""
    return [commune.name, commune.insee, round(2 * math.log10(commune.population + 1))]


def _full(commune: Commune, competent: str) -> list[Any]:
    """[name, INSEE code, size, postcodes, who answers for it, longitude, latitude]."""
    point = [round(degrees, 4) for degrees in commune.point_deg or ()]
    return [*_short(commune), " ".join(commune.postcodes), competent, *point]


def _output(name: str, body: object) -> Output:
    return Output(f"{FOLDER}/{name}.json", orjson.dumps(body))
