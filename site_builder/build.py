"""The whole build: load → check → render → assemble."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from site_builder.alertes.model import newest_first
from site_builder.aside import Aside
from site_builder.assemble import collect, read_outputs, write_site
from site_builder.errors import ContentRefusedError
from site_builder.forms.render import render_forms
from site_builder.functions_assets import functions_assets, write_assets
from site_builder.generators.alertes_pelican import alerte_view, finish_pelican, start_pelican
from site_builder.generators.guides_mkdocs import GuidePages, build_guides
from site_builder.guides.model import Guide, sort_key
from site_builder.library import Library, check_library, load_library
from site_builder.orienteur.render import render_orienteur
from site_builder.outputs import Output
from site_builder.pages.changes import render_changes
from site_builder.pages.render import render_no_alerte, render_pages
from site_builder.problems import Problem
from site_builder.project import Project
from site_builder.search.index import Entry, search_index
from site_builder.stations.render import render_stations
from site_builder.theme import Theme
from site_builder.whole_site import complete


@dataclass(frozen=True)
class BuildReport:
    """What a build did, and what it leaves for a preview."""

    pages: int
    changed: int
    warnings: list[Problem]
    unfinished: list[Problem]
    library: Library
    theme: Theme
    guide_pages: GuidePages


def check(
    project: Project, today: date, stations: Path | None = None
) -> tuple[Library | None, list[Problem]]:
    """Load and check everything; problems in the order of files and lines."""
    library, problems = load_library(project, stations)
    if library and library.contacts:  # without contacts, every text would be at fault
        problems += check_library(library, today)
    return library, sorted(set(problems))


def build(
    project: Project, today: date, stations: Path | None = None, *, drafts: bool = False
) -> BuildReport:
    """Build build/site and build/functions. Nothing is touched when the content has a mistake.

    Args:
        drafts: Build texts that are not finished too; only where nobody is served for real.

    Raises:
        ContentRefusedError: with the problems, one a line.
        SiteBuilderError: a generator cannot go on.
    """
    library, problems = check(project, today, stations)
    drafts = drafts and library is not None and library.site.mode == "demo"
    mistakes = [p for p in problems if not (p.is_warning or (drafts and p.is_unfinished))]
    if library is None or mistakes:
        raise ContentRefusedError("\n".join(str(problem) for problem in mistakes))
    theme = Theme(library.site, library.contacts, today)
    work = project.build / "work"
    # Pelican and the stations work in processes of their own meanwhile.
    stations_part = Aside(lambda: render_stations(theme, library.stations, today), project.site)
    pelican = start_pelican(theme, library.alertes, library.departements, work / "alertes", today)
    docs = project.content / "guides"
    guide_pages = build_guides(theme, library.guides, docs, work / "guides")
    outputs = list(_outputs(work, library, theme, today, pelican))
    stations_done = stations_part.finish()
    files = collect(outputs + [Output(*file) for file in stations_done.files.items()])
    files = complete(files, library, theme, today)
    changed = stations_done.changed + write_site(files, project.site, stations_done.files)
    write_assets(functions_assets(theme, library.site, library.words), project.assets)
    pages = sum(path.endswith(".html") for path in files)
    warnings = [problem for problem in problems if problem.is_warning]
    unfinished = [problem for problem in problems if problem.is_unfinished]
    return BuildReport(pages, changed, warnings, unfinished, library, theme, guide_pages)


def _outputs(
    work: Path, library: Library, theme: Theme, today: date, pelican: subprocess.Popen[str] | None
) -> Iterator[Output]:
    """Every file of the site."""
    yield from read_outputs(work / "guides", "guides/")
    yield from theme.outputs()
    yield from render_forms(theme, library.words, library.site)
    yield from lists_of_guides(library, theme, today)
    finish_pelican(pelican)
    if library.alertes:
        yield from read_outputs(work / "alertes" / "output")
    else:
        yield render_no_alerte(theme)


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
