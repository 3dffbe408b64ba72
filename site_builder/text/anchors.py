"""The parts of a text that a link can lead to: the ids that Markdown gives to its headings."""

from __future__ import annotations

import re

import markdown

_ID = re.compile(r'<h[1-6] id="([^"]+)"')


def anchors(body: str) -> frozenset[str]:
    """`## Qui peut vous aider` → `qui-peut-vous-aider`."""
    headings = "\n\n".join(line for line in body.split("\n") if line.startswith("#"))
    return frozenset(_ID.findall(markdown.markdown(headings, extensions=["toc"])))
