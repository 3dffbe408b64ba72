"""The stations that a form lets a person choose: a short list by département."""

from __future__ import annotations

import json
from collections.abc import Iterable

from site_builder.outputs import Output
from site_builder.stations.model import Station


def station_list(stations: Iterable[Station]) -> Output:
    """`stations.json` of the functions: `{"33": [[id, name, commune], …]}`, by commune."""
    lists: dict[str, list[tuple[str, str, str]]] = {}
    for one in sorted(stations, key=lambda one: (one.commune, one.name, one.id)):
        if one.closed_on is None:
            lists.setdefault(one.departement, []).append((one.id, one.name, one.commune))
    text = json.dumps(lists, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Output("stations.json", text.encode())
