"""content/changements.yaml: what changed on the site, told to those who come back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from site_builder.front_matter import Document
from site_builder.problems import Problem
from site_builder.text.links import Pages, check_links
from site_builder.text.wording import check_wording
from site_builder.validation import to_problems
from site_builder.yaml_lines import line_of, load_yaml

SHOWN = Path("content/changements.yaml")


class _Entry(BaseModel):
    """One change, as it is written; `guides` are slugs."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    date: dt.date
    what: str = Field(min_length=10, max_length=300)
    guides: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """One change, and the line of the file on which it stands."""

    date: dt.date
    what: str
    guides: tuple[str, ...]
    line: int


def load_changes(content: Path) -> tuple[list[Change], list[Problem]]:
    """The changes, newest first, and what is wrong with the others."""
    path = content / SHOWN.name
    if not path.is_file():
        return [], []
    data, problems = load_yaml(path, SHOWN)
    if problems:
        return [], problems
    if not isinstance(data, list):
        hint = "écrivez « - date: AAAA-MM-JJ », puis what et guides"
        return [], [Problem(SHOWN, 1, "ce fichier doit être une liste", hint)]
    changes = []
    for index, value in enumerate(data):
        try:
            entry = _Entry.model_validate(value)
            changes.append(Change(entry.date, entry.what, entry.guides, line_of(path, index)))
        except ValidationError as error:
            problems += to_problems(error, SHOWN, lambda *k, index=index: line_of(path, index, *k))
    return sorted(changes, key=lambda change: change.date, reverse=True), problems


def check_changes(
    changes: Sequence[Change], slugs: Collection[str], pages: Pages, today: dt.date
) -> Iterator[Problem]:
    """Dates that have come, guides that exist, and the same words as in a guide."""
    for change in changes:
        if change.date > today:
            message = f"date {change.date} est dans le futur"
            yield Problem(SHOWN, change.line, message, "écrivez le jour du changement")
        for slug in change.guides:
            if slug not in slugs:
                message = f"guide inconnu « {slug} »"
                hint = "écrivez son nom de fichier, sans dossier ni .md"
                yield Problem(SHOWN, change.line, message, hint)
        text = Document(SHOWN, {}, change.what, change.line)
        yield from (*check_wording(text), *check_links(text, pages))
