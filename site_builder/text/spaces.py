"""French spaces: none may break before « : ; ? ! » or a unit, nor inside quotation marks."""

from __future__ import annotations

import re

# What stands before is looked at last: `re` then skips from space to space.
_BEFORE_HIGH_MARK = re.compile(r" (?=[:;?!»€%](?:[\s.,)*]|$))(?<=[\w)\]»’”*°!?.…] )")
_AFTER_OPENING_QUOTE = re.compile(r"« (?=\S)")
_BETWEEN_FIGURES = re.compile(r" (?=\d{3}\b)(?<=\d )")
_NO_BREAK = "\u00a0"


def french_spaces(text: str) -> str:
    """`Quoi ?` → the same with a space that never starts a line with a lonely mark."""
    text = _BEFORE_HIGH_MARK.sub(_NO_BREAK, text)
    text = _BETWEEN_FIGURES.sub(_NO_BREAK, text)
    return _AFTER_OPENING_QUOTE.sub(f"«{_NO_BREAK}", text)
