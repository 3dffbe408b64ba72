"""Where a contact is shown, so that an editor knows what to read again when it changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from site_builder.front_matter import Document
from site_builder.library import Library
from site_builder.text.contact_links import contact_keys

_FOLDERS = ("orienteur", "formulaires")


@dataclass(frozen=True, order=True)
class Use:
    """A line that shows a contact; `what` is that line, shortened."""

    path: Path
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.path.as_posix()}:{self.line}: {self.what}"


def uses_of(key: str, library: Library, root: Path) -> list[Use]:
    """Every line of guides, alertes, questions, answers and forms that names `key`."""
    documents = [guide.document for guide in library.guides]
    documents += [alerte.document for alerte in library.alertes]
    uses = [use for document in documents for use in _in_document(key, document)]
    for folder in _FOLDERS:
        for path in sorted((root / "content" / folder).rglob("*.yaml")):
            uses += _in_yaml(key, path, path.relative_to(root))
    return sorted(uses)


def _in_document(key: str, document: Document) -> Iterator[Use]:
    declared = document.meta.get("contacts", [])
    if key in declared:
        line = document.line_of("contacts", declared.index(key))
        yield Use(document.path, line, "contacts de l’en-tête")
    for number, line_text in enumerate(document.body.split("\n"), document.body_line):
        if key in contact_keys(line_text):
            yield Use(document.path, number, _short(line_text))


def _in_yaml(key: str, path: Path, shown: Path) -> Iterator[Use]:
    """By line, since sentences hold `[[key]]` at any depth; else the keys that name a contact."""
    named = re.compile(rf"^\s*(?:service|contacts):.*(?<![a-z0-9-]){re.escape(key)}(?![a-z0-9-])")
    for number, text in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if key in contact_keys(text) or named.match(text):
            yield Use(shown, number, _short(text))


def _short(text: str) -> str:
    text = text.strip()
    return text if len(text) <= 100 else f"{text[:99]}…"
