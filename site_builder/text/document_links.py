"""Links to Markdown files (`../guides/vols/vol-velo.md`) turned into URL paths of the site."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from site_builder.front_matter import Document
from site_builder.text.links import resolve


class DocumentLinks(Extension):
    """Markdown extension for a text shown at several places (page, feed): links are absolute.

    Attributes:
        document: The one whose text is converted next.
    """

    document: Document

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - name set by Python-Markdown
        """Run after the inline patterns, when links are elements."""
        md.treeprocessors.register(_Resolve(md, self), "document-links", 5)


class _Resolve(Treeprocessor):
    def __init__(self, md: Markdown, links: DocumentLinks) -> None:
        super().__init__(md)
        self._links = links

    def run(self, root: Element) -> None:
        for link in root.iter("a"):
            if link.get("href", "").split("#")[0].endswith(".md"):
                link.set("href", resolve(self._links.document, link.get("href", "")))
