"""The stations that a form lets a person choose: a short list by département."""

from __future__ import annotations

from collections.abc import Iterable

import orjson

from site_builder.outputs import Output
from site_builder.stations.model import Station


def station_list(stations: Iterable[Station]) -> Output:
    """`stations.json` of the functions: `{"33": [[id, name, commune], …]}`, by commune."""
    lists: dict[str, list[tuple[str, str, str]]] = {}
    for one in sorted(stations, key=lambda one: (one.commune, one.name, one.id)):
        if one.closed_on is None:
            lists.setdefault(one.departement, []).append((one.id, one.name, one.commune))
    return Output("stations.json", orjson.dumps(lists, option=orjson.OPT_SORT_KEYS))
