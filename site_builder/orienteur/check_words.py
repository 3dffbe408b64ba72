"""What must be true of the words of a question or an outcome: links, numbers, sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from site_builder.orienteur.graph import Graph
from site_builder.orienteur.model import OUTCOME_PREFIX, Orienteur, Outcome
from site_builder.orienteur.words import is_broken, keys_in, typed_in
from site_builder.problems import Problem

MAX_CHOICES = 10
# Numbers that bring someone at once: the emergency line of an outcome names one of them.
EMERGENCY = frozenset(
    {
        "police-secours",
        "urgence-europeenne",
        "urgence-sourds",
        "samu",
        "pompiers",
        "secours-en-mer",
        "enfance-en-danger",
    }
)
_LISTS = ("now", "who", "have", "next", "also")

Keys = tuple[str | int, ...]


def check_questions(
    graph: Graph, contact_keys: Collection[str], guides: Collection[str]
) -> Iterator[Problem]:
    """Choices: enough of them, all different, guides that exist, no number typed."""
    orienteur = graph.orienteur
    for node in graph.nodes:
        question = orienteur.question(node)
        if question is None:
            continue
        if not 2 <= len(question.choices) <= MAX_CHOICES:
            message = f"cette question a {len(question.choices)} choix"
            hint = f"il en faut de 2 à {MAX_CHOICES}"
            yield orienteur.problem(node, ("choices",), message, hint)
        for label, count in Counter(choice.label for choice in question.choices).items():
            if count > 1:
                message = f"le choix « {label} » est écrit {count} fois"
                yield orienteur.problem(node, ("choices",), message, "distinguez-les")
        texts: list[tuple[Keys, str]] = [
            (("question",), question.question),
            (("help",), question.help),
        ]
        for index, choice in enumerate(question.choices):
            keys = ("choices", index)
            texts += [((*keys, "label"), choice.label), ((*keys, "hint"), choice.hint)]
            texts += [((*keys, "have"), thing) for thing in choice.have]
            if choice.guide and choice.guide not in guides:
                yield _no_guide(orienteur, node, (*keys, "guide"), choice.guide)
        yield from _words(orienteur, node, texts, contact_keys)


def check_outcomes(
    orienteur: Orienteur, contact_keys: Collection[str], guides: Collection[str]
) -> Iterator[Problem]:
    """Outcomes: a service that exists, an emergency line, sources and guides that exist."""
    for key, outcome in orienteur.outcomes.items():
        node = f"{OUTCOME_PREFIX}{key}"
        if outcome.service not in contact_keys and outcome.service not in orienteur.services:
            yield _no_contact(orienteur, node, ("service",), outcome.service)
        if not EMERGENCY.intersection(keys_in(outcome.emergency)):
            message = "la ligne d’urgence ne donne aucun numéro d’urgence"
            hint = "écrivez par exemple « En danger : [[police-secours]] »"
            yield orienteur.problem(node, ("emergency",), message, hint)
        for index, guide in enumerate(outcome.guides):
            if guide not in guides:
                yield _no_guide(orienteur, node, ("guides", index), guide)
        for index, source in enumerate(outcome.sources):
            if source not in orienteur.sources:
                message = f"la source « {source} » n’existe pas"
                hint = "ajoutez-la dans content/orienteur/references/sources.yaml"
                yield orienteur.problem(node, ("sources", index), message, hint)
        yield from _words(orienteur, node, _texts(outcome), contact_keys)


def _texts(outcome: Outcome) -> list[tuple[Keys, str]]:
    texts: list[tuple[Keys, str]] = [
        ((name,), getattr(outcome, name)) for name in ("title", "answer", "emergency")
    ]
    for name in _LISTS:
        texts += [((name, index), text) for index, text in enumerate(getattr(outcome, name))]
    return texts


def _words(
    orienteur: Orienteur, node: str, texts: list[tuple[Keys, str]], contact_keys: Collection[str]
) -> Iterator[Problem]:
    for keys, text in texts:
        for key in keys_in(text):
            if key not in contact_keys and key not in orienteur.services:
                yield _no_contact(orienteur, node, keys, key)
        if is_broken(text):
            message = "une marque [[…]] ou **…** n’est pas fermée"
            yield orienteur.problem(node, keys, message, "ajoutez les deux signes qui la ferment")
        for typed in typed_in(text):
            message = f"« {typed} » est écrit à la main"
            hint = "écrivez [[clé]], avec une clé de content/contacts.yaml"
            yield orienteur.problem(node, keys, message, hint)


def _no_contact(orienteur: Orienteur, node: str, keys: Keys, key: str) -> Problem:
    message = f"le service « {key} » n’existe pas"
    hint = "prenez une clé de content/contacts.yaml ou de references/services.yaml"
    return orienteur.problem(node, keys, message, hint)


def _no_guide(orienteur: Orienteur, node: str, keys: Keys, slug: str) -> Problem:
    hint = "prenez le nom d’un fichier de content/guides/, sans dossier ni .md"
    return orienteur.problem(node, keys, f"le guide « {slug} » n’existe pas", hint)
