"""All that a build reads but the stations, loaded once, with every problem found on the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from site_builder.alertes.check import check_alertes
from site_builder.alertes.load import load_alertes
from site_builder.alertes.model import Alerte
from site_builder.changes import Change, check_changes, load_changes
from site_builder.contacts import SHOWN as CONTACT_FILE
from site_builder.contacts import Contacts
from site_builder.forms.words import check_words, load_words
from site_builder.guides.check import Surroundings, check_guides
from site_builder.guides.load import load_guides
from site_builder.guides.model import Guide
from site_builder.orienteur.check import check_flows
from site_builder.orienteur.load import load_flows
from site_builder.orienteur.model import GuideLink, Orienteur
from site_builder.problems import Problem
from site_builder.project import SITE_FILE, Project
from site_builder.settings import SiteSettings
from site_builder.stations.places import departement_names
from site_builder.strays import check_strays
from site_builder.text.anchors import anchors
from site_builder.text.links import Pages

# Pages that no content file makes; guides, themes and départements are added to them.
_FIXED_PAGES = [
    "/",
    "/guides/",
    "/orienteur/",
    "/stations/",
    "/alertes/",
    "/recherche/",
    "/urgences/",
    "/declarer/",
    "/declarer/pre-plainte/",
    "/declarer/signalement/",
    "/declarer/arnaque/",
    "/suivi/",
    "/mentions/",
    "/vie-privee/",
    "/accessibilite/",
    "/ce-qui-a-change/",
    "/effacer-mes-traces/",
    "/hors-ligne/",
]


@dataclass(frozen=True)
class Library:
    """What the content says, and the names of départements by their part of the URL."""

    site: SiteSettings
    contacts: Contacts
    guides: list[Guide]
    alertes: list[Alerte]
    orienteur: Orienteur
    departements: dict[str, str]
    words: dict[str, Any] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    guide_files: frozenset[tuple[str, str]] = frozenset()  # (theme, slug), unreadable ones too

    @property
    def guide_links(self) -> dict[str, GuideLink]:
        """Guides as the orienteur sees them."""
        return {
            guide.slug: GuideLink(guide.meta.title, guide.url, guide.meta.sensitive)
            for guide in self.guides
        }

    def page_urls(self) -> set[str]:
        """URL paths that content may link to."""
        urls = set(_FIXED_PAGES)
        urls |= {f"/guides/{theme}/{slug}/" for theme, slug in self.guide_files}
        urls |= {guide.url for guide in self.guides} | {alerte.url for alerte in self.alertes}
        urls |= {f"/guides/{theme.key}/" for theme in self.site.themes}
        return urls | {f"/stations/{slug}/" for slug in self.departements}

    def pages(self) -> Pages:
        """What a text may link to; the parts of pages that no text makes are not known."""
        texts = {guide.url: guide.document.body for guide in self.guides}
        known = cache(lambda url: anchors(texts[url]))
        return Pages(
            self.page_urls().__contains__,
            lambda url, anchor: url not in texts or anchor in known(url),
        )


def load_library(
    project: Project, site: SiteSettings, contacts: Contacts
) -> tuple[Library, list[Problem]]:
    """Read everything else.

    Raises:
        SiteBuilderError: the départements cannot be read.
    """
    guides, problems = load_guides(project.root)
    alertes, found = load_alertes(project.root)
    problems += found
    orienteur, found = load_flows(project.content)
    problems += found
    words, found = load_words(project.content)
    problems += found
    changes, found = load_changes(project.content)
    problems += found
    problems += check_strays(project.content)
    paths = (project.content / "guides").glob("*/*.md")
    files = frozenset((path.parent.name, path.stem) for path in paths)
    departements = departement_names(project.data)
    library = Library(
        site, contacts, guides, alertes, orienteur, departements, words, changes, files
    )
    return library, problems


def check_library(library: Library, today: date) -> list[Problem]:
    """Every rule that one file alone cannot tell."""
    around = surroundings(library, today)
    pages, slugs = around.pages, around.slugs
    return [
        *_dead_menu(library, pages),
        *_future_contacts(library.contacts, today),
        *check_changes(library.changes, slugs, pages, today),
        *check_guides(library.guides, around),
        *check_alertes(library.alertes, library.contacts, library.departements, pages),
        *check_flows(library.orienteur, library.contacts, slugs),
        *check_words(library.words, library.contacts),
    ]


def _dead_menu(library: Library, pages: Pages) -> Iterator[Problem]:
    """The menu and the footer are on every page."""
    entries = [*library.site.menu, *(link for column in library.site.footer for link in column)]
    for entry in entries:
        if not pages.has(entry.href):
            hint = "vérifiez le chemin de cette entrée du menu ou du pied de page"
            yield Problem(SITE_FILE, 0, f"lien mort « {entry.href} »", hint)


def _future_contacts(contacts: Contacts, today: date) -> Iterator[Problem]:
    for key, contact in contacts.items():
        for source in contact.sources:
            if source.as_of > today:
                message = f"« {key} » : as_of {source.as_of} est dans le futur"
                yield Problem(CONTACT_FILE, 0, message, "c’est la date du texte lu")


def surroundings(library: Library, today: date) -> Surroundings:
    """What a guide of the library may refer to."""
    return Surroundings(
        contacts=library.contacts,
        # One broken guide must not make every guide that leads to it look broken too.
        slugs={slug for _, slug in library.guide_files},
        themes=[theme.key for theme in library.site.themes],
        pages=library.pages(),
        today=today,
    )
