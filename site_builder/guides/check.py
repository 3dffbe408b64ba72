"""Rules that every guide must satisfy before it is published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from site_builder.contacts import Contact
from site_builder.guides.model import Guide
from site_builder.problems import Problem
from site_builder.text.contact_links import contact_keys
from site_builder.text.links import Pages, check_links
from site_builder.text.wording import check_wording, numbers_in

MIN_WORDS, MAX_WORDS = 400, 900

# The parts of a guide, in order; a part may have two names.
GUIDE_PLAN = (
    ("Êtes-vous en danger maintenant ?",),
    ("Les premières minutes",),
    ("Ce qu’il faut garder comme preuve",),
    ("À qui le dire, et comment",),
    ("Ce que cela change pour vous",),
    ("Qui peut vous aider",),
    ("Comment l’éviter", "Pour la suite"),
    ("Ce que dit la loi",),
)


@dataclass(frozen=True)
class Surroundings:
    """What a guide may refer to.

    Attributes:
        contacts: Those of contacts.yaml, by key.
        slugs: Slugs of all guides.
        themes: Keys of the themes of site.yaml.
        pages: What a link may lead to.
        today: Day of the build.
    """

    contacts: Mapping[str, Contact]
    slugs: Collection[str]
    themes: Collection[str]
    pages: Pages
    today: date


def check_guides(guides: Sequence[Guide], around: Surroundings) -> list[Problem]:
    """Every problem of every guide, in the order of the files."""
    problems = [*_duplicate_slugs(guides)]
    for guide in guides:
        problems += check_guide(guide, around)
    return problems


def check_guide(guide: Guide, around: Surroundings) -> list[Problem]:
    """Every problem of one guide, in the order of its lines."""
    problems = [
        *_theme(guide, around),
        *_references(guide, around),
        *_numbers_of_head(guide, around),
        *_dates(guide, around),
        *_headings(guide),
        *_length(guide),
        *check_links(guide.document, around.pages),
        *check_wording(guide.document),
    ]
    return sorted(problems)


def _duplicate_slugs(guides: Sequence[Guide]) -> Iterator[Problem]:
    counts = Counter(guide.slug for guide in guides)
    for guide in guides:
        if counts[guide.slug] > 1:
            yield Problem(
                guide.document.path,
                0,
                f"le nom « {guide.slug} » sert à {counts[guide.slug]} guides",
                "renommez l’un des fichiers",
            )


def _theme(guide: Guide, around: Surroundings) -> Iterator[Problem]:
    if guide.theme not in around.themes:
        yield Problem(
            guide.document.path,
            0,
            f"« {guide.theme} » n’est pas un thème",
            f"rangez le guide dans {', '.join(around.themes)}",
        )


def _references(guide: Guide, around: Surroundings) -> Iterator[Problem]:
    document, declared = guide.document, guide.meta.contacts
    for index, key in enumerate(declared):
        if key not in around.contacts:
            line = document.line_of("contacts", index)
            yield Problem(
                document.path, line, f"contact inconnu « {key} »", "voyez content/contacts.yaml"
            )
    for number, line_text in enumerate(document.body.split("\n"), document.body_line):
        for key in contact_keys(line_text):
            if key not in around.contacts:
                hint = "voyez content/contacts.yaml"
                yield Problem(document.path, number, f"contact inconnu « {key} »", hint)
            elif key not in declared:
                message = f"le contact « {key} » n’est pas dans contacts de l’en-tête"
                yield Problem(document.path, number, message, "ajoutez-le")
    for index, slug in enumerate(guide.meta.related):
        if slug not in around.slugs:
            line = document.line_of("related", index)
            yield Problem(
                document.path, line, f"guide lié inconnu « {slug} »", "corrigez ou retirez-le"
            )


def _numbers_of_head(guide: Guide, around: Surroundings) -> Iterator[Problem]:
    """The front matter takes no [[key]]: its numbers must be those of the declared contacts."""
    declared = [around.contacts[key] for key in guide.meta.contacts if key in around.contacts]
    known = {n.replace(" ", "") for contact in declared for n in (contact.phone, contact.sms)}
    for keys, text in _texts_of_head(guide):
        for number in numbers_in(text):
            if number.replace(" ", "") not in known:
                message = f"aucun contact de l’en-tête ne porte le numéro « {number} »"
                hint = "ajoutez la clé du service à contacts, ou retirez le numéro"
                yield Problem(guide.document.path, guide.document.line_of(*keys), message, hint)


def _texts_of_head(guide: Guide) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Texts of the front matter that the page shows, each with its keys."""
    for name in ("title", "short_title", "summary", "situation"):
        yield (name,), getattr(guide.meta, name)
    for index, source in enumerate(guide.meta.sources):
        yield ("sources", index, "title"), source.title
        yield ("sources", index, "facts"), source.facts


def _dates(guide: Guide, around: Surroundings) -> Iterator[Problem]:
    for index, source in enumerate(guide.meta.sources):
        if source.as_of > around.today:
            line = guide.document.line_of("sources", index)
            message = f"as_of {source.as_of} est dans le futur"
            yield Problem(guide.document.path, line, message, "c’est la date du texte lu")


def _headings(guide: Guide) -> Iterator[Problem]:
    found = [
        (number, line[3:].strip())
        for number, line in enumerate(guide.document.body.split("\n"), guide.document.body_line)
        if line.startswith("## ")
    ]
    path = guide.document.path
    for number, text_line in enumerate(guide.document.body.split("\n"), guide.document.body_line):
        if text_line.startswith("# "):
            hint = "commencez les parties par ##"
            yield Problem(path, number, "le titre vient de l’en-tête, pas du texte", hint)
    if guide.theme == "droits":
        if not found or found[0][1] != "En bref":
            first = found[0][0] if found else guide.document.body_line
            yield Problem(path, first, "la première partie n’est pas « En bref »", "ajoutez-la")
        return
    positions = {text: number for number, text in found}
    allowed = {text for choices in GUIDE_PLAN for text in choices}
    for number, text in found:
        if text not in allowed:
            hint = "les parties et leur ordre sont dans docs/redaction.md"
            yield Problem(path, number, f"partie inconnue « {text} »", hint)
    present = [next((positions[t] for t in choices if t in positions), 0) for choices in GUIDE_PLAN]
    for choices, start in zip(GUIDE_PLAN, present, strict=True):
        if not start:
            message = f"la partie « {choices[0]} » manque"
            yield Problem(path, 0, message, "ajoutez-la", is_unfinished=True)
    for before, after in pairwise(line for line in present if line):
        if after < before:
            yield Problem(
                path, after, "cette partie est placée trop tôt", "voyez docs/redaction.md"
            )


def _length(guide: Guide) -> Iterator[Problem]:
    words = len(guide.document.body.split())
    if not MIN_WORDS <= words <= MAX_WORDS:
        message = f"{words} mots (entre {MIN_WORDS} et {MAX_WORDS})"
        hint = "complétez" if words < MIN_WORDS else "coupez, ou faites-en deux guides"
        yield Problem(guide.document.path, 0, message, hint, is_unfinished=True)
