"""Every page of the site but those of the stations, from what was loaded and checked.

What is slow to import waits for the moment when it is needed: Pelican is given its work first.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from site_builder.alertes.cap import cap_outputs
from site_builder.alertes.model import newest_first
from site_builder.assemble import read_outputs
from site_builder.generators.alertes_pelican import alerte_view, start_alertes
from site_builder.generators.pelican_command import PelicanCommand
from site_builder.guides.model import Guide, sort_key
from site_builder.library import Library
from site_builder.offline import OfflineCopies
from site_builder.orienteur.render import render_orienteur
from site_builder.outputs import Output
from site_builder.pages.changes import render_changes
from site_builder.pages.render import render_no_alerte, render_pages
from site_builder.project import Project
from site_builder.search.index import Entry, search_index
from site_builder.theme import Theme

if TYPE_CHECKING:
    from site_builder.generators.guides_mkdocs import GuidePages


class ContentPart:
    """Pages made one after the other, while Pelican makes its own beside."""

    def __init__(
        self, project: Project, library: Library, theme: Theme, pelican: PelicanCommand, today: date
    ) -> None:
        self.library, self.today = library, today
        self._project, self._theme, self._pelican = project, theme, pelican
        self._alertes = project.build / "work" / "alertes"
        if library.alertes:
            start_alertes(
                pelican, theme, library.alertes, library.departements, self._alertes, today
            )

    def guides(self) -> tuple[Iterator[Output], GuidePages]:
        """The page of each guide, and what renders one again.

        Raises:
            SiteBuilderError: MkDocs cannot go on.
        """
        from site_builder.generators.guides_mkdocs import build_guides

        work = self._project.build / "work" / "guides"
        return build_guides(
            self._theme, self.library.guides, self._project.content / "guides", work
        )

    def outputs(self, guides: Iterator[Output]) -> Iterator[Output]:
        """Every file of this part, each made when it is asked for.

        Raises:
            SiteBuilderError: Pelican cannot go on.
        """
        library, theme = self.library, self._theme
        copies = OfflineCopies(theme, library)
        yield from copies.passing(self._pages(guides))
        yield from cap_outputs(library.alertes, library.departements, library.site, self.today)
        if library.alertes:
            self._pelican.finish()
            yield from read_outputs(self._alertes / "output")
        else:
            yield render_no_alerte(theme)
        yield from copies.outputs()  # the heaviest, once Pelican weighs nothing any more

    def _pages(self, guides: Iterator[Output]) -> Iterator[Output]:
        from site_builder.forms.render import render_forms

        library, theme = self.library, self._theme
        yield from guides
        yield from theme.outputs()
        yield from render_forms(theme, library.words, library.site)
        yield from lists_of_guides(library, theme, self.today)


def lists_of_guides(library: Library, theme: Theme, today: date) -> Iterator[Output]:
    """Every page that says something of guides beside their own: lists, search, orienteur."""
    titles = {guide.slug: (guide.meta.title, guide.url) for guide in library.guides}
    yield render_changes(theme, library.changes, titles)
    yield from _pages(library, theme, today)
    yield from render_orienteur(theme, library.orienteur, library.guide_links)


def _pages(library: Library, theme: Theme, today: date) -> Iterator[Output]:
    names = {entry.key: entry.name for entry in library.site.themes}
    index = search_index([_entry(guide) for guide in library.guides], names)
    index_path = f"recherche/index.{hashlib.sha256(index).hexdigest()[:10]}.json"
    yield Output(index_path, index)
    guides = sorted(
        (_listed(guide) for guide in library.guides), key=lambda g: sort_key(g["short_title"])
    )
    active = [
        alerte_view(alerte, library.departements, today)
        for alerte in newest_first(library.alertes)
        if alerte.is_active(today)
    ]
    yield from render_pages(theme, library.site, library.contacts, guides, active, f"/{index_path}")


def _listed(guide: Guide) -> dict[str, Any]:
    meta = guide.meta
    return {
        "url": guide.url,
        "theme": guide.theme,
        "title": meta.title,
        "short_title": meta.short_title,
        "summary": meta.summary,
    }


def _entry(guide: Guide) -> Entry:
    meta = guide.meta
    return Entry(
        guide.url,
        meta.title,
        guide.theme,
        meta.summary,
        meta.situation,
        meta.synonyms,
        meta.sensitive,
    )
