"""Every page that a person can come to, found by walking from the first question.

A page is a node and what the person carries there (`Carried`): the static pages remember
nothing, so what was said earlier and still matters is in the address of the page itself.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from site_builder.orienteur.graph import Graph, flow_of
from site_builder.orienteur.model import OUTCOME_PREFIX, START, Choice, Orienteur


@dataclass(frozen=True)
class Carried:
    """The guide and the things to have at hand that earlier choices named."""

    guide: str = ""
    have: tuple[str, ...] = ()

    def after(self, choice: Choice) -> Carried:
        """What is carried once `choice` is made: a later guide replaces an earlier one."""
        return Carried(choice.guide, choice.have) if choice.guide else self


@dataclass(frozen=True)
class Stop:
    """One page: a node, reached in a flow (empty from the start), with what is carried."""

    node: str
    flow: str
    carried: Carried = field(default_factory=Carried)


@dataclass(frozen=True)
class Walk:
    """All stops in the order in which they are met, the choices between them, the ways back."""

    stops: tuple[Stop, ...]
    after: Mapping[Stop, tuple[tuple[Choice, Stop], ...]]
    before: Mapping[Stop, tuple[Stop, ...]]

    @cached_property
    def names(self) -> Mapping[Carried, str]:
        """The part of an address that says what is carried: `vol-velo`, `degradations-2`."""
        names: dict[Carried, str] = {}
        seen: Counter[str] = Counter()
        for carried in dict.fromkeys(stop.carried for stop in self.stops):
            seen[carried.guide] += 1
            number = seen[carried.guide]
            names[carried] = f"{carried.guide}-{number}" if number > 1 else carried.guide
        return names


def walk(orienteur: Orienteur) -> Walk:
    """The walk from the first question; choices that lead nowhere are left out."""
    graph = Graph(orienteur)
    start = Stop(START, "")
    after: dict[Stop, tuple[tuple[Choice, Stop], ...]] = {}
    before: dict[Stop, list[Stop]] = {start: []}
    waiting = [start]
    while waiting:
        stop = waiting.pop(0)
        after[stop] = _following(graph, stop)
        for _, following in after[stop]:
            if following not in before:
                before[following] = []
                waiting.append(following)
            if stop not in before[following]:
                before[following].append(stop)
    return Walk(tuple(after), after, {stop: tuple(stops) for stop, stops in before.items()})


def _following(graph: Graph, stop: Stop) -> tuple[tuple[Choice, Stop], ...]:
    return tuple(
        (choice, Stop(to, _flow(to, stop.flow), stop.carried.after(choice)))
        for _, choice, to in graph.choices(stop.node)
        if to
    )


def _flow(node: str, current: str) -> str:
    return current if node.startswith(OUTCOME_PREFIX) else flow_of(node)


def is_sensitive(orienteur: Orienteur, stop: Stop, sensitive_guides: Collection[str]) -> bool:
    """Whether the reader may be watched: by the flow, the outcome, or the guide carried."""
    if stop.flow and orienteur.flows[stop.flow].sensitive:
        return True
    if stop.carried.guide in sensitive_guides:
        return True
    is_outcome = stop.node.startswith(OUTCOME_PREFIX)
    return is_outcome and orienteur.outcome(stop.node).sensitive


def path_of(orienteur: Orienteur, stop: Stop, carried: str, is_neutral: bool) -> str:
    """URL path of a stop; `carried` is one of `Walk.names`.

    On sensitive pages the last part is a code that tells nothing.
    """
    if stop.node == START:
        return "/orienteur/"
    flow = orienteur.flows.get(stop.flow)
    root = f"/orienteur/{flow.page or stop.flow}/" if flow else "/orienteur/"
    name = stop.node.partition("/")[2]
    if flow and stop.node == f"{stop.flow}/{flow.first}" and not carried:
        return root
    if is_neutral:
        # Stable when the file is edited, the same for everyone, and short.
        digest = hashlib.sha256(f"{carried}/{stop.node}".encode()).digest()
        return f"{root}{base64.b32encode(digest)[:5].decode().lower()}/"
    return f"{root}{carried}/{name}/" if carried else f"{root}{name}/"


def outcomes_by_guide(orienteur: Orienteur) -> dict[str, tuple[str, ...]]:
    """For each guide, the keys of the outcomes whose page shows it."""
    found: dict[str, set[str]] = {}
    for stop in walk(orienteur).stops:
        if stop.node.startswith(OUTCOME_PREFIX):
            outcome = orienteur.outcome(stop.node)
            for guide in (stop.carried.guide, *outcome.guides):
                found.setdefault(guide, set()).add(stop.node.removeprefix(OUTCOME_PREFIX))
    return {guide: tuple(sorted(keys)) for guide, keys in sorted(found.items()) if guide}


def guides_by_outcome(orienteur: Orienteur) -> dict[str, tuple[str, ...]]:
    """For each outcome, the slugs of the guides that its pages show."""
    found: dict[str, set[str]] = {key: set() for key in orienteur.outcomes}
    for guide, outcomes in outcomes_by_guide(orienteur).items():
        for outcome in outcomes:
            found[outcome].add(guide)
    return {key: tuple(sorted(guides)) for key, guides in found.items()}
