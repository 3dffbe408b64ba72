"""The whole build: load → check → render → assemble.

Two processes share the work. One loads, checks and makes the stations (`stations_part`); this
one does the rest (`content_part`). Each imports what it alone needs once it is on its own, and
the stations are written only when nothing is wrong on either side.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from site_builder.aside import Aside
from site_builder.contacts import Contacts, load_contacts
from site_builder.errors import ContentRefusedError
from site_builder.problems import Problem
from site_builder.project import Project, SiteSettings, load_settings
from site_builder.theme import Theme

if TYPE_CHECKING:
    from site_builder.generators.guides_mkdocs import GuidePages
    from site_builder.library import Library


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


class Checked(NamedTuple):
    """What was read, None when site.yaml cannot be used; every problem; old sources of stations."""

    library: Library | None
    problems: list[Problem]
    old_stations: list[Problem]


def check(project: Project, today: date, stations: Path | None = None) -> Checked:
    """Load and check everything; problems in the order of files and lines."""
    with _begun(project, today, stations) as (checked, _):
        return checked


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
    with _begun(project, today, stations) as ((library, problems, _), stations_part):
        drafts = drafts and library is not None and library.site.mode == "demo"
        mistakes = [p for p in problems if not (p.is_warning or (drafts and p.is_unfinished))]
        if library is None or stations_part is None or mistakes:
            raise ContentRefusedError("\n".join(str(problem) for problem in mistakes))
        stations_part.go_on()
        return _make(project, library, stations_part, today, problems)


@contextmanager
def _begun(
    project: Project, today: date, path: Path | None
) -> Iterator[tuple[Checked, Aside | None]]:
    """The content checked, while the stations wait to be made."""
    site, problems = load_settings(project)
    if site is None:
        yield Checked(None, problems, []), None
        return
    contacts, found = load_contacts(project.content / "contacts.yaml")
    problems += found
    with (
        _no_collector(),
        Aside(lambda: _station_steps(project, site, contacts, today, path)) as stations,
    ):
        from site_builder.library import check_library, load_library

        library, found = load_library(project, site, contacts)
        problems += found
        if contacts:  # without contacts, every text would be at fault
            problems += check_library(library, today)
        found, old = stations.result()
        yield Checked(library, sorted({*problems, *found}), old), stations


def _station_steps(
    project: Project, site: SiteSettings, contacts: Contacts, today: date, path: Path | None
) -> Iterator[Any]:
    from site_builder.stations_part import station_steps

    return station_steps(project, site, contacts, today, path)


@contextmanager
def _no_collector() -> Iterator[None]:
    """A build makes few cycles: looking for them took a sixth of its time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _make(
    project: Project, library: Library, stations: Aside, today: date, problems: list[Problem]
) -> BuildReport:
    from site_builder.assemble import collect, prune
    from site_builder.content_part import make_content
    from site_builder.discovery import discovery_outputs
    from site_builder.functions_assets import functions_assets, write_assets
    from site_builder.headers import private_prefixes
    from site_builder.parts import joined, write_part

    theme = Theme(library.site, library.contacts, today)
    outputs, guide_pages = make_content(project, library, theme, today)
    collect(outputs)  # two that want the same address are refused before anything is written
    private = private_prefixes([(guide.url, guide.meta.sensitive) for guide in library.guides])
    # Before the pages: a policy names the style and the script that they hold.
    write_assets(functions_assets(theme, library.site, library.words, private), project.assets)
    whole = joined(write_part(outputs, project.site), stations.result())
    found = discovery_outputs(library.site, whole.files, today)
    whole = joined(whole, write_part(found, project.site))
    removed = prune(whole.files, project.site)
    return BuildReport(
        pages=sum(path.endswith(".html") for path in whole.files),
        changed=whole.changed + removed,
        warnings=[problem for problem in problems if problem.is_warning],
        unfinished=[problem for problem in problems if problem.is_unfinished],
        library=library,
        theme=theme,
        guide_pages=guide_pages,
    )
