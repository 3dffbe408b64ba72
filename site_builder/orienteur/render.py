"""Static pages and links of the orienteur: one question a page, no state, no script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Protocol

from site_builder.orienteur.graph import Graph
from site_builder.orienteur.model import OUTCOME_PREFIX, START, GuideLink, Orienteur, Outcome
from site_builder.orienteur.walk import Stop, Walk, is_sensitive, path_of, walk
from site_builder.orienteur.words import parts
from site_builder.outputs import Output, page_file
from site_builder.text.spaces import french_spaces
from site_builder.theme import Page, source_view

# Title of the tab on sensitive pages: it must not tell anyone else what is being read.
NEUTRAL_TITLE = "Fiche pratique"
HOME = ("Que faire ?", "/orienteur/")
_LISTS = ("now", "who", "next", "also")
_NUMBERS = ("", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit")


class Renderer(Protocol):
    """What the orienteur asks of the theme."""

    globals: Mapping[str, Any]

    def render(self, template: str, page: Page, **context: Any) -> bytes:
        """The page as bytes."""
        ...


def render_orienteur(
    theme: Renderer, orienteur: Orienteur, guides: Mapping[str, GuideLink]
) -> Iterator[Output]:
    """Every page of the orienteur. `check_flows` must have found nothing before."""
    pages = _Pages(orienteur, guides, theme.globals["contacts"])
    for stop in pages.walk.stops:
        if stop.node.startswith(OUTCOME_PREFIX):
            template, context = "orienteur/outcome.html", pages.outcome(stop)
        else:
            template, context = "orienteur/question.html", pages.question(stop)
        page = pages.page(stop)
        yield Output(page_file(page.path), theme.render(template, page, **context))


class _Pages:
    """Turns stops into what the templates read."""

    def __init__(
        self,
        orienteur: Orienteur,
        guides: Mapping[str, GuideLink],
        contacts: Mapping[str, Mapping[str, Any]],
    ) -> None:
        self.orienteur, self.guides, self.contacts = orienteur, guides, contacts
        self.walk: Walk = walk(orienteur)
        self.graph = Graph(orienteur)
        sensitive = {slug for slug, guide in guides.items() if guide.sensitive}
        self.sensitive = {
            stop: is_sensitive(orienteur, stop, sensitive) for stop in self.walk.stops
        }
        self.paths = {
            stop: path_of(orienteur, stop, self.walk.names[stop.carried], self.sensitive[stop])
            for stop in self.walk.stops
        }
        self.links = {
            **{key: (service.label, service.page) for key, service in orienteur.services.items()},
            **{key: (contact["label"], contact["href"]) for key, contact in contacts.items()},
        }
        self._parts = cache(lambda text: parts(text, self.links))  # answers share sentences

    def page(self, stop: Stop) -> Page:
        """What the page says of itself."""
        question = self.orienteur.question(stop.node)
        title = question.question if question else self.orienteur.outcome(stop.node).title
        flow = self.orienteur.flows.get(stop.flow)
        is_home = stop.node == START
        is_first = flow is not None and stop.node == f"{stop.flow}/{flow.first}"
        is_listed = is_home or (is_first and not self.sensitive[stop])
        summary = self.orienteur.start.help if is_home else ""
        if flow:
            summary = flow.summary
        crumbs = [] if is_home else [HOME]
        if flow and not (is_first and not stop.carried.guide):
            crumbs.append((flow.title, f"/orienteur/{flow.page or stop.flow}/"))
        return Page(
            path=self.paths[stop],
            title=french_spaces(title),
            summary=summary,
            crumbs=tuple(crumbs),
            section="orienteur",
            sensitive=self.sensitive[stop],
            neutral_title=NEUTRAL_TITLE if self.sensitive[stop] else "",
            instead="" if is_listed else HOME[1],
        )

    def question(self, stop: Stop) -> dict[str, Any]:
        """Context of a question page."""
        question = self.orienteur.question(stop.node)
        if question is None:
            raise TypeError(f"{stop.node} is not a question")
        choices = [
            {
                "label": french_spaces(choice.label),
                "hint": self._parts(choice.hint),
                "href": self.paths[following],
            }
            for choice, following in self.walk.after[stop]
        ]
        return {
            "help": self._parts(question.help),
            "choices": choices,
            "progress": ""
            if stop.node == START
            else _progress(*self.graph.questions_left(stop.node)),
            **self._ways_back(stop),
        }

    def outcome(self, stop: Stop) -> dict[str, Any]:
        """Context of an outcome page."""
        outcome = self.orienteur.outcome(stop.node)
        # Things that were named on the way help only where something is to be prepared.
        have = (*outcome.have, *stop.carried.have) if outcome.have else ()
        slugs = dict.fromkeys(slug for slug in (stop.carried.guide, *outcome.guides) if slug)
        return {
            "answer": self._parts(outcome.answer),
            "emergency": self._parts(outcome.emergency),
            **{name: self._sentences(getattr(outcome, name)) for name in _LISTS},
            "have": self._sentences(have),
            "service": self._service(outcome),
            "guides": [{"title": self.guides[s].title, "href": self.guides[s].url} for s in slugs],
            "sources": [source_view(self.orienteur.sources[key]) for key in outcome.sources],
            **self._ways_back(stop),
        }

    def _service(self, outcome: Outcome) -> dict[str, Any]:
        if outcome.service in self.contacts:
            return {"contact": self.contacts[outcome.service]}
        own = self.orienteur.services[outcome.service]
        return {"key": outcome.service, "own": own.model_dump()}

    def _ways_back(self, stop: Stop) -> dict[str, str]:
        """The previous question when only one leads here; the start of the flow otherwise."""
        before = self.walk.before[stop]
        flow = self.orienteur.flows.get(stop.flow)
        return {
            "back": self.paths[before[0]] if len(before) == 1 else "",
            "restart": f"/orienteur/{flow.page or stop.flow}/" if flow else "",
        }

    def _sentences(self, texts: tuple[str, ...]) -> list[list[dict[str, Any]]]:
        return [self._parts(text) for text in texts]


def _progress(fewest: int, most: int) -> str:
    """How far the answer is, in words, without promising what we do not know."""
    if most == 1:
        return "Dernière question"
    if fewest == most:
        return f"Encore {_NUMBERS[most]} questions"
    between = "ou" if most == fewest + 1 else "à"
    return f"Encore {_NUMBERS[fewest]} {between} {_NUMBERS[most]} questions"
