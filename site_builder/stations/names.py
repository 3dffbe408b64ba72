"""Names folded for comparison, and the short stable addresses made from them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from unicodedata import combining, normalize

# What the official files write before the place; the rest is what tells stations apart.
_GENERIC = re.compile(
    r"^(commissariat (central |subdivisionnaire )?(de )?police|bureau de police"
    r"|(gendarmerie [-–] )?brigade( territoriale)?( autonome)?( de gendarmerie| de proximité)?)"
    r"(\s+[-–])?\s+(?P<link>de |d['’]|du |des )?(?P<place>.+)$",
    re.IGNORECASE,
)
_LATIN = range(0xC0, 0x250)
_WORD = re.compile(r"[a-z0-9]+")
# Latin letters with accents, made plain once, and marks made spaces: all communes are folded.
_PLAIN = {
    **{
        code: "".join(c for c in normalize("NFKD", chr(code)) if not combining(c))
        for code in _LATIN
    },
    **{code: " " for code in (*range(0x80), ord("’")) if not chr(code).isalnum()},
    **{ord("œ"): "oe", ord("æ"): "ae"},
}
_ARTICLES = {"du ": "Le ", "des ": "Les "}


def fold(text: str) -> str:
    """Lower case, no accent, words parted by one space: `L’Haÿ-les-Roses` → `l hay les roses`."""
    plain = text.lower().translate(_PLAIN)
    return " ".join(plain.split() if plain.isascii() else _WORD.findall(plain))


def slugify(text: str) -> str:
    """`Ambérieu-en-Bugey` → `amberieu-en-bugey`."""
    return fold(text).replace(" ", "-")


@cache
def place_of(name: str) -> str:
    """What tells a station apart: `Commissariat de police du Havre` → `Le Havre`."""
    found = _GENERIC.match(name)
    if not found:
        return name
    link = (found["link"] or "").lower()
    place = _ARTICLES.get(link, "") + found["place"]
    return place[0].upper() + place[1:]


def slug_of(kind: str, name: str) -> str:
    """Address of a station inside its département, before namesakes are told apart."""
    return f"{kind}-{slugify(place_of(name))}"


def assign_slugs(
    stations: Iterable[tuple[str, str, str]], kept: Mapping[str, str]
) -> dict[str, str]:
    """Address by station id, unique in each département.

    Args:
        stations: (id, département, wanted address) of each station.
        kept: Addresses given by an earlier import, which never change.
    """
    taken: dict[str, set[str]] = defaultdict(set)
    result: dict[str, str] = {}
    rows = sorted(stations, key=lambda row: (row[0] not in kept, row[0]))
    for station_id, departement, wanted in rows:
        slug, number = kept.get(station_id, wanted), 2
        while slug in taken[departement]:
            slug, number = f"{wanted}-{number}", number + 1
        taken[departement].add(slug)
        result[station_id] = slug
    return result
