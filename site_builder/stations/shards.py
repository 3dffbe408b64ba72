"""Data that the search fetches: communes by name and by postcode, stations by département."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

import orjson

from site_builder.outputs import Output
from site_builder.stations.communes import Commune, Communes
from site_builder.stations.departements import Departement
from site_builder.stations.holidays import holidays_of
from site_builder.stations.model import Station
from site_builder.stations.phones import show_phone
from site_builder.stations.support import SupportOffice
from site_builder.stations.territories import time_zone
from site_builder.stations.views import card_data

FOLDER = "stations/donnees"
POSTCODE_DIGITS = 5
_Card = dict[str, Any]
# Words that people leave out, or write in their own way, in front of the name that matters.
SKIPPED = {"l", "la", "le", "les", "saint", "sainte", "st", "ste"}


def commune_key(folded: str) -> str:
    """The letters by which a commune is filed: `saint denis` → `denis`; same in the script."""
    words = folded.split()
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
    by_departement: dict[str, list[_Card]] = defaultdict(list)
    for station in sorted(opened, key=lambda station: station.id):
        by_departement[station.departement].append(_card(station, communes))
    yield _output("index", _index(by_departement, departements))
    for code, cards in sorted(by_departement.items()):
        body = {"z": time_zone(code), "f": holidays_of(code, today), "r": cards}
        offices = [
            _office(office)
            for office in support
            if office.departement == code and office.is_for_all
        ]
        yield _output(code, body | ({"v": offices} if offices else {}))
    yield from _shards_by_name(communes.all)
    competent = {
        insee: f"{station.departement}/{station.slug}"
        for station in opened
        for insee in station.competent_for
    }
    yield from _shards_by_postcode(communes.all, competent)


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


def _card(station: Station, communes: Communes) -> _Card:
    card = card_data(station, communes)
    zone = time_zone(station.departement, station.insee)
    return card if zone == time_zone(station.departement) else {**card, "z": zone}


def _office(office: SupportOffice) -> dict[str, Any]:
    point = [round(degrees, 5) for degrees in office.point_deg]
    phone = [office.phone, show_phone(office.phone)]
    return {"n": office.name, "p": point, "f": phone, "d": office.as_of.isoformat()[:7]}


def _shards_by_name(communes: Iterable[Commune]) -> Iterator[Output]:
    """By the two first letters; by the first and the last, where a slip between still finds it."""
    starts: dict[str, list[Commune]] = defaultdict(list)
    both_ends: dict[str, list[Commune]] = defaultdict(list)
    for commune in communes:
        key = commune_key(commune.folded)
        starts[key[:2]].append(commune)
        both_ends[key[0] + key[-1]].append(commune)
    for family, shards in (("debut", starts), ("bouts", both_ends)):
        for key, found in sorted(shards.items()):
            yield _output(f"{family}/{key}", [_short(commune) for commune in found])


def _shards_by_postcode(
    communes: Iterable[Commune], competent: Mapping[str, str]
) -> Iterator[Output]:
    """By the two first digits of each postcode, and of the INSEE code."""
    shards: dict[str, list[Commune]] = defaultdict(list)
    for commune in communes:
        own, codes = commune.insee[:2].lower(), commune.postcodes
        shards[own].append(commune)
        if len(codes) > POSTCODE_DIGITS or codes[:2] != own:  # one in ten
            for prefix in {code[:2] for code in codes.split()} - {own}:
                shards[prefix].append(commune)
    for prefix, found in sorted(shards.items()):
        rows = [_full(commune, competent.get(commune.insee, "")) for commune in found]
        yield _output(f"cp/{prefix}", rows)


def _short(commune: Commune) -> list[Any]:
    """[name, INSEE code, size]; size grows by one when the population grows threefold."""
    return [commune.name, commune.insee, _size(commune.population)]


def _full(commune: Commune, competent: str) -> list[Any]:
    """[name, INSEE code, size, postcodes, who answers for it, longitude, latitude]."""
    point = commune.point_deg or ()
    return [*_short(commune), commune.postcodes, competent, *point]


@cache
def _size(population: int) -> int:
    return round(2 * math.log10(population + 1))


def _output(name: str, body: object) -> Output:
    return Output(f"{FOLDER}/{name}.json", orjson.dumps(body))
