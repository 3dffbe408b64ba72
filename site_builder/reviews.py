"""What a person should read again: texts that may have changed since they were read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from site_builder.contacts import SHOWN as CONTACTS
from site_builder.contacts import Contact, Source
from site_builder.guides.model import Guide
from site_builder.library import Library
from site_builder.problems import Problem
from site_builder.theme import french_date
from site_builder.yaml_lines import line_of

MAX_AGE_DAYS = 365
_SOURCES = Path("content/orienteur/references/sources.yaml")


@dataclass(frozen=True)
class Review:
    """One list of things to read again, oldest first; `title` says why."""

    title: str
    problems: list[Problem]


def reviews(library: Library, old_stations: list[Problem], root: Path, today: date) -> list[Review]:
    """The lists that are not empty; `root` is the folder of the project."""
    contacts, guides = library.contacts, library.guides
    lists = [
        Review("Guides à relire sur les pages officielles", _guides(guides, today)),
        Review(
            "Guides à relire car un contact a changé depuis leur vérification",
            [p for guide in guides for p in _newer_contacts(guide, contacts)],
        ),
        Review("Contacts à vérifier : notes de la rédaction", _noted(contacts, root)),
        Review(
            "Contacts à vérifier : textes de plus d’un an",
            _old({key: c.sources for key, c in contacts.items()}, CONTACTS, root, today),
        ),
        Review(
            "Sources de l’orienteur de plus d’un an",
            _old({k: (s,) for k, s in library.orienteur.sources.items()}, _SOURCES, root, today),
        ),
        Review("Stations", old_stations),
    ]
    return [found for found in lists if found.problems]


def _guides(guides: list[Guide], today: date) -> list[Problem]:
    old = [(day, guide) for guide in guides if _is_old(day := _last_read(guide), today)]
    ordered = sorted(old, key=lambda pair: (pair[0] or date.min, pair[1].url))
    return [_guide_problem(guide, day) for day, guide in ordered]


def _last_read(guide: Guide) -> date | None:
    """The newest of the dated texts and of the day on which a person compared the live pages."""
    period = guide.read_from_to
    days = [day for day in (guide.meta.verified_on, period and period[1]) if day]
    return max(days, default=None)


def _guide_problem(guide: Guide, day: date | None) -> Problem:
    when = f"texte le plus récent du {french_date(day)}" if day else "aucune source datée"
    verified = guide.meta.verified_on
    who = f"vérifié le {french_date(verified)}" if verified else "jamais vérifié"
    line = guide.document.line_of("verified_on")
    return _warning(guide.document.path, line, f"{when}, {who}")


def _newer_contacts(guide: Guide, contacts: Mapping[str, Contact]) -> Iterator[Problem]:
    verified = guide.meta.verified_on
    if verified is None:
        return  # already listed, or to be read for the first time
    for index, key in enumerate(guide.meta.contacts):
        newest = max((s.as_of for s in contacts[key].sources), default=verified)
        if newest > verified:
            line = guide.document.line_of("contacts", index)
            message = (
                f"vérifié le {french_date(verified)}, "
                f"le contact « {key} » date du {french_date(newest)}"
            )
            yield _warning(guide.document.path, line, message)


def _noted(contacts: Mapping[str, Contact], root: Path) -> list[Problem]:
    return [
        _warning(CONTACTS, line_of(root / CONTACTS, key, "review"), f"« {key} » : {contact.review}")
        for key, contact in contacts.items()
        if contact.review
    ]


def _old(
    sources: Mapping[str, tuple[Source, ...]], shown: Path, root: Path, today: date
) -> list[Problem]:
    found = []
    for key, texts in sources.items():
        newest = max((s.as_of for s in texts if not s.undated), default=None)
        if newest and _is_old(newest, today):
            found.append((newest, key))
    return [
        _warning(shown, line_of(root / shown, key), f"« {key} » : texte du {french_date(day)}")
        for day, key in sorted(found)
    ]


def _is_old(day: date | None, today: date) -> bool:
    return day is None or (today - day).days > MAX_AGE_DAYS


def _warning(path: Path, line: int, message: str) -> Problem:
    return Problem(path, line, message, is_warning=True)
