"""Links to Markdown files (`../guides/vols/vol-velo.md`) turned into URL paths of the site."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from site_builder.text.links import resolve


class DocumentLinks(Extension):
    """Markdown extension for texts shown at several places (page, feed): links are absolute."""

    def __init__(self, path: Path) -> None:
        """`path`: of the text, or of any other of its folder; relative to the project."""
        super().__init__()
        self._path = path

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - name set by Python-Markdown
        """Run after the inline patterns, when links are elements."""
        md.treeprocessors.register(_Resolve(md, self._path), "document-links", 5)


class _Resolve(Treeprocessor):
    def __init__(self, md: Markdown, path: Path) -> None:
        super().__init__(md)
        self._path = path

    def run(self, root: Element) -> None:
        for link in root.iter("a"):
            target, hash_mark, part = link.get("href", "").partition("#")
            if target.endswith(".md"):
                link.set("href", resolve(self._path, target) + hash_mark + part)
