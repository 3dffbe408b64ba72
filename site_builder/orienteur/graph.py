"""The flows as a graph of nodes: `depart`, `flow/question`, `reponses/outcome`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from site_builder.orienteur.model import OUTCOME_PREFIX, START, Choice, Orienteur


def resolve(orienteur: Orienteur, flow: str, to: str) -> str | None:
    """The node that `to` names when read in `flow` (empty on the start page); None if unknown."""
    if "/" in to:
        other, _, name = to.partition("/")
        known = other in orienteur.flows and name in orienteur.flows[other].questions
        return to if known else None
    if flow in orienteur.flows and to in orienteur.flows[flow].questions:
        return f"{flow}/{to}"
    if to in orienteur.flows:
        return f"{to}/{orienteur.flows[to].first}"
    return f"{OUTCOME_PREFIX}{to}" if to in orienteur.outcomes else None


def flow_of(node: str) -> str:
    """The flow of a question; empty for the start."""
    return "" if node == START else node.partition("/")[0]


class Graph:
    """Where each choice leads. Choices that lead nowhere are left out: `check` tells them."""

    def __init__(self, orienteur: Orienteur) -> None:
        self.orienteur = orienteur

    @cached_property
    def nodes(self) -> tuple[str, ...]:
        """Every question and every outcome, whether reachable or not."""
        questions = [
            f"{key}/{name}" for key, flow in self.orienteur.flows.items() for name in flow.questions
        ]
        outcomes = [f"{OUTCOME_PREFIX}{key}" for key in self.orienteur.outcomes]
        return (START, *questions, *outcomes)

    def choices(self, node: str) -> Iterator[tuple[int, Choice, str | None]]:
        """(index, choice, node it leads to or None) of a question; nothing for an outcome."""
        question = self.orienteur.question(node)
        for index, choice in enumerate(question.choices if question else ()):
            yield index, choice, resolve(self.orienteur, flow_of(node), choice.to)

    @cached_property
    def edges(self) -> Mapping[str, tuple[str, ...]]:
        """The nodes that follow each node, without repetition."""
        return {
            node: tuple(dict.fromkeys(to for _, _, to in self.choices(node) if to))
            for node in self.nodes
        }

    @cached_property
    def reachable(self) -> frozenset[str]:
        """The nodes that a person can come to from the start."""
        seen, waiting = {START}, [START]
        while waiting:
            new = [node for node in self.edges.get(waiting.pop(), ()) if node not in seen]
            seen.update(new)
            waiting += new
        return frozenset(seen)

    def loop(self) -> tuple[str, ...]:
        """The nodes of one loop, first repeated at the end; empty when there is none."""
        done: set[str] = set()
        for node in self.nodes:
            found = self._loop_from(node, (), done)
            if found:
                return found
        return ()

    def _loop_from(self, node: str, trail: tuple[str, ...], done: set[str]) -> tuple[str, ...]:
        if node in trail:
            return (*trail[trail.index(node) :], node)
        if node in done:
            return ()
        for following in self.edges[node]:
            found = self._loop_from(following, (*trail, node), done)
            if found:
                return found
        done.add(node)
        return ()

    @cached_property
    def longest(self) -> Mapping[str, tuple[str, ...]]:
        """The longest way from each node to an outcome, as nodes. Only without loop."""
        ways: dict[str, tuple[str, ...]] = {}
        for node in self.nodes:
            self._longest_from(node, ways)
        return ways

    def _longest_from(self, node: str, ways: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
        if node not in ways:
            tails = [self._longest_from(following, ways) for following in self.edges[node]]
            ways[node] = (node, *max(tails, key=len, default=()))
        return ways[node]

    def questions_left(self, node: str) -> tuple[int, int]:
        """How many questions remain at least and at most, this one included. Only without loop."""
        if node.startswith(OUTCOME_PREFIX):
            return 0, 0
        left = [self.questions_left(following) for following in self.edges[node]]
        return 1 + min(fewest for fewest, _ in left), 1 + max(most for _, most in left)
