"""The small marks that editors may write in a sentence: `[[contact]]` and `**bold**`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from site_builder.text.spaces import french_spaces
from site_builder.text.wording import numbers_in

_MARK = re.compile(r"\[\[(?P<key>[^\]|]+)(?:\|(?P<text>[^\]]+))?\]\]|\*\*(?P<strong>.+?)\*\*")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+")


def keys_in(text: str) -> Iterator[str]:
    """The keys of the contacts and services that a sentence names."""
    return (found["key"] for found in _MARK.finditer(text) if found["key"])


def typed_in(text: str) -> list[str]:
    """The numbers and addresses written by hand: they live in contacts.yaml and nowhere else."""
    bare = _MARK.sub("", text)
    return [*numbers_in(bare), *_ADDRESS.findall(bare)]


def is_broken(text: str) -> bool:
    """Whether a mark is opened and never closed, so that readers would see it."""
    rest = _MARK.sub("", text)
    return "[[" in rest or "]]" in rest or "**" in rest


def parts(text: str, links: Mapping[str, tuple[str, str]]) -> list[dict[str, Any]]:
    """The sentence cut in pieces for the template: `text`, with `href` or `strong` if any.

    `links` gives (label, address) of each contact and service by key.
    """
    text = french_spaces(text)
    pieces: list[dict[str, Any]] = []
    end = 0
    for found in _MARK.finditer(text):
        pieces.append({"text": text[end : found.start()]})
        if found["strong"]:
            pieces.append({"text": found["strong"], "strong": True})
        else:
            label, href = links[found["key"]]
            pieces.append({"text": found["text"] or label, "href": href})
        end = found.end()
    pieces.append({"text": text[end:]})
    return [piece for piece in pieces if piece["text"]]
