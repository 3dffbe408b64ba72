"""The accessibility statement, from the criteria that the tests of this program keep."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from site_builder.outputs import Output, page_file
from site_builder.theme import Page, Theme, french_date
from site_builder.yaml_lines import load_yaml

FILE = Path(__file__).with_name("rgaa.yaml")
State = Literal["gap", "tested", "none", "unseen"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Criterion(_Strict):
    """One line of the statement: a criterion, or a run of neighbours that say alike.

    Attributes:
        what: What it asks, in our words.
        tested: Names of tests that keep it, in whole or in part.
        none: Why nothing of the site is concerned.
        gap: Why the site departs from it on purpose.
    """

    what: str
    tested: tuple[str, ...] = ()
    none: str = ""
    gap: str = ""

    @model_validator(mode="after")
    def _one_state(self) -> Criterion:
        if self.none and (self.tested or self.gap):
            raise ValueError("nothing is concerned, so nothing is tested or departed from")
        return self

    @property
    def state(self) -> State:
        """The one that a reader must know first."""
        if self.gap:
            return "gap"
        return "tested" if self.tested else "none" if self.none else "unseen"


class _Theme(_Strict):
    name: str
    criteria: dict[str, Criterion]


class _Source(_Strict):
    title: str
    url: str
    as_of: dt.date


class Statement(_Strict):
    """rgaa.yaml. `tests` gives the pytest id of each name; `beyond` is no part of the RGAA."""

    source: _Source
    tests: dict[str, str]
    beyond: tuple[Criterion, ...]
    themes: tuple[_Theme, ...] = Field(min_length=13, max_length=13)

    def lines(self) -> Iterator[tuple[str, Criterion]]:
        """Numbers (`1.1`, `4.1-4.13`) and criteria, in their order."""
        for theme in self.themes:
            yield from theme.criteria.items()


@cache
def load_statement() -> Statement:
    """The file of this program; a mistake in it is ours, and an exception."""
    data, problems = load_yaml(FILE, Path(FILE.name))
    if problems:
        raise ValueError(problems)
    return Statement.model_validate(data)


def numbers(key: str) -> list[str]:
    """`4.1-4.3` → 4.1, 4.2, 4.3."""
    first, _, last = key.partition("-")
    theme, start = first.split(".")
    end = (last or first).split(".")[1]
    return [f"{theme}.{number}" for number in range(int(start), int(end) + 1)]


def render_accessibility(theme: Theme) -> Output:
    """/accessibilite/."""
    statement = load_statement()
    summary = "Ce qui est vérifié à chaque version, ce qui ne l’est pas, et à qui le dire."
    page = Page("/accessibilite/", "Accessibilité", summary)
    counts = Counter[State]()
    for key, criterion in statement.lines():
        counts[criterion.state] += len(numbers(key))
    view = {
        "counts": dict(counts),
        "beyond": [criterion.what for criterion in statement.beyond],
        "themes": [_theme_view(entry) for entry in statement.themes],
        "source": statement.source.model_dump() | {"as_of": french_date(statement.source.as_of)},
    }
    return Output(page_file(page.path), theme.render("accessibilite.html", page, statement=view))


def _theme_view(entry: _Theme) -> dict[str, Any]:
    return {
        "name": entry.name,
        "criteria": [
            {"key": key.replace("-", " à "), "state": criterion.state, **criterion.model_dump()}
            for key, criterion in entry.criteria.items()
        ],
    }
