"""The part « Êtes-vous en danger maintenant ? » as a section of its own, so that it stands out."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

HEADING_ID = "etes-vous-en-danger-maintenant"


class DangerSection(Extension):
    """Markdown extension."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - name set by Python-Markdown
        """Run after toc (priority 5), which gives headings their ids."""
        md.treeprocessors.register(_Wrap(md), "danger-section", 4)


class _Wrap(Treeprocessor):
    def run(self, root: Element) -> None:
        children = list(root)
        start = next((i for i, child in enumerate(children) if child.get("id") == HEADING_ID), None)
        if start is None:
            return
        section = Element("section", {"class": "now flow"})
        for child in [children[start], *_until_next_heading(children[start + 1 :])]:
            root.remove(child)
            section.append(child)
        root.insert(start, section)


def _until_next_heading(children: list[Element]) -> list[Element]:
    stop = next((i for i, child in enumerate(children) if child.tag == "h2"), len(children))
    return children[:stop]
