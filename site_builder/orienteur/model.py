"""What the orienteur is made of: flows of questions that end on shared outcomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from site_builder.contacts import Source
from site_builder.problems import Problem
from site_builder.yaml_lines import line_of

START = "depart"
OUTCOME_PREFIX = "reponses/"


class _Words(BaseModel):
    """Words and routing only: a key that we do not know is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Choice(_Words):
    """One answer to a question. `to` names a question, a flow, `flow/question` or an outcome.

    `guide` and `have` follow the person to the outcome: what was stolen, say, is asked once,
    and the outcome then shows the guide of that thing and what to have at hand for it.
    """

    label: str = Field(min_length=2, max_length=110)
    hint: str = Field(default="", max_length=180)
    to: str = Field(min_length=2)
    guide: str = ""
    have: tuple[str, ...] = ()


class Question(_Words):
    """One page, one question."""

    question: str = Field(min_length=5, max_length=120)
    help: str = Field(default="", max_length=400)
    choices: tuple[Choice, ...]


class Outcome(_Words):
    """The end of a path: one service, and all that is needed to use it today."""

    title: str = Field(min_length=5, max_length=90)
    answer: str = Field(min_length=20, max_length=400)
    service: str
    emergency: str = Field(min_length=10, max_length=300)
    now: tuple[str, ...] = ()
    who: tuple[str, ...] = Field(min_length=1)
    have: tuple[str, ...] = ()
    next: tuple[str, ...] = Field(min_length=1)
    also: tuple[str, ...] = ()
    guides: tuple[str, ...] = Field(min_length=1)
    sources: tuple[str, ...] = Field(min_length=1)
    sensitive: bool = False


class Service(_Words):
    """A service without a number or an address of its own: a station, your bank, our pages."""

    label: str = Field(min_length=2, max_length=60)
    name: str = Field(min_length=3, max_length=120)
    use: str = Field(min_length=10, max_length=400)
    page: str = Field(default="", pattern=r"^(/[a-z0-9/-]+/)?$")
    button: str = ""


class Flow(_Words):
    """One file of questions. `page` is its name in addresses (the file's name by default)."""

    title: str = Field(min_length=3, max_length=80)
    summary: str = Field(default="", max_length=160)
    sensitive: bool = False
    page: str = Field(default="", pattern=r"^[a-z0-9-]*$")
    first: str
    questions: dict[str, Question] = Field(min_length=1)


@dataclass(frozen=True)
class GuideLink:
    """What the orienteur needs to know of a guide."""

    title: str
    url: str
    sensitive: bool = False


@dataclass(frozen=True)
class Orienteur:
    """Everything that content/orienteur/ holds.

    Attributes:
        folder: Where the files were read.
        start: The first question; its choices lead to flows or straight to outcomes.
        flows: By file name, without extension.
        outcomes: By file name, shared by all flows.
        services: Services that are not in contacts.yaml, by key.
        sources: The texts that were read, by key.
    """

    folder: Path
    start: Question
    flows: Mapping[str, Flow] = field(default_factory=dict)
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    services: Mapping[str, Service] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)

    def question(self, node: str) -> Question | None:
        """The question of a node (`depart` or `flow/name`); None for an outcome."""
        if node == START:
            return self.start
        flow, _, name = node.partition("/")
        return self.flows[flow].questions[name] if flow in self.flows else None

    def outcome(self, node: str) -> Outcome:
        """The outcome of a node `reponses/key`."""
        return self.outcomes[node.removeprefix(OUTCOME_PREFIX)]

    def problem(self, node: str, keys: tuple[str | int, ...], message: str, hint: str) -> Problem:
        """A mistake under `keys` of a node, or of a whole flow when `node` is its name."""
        flow, _, name = node.partition("/")
        if flow in self.flows:
            keys = ("questions", name, *keys) if name else keys
            file = f"{flow}.yaml"
        else:
            file = f"{node}.yaml"
        line = line_of(self.folder / file, *keys) if keys else 0
        return Problem(Path("content/orienteur") / file, line, message, hint)
