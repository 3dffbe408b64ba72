"""The small marks that editors may write in a sentence: `[[contact]]` and `**bold**`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

_MARK = re.compile(r"\[\[(?P<key>[^\]|]+)(?:\|(?P<text>[^\]]+))?\]\]|\*\*(?P<strong>.+?)\*\*")
# Numbers of services, and addresses: they live in contacts.yaml and nowhere else.
_TYPED = re.compile(
    r"https?://\S+|www\.\S+"
    r"|\b0[1-9](?:[ .]?\d\d){4}\b|\b0 ?8\d\d ?\d{3} ?\d{3}\b"
    r"|\b(?:11[2-9]|116 ?\d{3}|3[01]\d\d|3[- ]?9[- ]?\d\d|33 ?700|31 ?177)\b(?! ?(?:€|euros))"
    r"|(?<=\ble )(?:15|17|18)\b(?! [a-zéû])|(?<=\bau )(?:15|17|18)\b(?! [a-zéû])"
)


def keys_in(text: str) -> Iterator[str]:
    """The keys of the contacts and services that a sentence names."""
    return (found["key"] for found in _MARK.finditer(text) if found["key"])


def typed_in(text: str) -> Iterator[str]:
    """The numbers and addresses written by hand in a sentence."""
    return (found[0] for found in _TYPED.finditer(_MARK.sub("", text)))


def is_broken(text: str) -> bool:
    """Whether a mark is opened and never closed, so that readers would see it."""
    rest = _MARK.sub("", text)
    return "[[" in rest or "]]" in rest or "**" in rest


def parts(text: str, links: Mapping[str, tuple[str, str]]) -> list[dict[str, Any]]:
    """The sentence cut in pieces for the template: `text`, with `href` or `strong` if any.

    `links` gives (label, address) of each contact and service by key.
    """
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
    return [piece for piece in [*pieces, {"text": text[end:]}] if piece["text"]]
