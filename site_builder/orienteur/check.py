"""What must be true of the orienteur before a person meets it. Nothing here raises or prints."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from site_builder.orienteur.check_words import check_outcomes, check_questions
from site_builder.orienteur.graph import Graph
from site_builder.orienteur.model import OUTCOME_PREFIX, START, Orienteur
from site_builder.problems import Problem

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_QUESTIONS = 8  # on any path, the first one included


def check_flows(
    orienteur: Orienteur, contact_keys: Collection[str], guides: Collection[str]
) -> list[Problem]:
    """Every problem, in the order of files and lines; `guides` holds the slugs that exist."""
    graph = Graph(orienteur)
    problems = [
        *_routing(graph),
        *_names(orienteur, contact_keys),
        *check_questions(graph, contact_keys, guides),
        *check_outcomes(orienteur, contact_keys, guides),
    ]
    # On broken routes, or without a first question, orphans and lengths would only repeat the
    # same mistake in other words.
    broken = any(problem.message.startswith("« to »") for problem in problems)
    if orienteur.start.choices and not broken:
        problems += _shape(graph)
    return sorted(set(problems))


def _routing(graph: Graph) -> Iterator[Problem]:
    orienteur = graph.orienteur
    for key, flow in orienteur.flows.items():
        if flow.first not in flow.questions:
            message = f"« to » : la première question « {flow.first} » n’existe pas"
            hint = f"écrivez l’une de celles du fichier : {_list(flow.questions)}"
            yield orienteur.problem(key, ("first",), message, hint)
    for node in graph.nodes:
        for index, choice, to in graph.choices(node):
            if to is None:
                message = f"« to » : « {choice.to} » ne mène nulle part"
                hint = "écrivez le nom d’une question, d’un parcours ou d’un fichier de reponses/"
                yield orienteur.problem(node, ("choices", index, "to"), message, hint)


def _shape(graph: Graph) -> Iterator[Problem]:
    orienteur = graph.orienteur
    if loop := graph.loop():
        message = f"les questions tournent en rond : {' → '.join(loop)}"
        hint = "faites mener l’un de ces choix à une réponse"
        yield orienteur.problem(loop[0], ("choices",), message, hint)
        return
    way = graph.longest[START]
    asked = [node for node in way if not node.startswith(OUTCOME_PREFIX)]
    if len(asked) > MAX_QUESTIONS:
        message = f"ce chemin pose {len(asked)} questions : {' → '.join(asked)}"
        hint = f"{MAX_QUESTIONS} au plus ; supprimez ou regroupez des questions"
        yield orienteur.problem(asked[-1], ("question",), message, hint)
    for node in graph.nodes:
        if node not in graph.reachable:
            what = "cette réponse" if node.startswith(OUTCOME_PREFIX) else "cette question"
            hint = "faites-y mener un choix, ou supprimez-la"
            keys = () if node.startswith(OUTCOME_PREFIX) else ("question",)
            yield orienteur.problem(node, keys, f"aucun chemin ne mène à {what}", hint)


def _names(orienteur: Orienteur, contact_keys: Collection[str]) -> Iterator[Problem]:
    pages: dict[str, str] = {}
    for key, flow in orienteur.flows.items():
        page = flow.page or key
        if flow.sensitive and not _is_neutral(flow.page):
            message = f"l’adresse « {page} » en dit trop pour un parcours sensible"
            yield orienteur.problem(
                key, ("page",), message, "écrivez par exemple « page: suite-4 »"
            )
        if page in pages:
            message = f"l’adresse « {page} » est déjà celle de {pages[page]}.yaml"
            yield orienteur.problem(key, ("page",), message, "choisissez un autre nom")
        pages[page] = key
        for name in flow.questions:
            if name in orienteur.outcomes or name in orienteur.flows:
                message = f"« {name} » désigne aussi une réponse ou un parcours"
                hint = "donnez un autre nom à la question"
                yield orienteur.problem(f"{key}/{name}", ("question",), message, hint)
    yield from _addresses(orienteur)
    for key in orienteur.services:
        if key in contact_keys:
            message = f"« {key} » est aussi une clé de content/contacts.yaml"
            yield orienteur.problem("references/services", (key,), message, "gardez-en une seule")


def _addresses(orienteur: Orienteur) -> Iterator[Problem]:
    """Names become parts of addresses: lower case, figures and hyphens only."""
    hint = "écrivez en minuscules, sans accent, avec des tirets"
    for key, flow in orienteur.flows.items():
        for name in flow.questions:
            if not _NAME.fullmatch(name):
                message = f"« {name} » ne peut pas servir d’adresse"
                yield orienteur.problem(f"{key}/{name}", ("question",), message, hint)
    for key in (*orienteur.flows, *(f"{OUTCOME_PREFIX}{key}" for key in orienteur.outcomes)):
        if not _NAME.fullmatch(key.removeprefix(OUTCOME_PREFIX)):
            message = "le nom de ce fichier ne peut pas servir d’adresse"
            yield orienteur.problem(key, (), message, hint)


def _is_neutral(page: str) -> bool:
    """A name such as `suite-4`, which tells nothing in a history or an address bar."""
    word, _, number = page.partition("-")
    return word == "suite" and number.isdigit()


def _list(names: Collection[str]) -> str:
    return ", ".join(sorted(names))
