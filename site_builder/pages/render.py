"""Home, lists of guides, urgent numbers, search, and what the site says of itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from site_builder.contacts import Contacts
from site_builder.outputs import Output, page_file
from site_builder.pages.accessibility import render_accessibility
from site_builder.settings import SiteSettings
from site_builder.theme import Page, Theme

GuideView = Mapping[str, Any]  # url, title, short_title, summary, theme

# What the site says of itself: path, template, title, summary.
_OF_THE_SITE = (
    (
        "/mentions/",
        "mentions.html",
        "Qui tient ce site",
        "Qui tient ce site, et d’où viennent les textes et les adresses.",
    ),
    (
        "/vie-privee/",
        "vie_privee.html",
        "Ce que nous gardons et ne gardons pas",
        "Ce que ce site garde de vous, et ce qu’il ne garde pas.",
    ),
)


def render_pages(
    theme: Theme,
    site: SiteSettings,
    contacts: Contacts,
    guides: Sequence[GuideView],
    alertes: Sequence[Mapping[str, Any]],
    index_url: str,
) -> Iterator[Output]:
    """All of them.

    Args:
        guides: In alphabetical order of `short_title`.
        alertes: Active ones, newest first, as `alerte_view` makes them.
        index_url: Where the search finds its index.
    """
    summary = "Que faire, où aller, à qui le dire : des réponses simples, sans cookie."
    yield _page(theme, "home.html", Page("/", site.name, summary), alertes=alertes[:3])
    yield from _guide_lists(theme, site, guides)
    yield _urgences(theme, contacts)
    page = Page("/recherche/", "Chercher un guide", "Tous les guides, par thème et de A à Z.")
    yield _page(theme, "recherche.html", page, guides=guides, index_url=index_url)
    for path, template, title, summary in _OF_THE_SITE:
        yield _page(theme, template, Page(path, title, summary))
    yield render_accessibility(theme)
    yield from _traces(theme)
    summary = "Cette adresse ne mène à aucune page."
    not_found = Page("", "Cette page n’existe pas", summary, indexed=False)
    yield Output("404.html", theme.render("404.html", not_found))


def _traces(theme: Theme) -> Iterator[Output]:
    """How to leave no trace; the second page is where the functions lead once it is done."""
    for path, template, title, is_indexed in (
        ("/effacer-mes-traces/", "effacer_mes_traces.html", "Effacer mes traces", True),
        ("/effacer-mes-traces/fait/", "effacer_mes_traces_fait.html", "C’est effacé", False),
    ):
        page = Page(path, title, sensitive=True, neutral_title="Réglages", indexed=is_indexed)
        yield _page(theme, template, page)


def render_no_alerte(theme: Theme) -> Output:
    """The page of alertes when content/alertes is empty."""
    return _page(theme, "alertes_empty.html", Page("/alertes/", "Alertes", section="alertes"))


def _guide_lists(theme: Theme, site: SiteSettings, guides: Sequence[GuideView]) -> Iterator[Output]:
    by_theme = {
        entry.key: [guide for guide in guides if guide["theme"] == entry.key]
        for entry in site.themes
    }
    listed = [
        {"key": entry.key, "title": entry.title, "guides": by_theme[entry.key]}
        for entry in site.themes
    ]
    page = Page("/guides/", "Les guides", "Tous les guides, par thème.", section="guides")
    yield _page(theme, "guides.html", page, themes=listed)
    for entry in site.themes:
        crumbs = (("Guides", "/guides/"),)
        page = Page(f"/guides/{entry.key}/", entry.title, entry.lead, crumbs, "guides")
        yield _page(theme, "theme.html", page, **_theme(entry.key, theme, by_theme))


def _theme(key: str, theme: Theme, by_theme: Mapping[str, Sequence[GuideView]]) -> dict[str, Any]:
    entry = next(entry for entry in theme.globals["site"]["themes"] if entry["key"] == key)
    return {"of_guides": entry, "guides": by_theme[key]}


def _urgences(theme: Theme, contacts: Contacts) -> Output:
    def views(*kinds: str) -> list[Any]:
        found = [contact for kind in kinds for contact in contacts.of_kind(kind)]
        return [theme.globals["contacts"][contact.key] for contact in found]

    summary = ", ".join(contact.label for contact in contacts.of_kind("urgence"))
    page = Page("/urgences/", "Numéros d’urgence et d’aide", f"En danger : {summary}.")
    return _page(
        theme,
        "urgences.html",
        page,
        urgent=views("urgence"),
        help=views("aide"),
        services=views("service", "organisme"),
    )


def _page(theme: Theme, template: str, page: Page, **context: Any) -> Output:
    return Output(page_file(page.path), theme.render(template, page, **context))
