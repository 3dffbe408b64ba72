"""What the search field loads: one small entry a guide."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """A guide as the search sees it. Heavier fields first: title, synonyms, situation, summary."""

    url: str
    title: str
    theme: str
    summary: str
    situation: str
    synonyms: tuple[str, ...]
    sensitive: bool


def search_index(entries: list[Entry], themes: Mapping[str, str]) -> bytes:
    """JSON read by components/guide_search: rows of columns, to repeat no key."""
    rows = [
        [
            entry.url,
            entry.title,
            themes[entry.theme],
            entry.summary,
            entry.situation,
            " ; ".join(entry.synonyms),
        ]
        for entry in entries
    ]
    return json.dumps({"rows": rows}, ensure_ascii=False, separators=(",", ":")).encode()
