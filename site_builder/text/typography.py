"""French spaces: none may break before « : ; ? ! » or a unit, nor inside quotation marks."""

from __future__ import annotations

import re

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

_BEFORE_HIGH_MARK = re.compile(r"(?<=[\w)\]»’”*°!?.…]) (?=[:;?!»€%](?:[\s.,)*]|$))")
_AFTER_OPENING_QUOTE = re.compile(r"« (?=\S)")
_BETWEEN_FIGURES = re.compile(r"(?<=\d) (?=\d{3}\b)")
_NO_BREAK = "\u00a0"


def french_spaces(text: str) -> str:
    """`Quoi ?` → the same with a space that never starts a line with a lonely mark."""
    text = _BEFORE_HIGH_MARK.sub(_NO_BREAK, text)
    text = _BETWEEN_FIGURES.sub(_NO_BREAK, text)
    return _AFTER_OPENING_QUOTE.sub(f"«{_NO_BREAK}", text)


class FrenchSpaces(Extension):
    """Markdown extension, so that editors type ordinary spaces."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - name set by Python-Markdown
        """Run before the contacts, which bring HTML."""
        md.preprocessors.register(_Spaces(md), "french-spaces", 29)


class _Spaces(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        # A line that begins with a mark is Markdown's own: an admonition, a table's alignment.
        return [line if line.startswith(("!!!", "|")) else french_spaces(line) for line in lines]
