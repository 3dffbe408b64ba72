"""`[[key]]` in Markdown: a contact's label as a link; `[[carte:key]]` alone on a line: its card."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor

PATTERN = r"\[\[(?P<card>carte:)?(?P<key>[a-z0-9-]+)(?:\|(?P<text>[^\]|]+))?\]\]"
_CARD_LINE = re.compile(r"^\[\[carte:(?P<key>[a-z0-9-]+)\]\]\s*$")

ContactView = Mapping[str, Any]  # as `theme.contact_view` makes it: label, href, name…


def contact_keys(line: str) -> Iterator[str]:
    """The keys that a line of Markdown names, in order."""
    for match in re.finditer(PATTERN, line):
        yield match["key"]


class ContactLinks(Extension):
    """Markdown extension; `card` renders a contact as HTML."""

    def __init__(
        self, contacts: Mapping[str, ContactView], card: Callable[[ContactView], str]
    ) -> None:
        super().__init__()
        self._contacts = contacts
        self._card = card

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - name set by Python-Markdown
        """Register both forms; the card goes first, since it is a block, and after metadata."""
        md.preprocessors.register(_Cards(md, self._contacts, self._card), "contact-cards", 25)
        md.inlinePatterns.register(_Links(PATTERN, md, self._contacts), "contact-links", 175)


class _Cards(Preprocessor):
    def __init__(
        self,
        md: Markdown,
        contacts: Mapping[str, ContactView],
        card: Callable[[ContactView], str],
    ) -> None:
        super().__init__(md)
        self._contacts = contacts
        self._render = card

    def run(self, lines: list[str]) -> list[str]:
        return [self._replace(line) for line in lines]

    def _replace(self, line: str) -> str:
        match = _CARD_LINE.match(line)
        if not match or match["key"] not in self._contacts:
            return line
        stash: str = self.md.htmlStash.store(self._render(self._contacts[match["key"]]))
        return f"\n\n{stash}\n\n"


class _Links(InlineProcessor):
    def __init__(self, pattern: str, md: Markdown, contacts: Mapping[str, ContactView]) -> None:
        super().__init__(pattern, md)
        self._contacts = contacts

    def handleMatch(  # type: ignore[override]  # noqa: N802 - name set by Python-Markdown
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        contact = self._contacts.get(m["key"])
        if contact is None:
            return None, None, None
        # A contact whose address is not sourced yet is named, and leads nowhere.
        link = Element("a", {"href": contact["href"]}) if contact["href"] else Element("span")
        if contact["href"].startswith("https:"):
            link.set("rel", "noreferrer")
        link.text = m["text"] or contact["label"]
        return link, m.start(0), m.end(0)
