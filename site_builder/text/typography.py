"""French spaces in Markdown."""

from __future__ import annotations

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from site_builder.text.spaces import french_spaces


class FrenchSpaces(Extension):
    """Markdown extension, so that editors type ordinary spaces."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - name set by Python-Markdown
        """Run before the contacts, which bring HTML, and after metadata, which are no text."""
        md.preprocessors.register(_Spaces(md), "french-spaces", 26)


class _Spaces(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        # A line that begins with a mark is Markdown's own: an admonition, a table's alignment.
        return [line if line.startswith(("!!!", "|")) else french_spaces(line) for line in lines]
