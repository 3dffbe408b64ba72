"""The whole build: load → check → render → assemble.

Three processes share the work: Pelican, which loads its libraries from the start; one that loads,
checks and makes the stations (`stations_part`); this one, which does the rest (`content_part`).
Each imports what it needs when it needs it, and nothing is written while one of them may refuse.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from site_builder.errors import ContentRefusedError
from site_builder.generators.pelican_command import PelicanCommand
from site_builder.problems import Problem
from site_builder.project import Project

if TYPE_CHECKING:
    from site_builder.aside import Aside
    from site_builder.contacts import Contacts
    from site_builder.content_part import ContentPart
    from site_builder.generators.guides_mkdocs import GuidePages
    from site_builder.library import Library
    from site_builder.settings import SiteSettings
    from site_builder.theme import Theme


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
    from site_builder.settings import load_settings

    site, problems = load_settings(project)
    if site is None:
        return Checked(None, problems, [])
    with _no_collector(), _begun(project, site, today, stations) as (library, found, aside):
        of_stations, old = aside.result()
        return Checked(library, sorted({*problems, *found, *of_stations}), old)


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
    with _no_collector(), PelicanCommand() as pelican:
        from site_builder.settings import load_settings

        site, problems = load_settings(project)
        if site is None:
            raise _refused(problems)
        drafts = drafts and site.mode == "demo"
        with _begun(project, site, today, stations) as (library, found, aside):
            problems += found
            if mistakes := _mistakes(problems, drafts):
                raise _refused(sorted({*mistakes, *_mistakes(aside.result()[0])}))
            aside.go_on()  # unless it finds a mistake in its own part

            from site_builder.content_part import ContentPart
            from site_builder.theme import Theme

            theme = Theme(site, library.contacts, today)
            content = ContentPart(project, library, theme, pelican, today)
            found, _ = aside.result()
            if mistakes := _mistakes(found):
                raise _refused(mistakes)
            return _make(project, content, theme, aside, sorted({*problems, *found}))


@contextmanager
def _begun(
    project: Project, site: SiteSettings, today: date, path: Path | None
) -> Iterator[tuple[Library, list[Problem], Aside]]:
    """The content with its problems, while the stations are checked, then wait to be made."""
    from site_builder.aside import Aside
    from site_builder.contacts import load_contacts

    contacts, problems = load_contacts(project.content / "contacts.yaml")
    with Aside(lambda: _station_steps(project, site, contacts, today, path)) as stations:
        from site_builder.library import check_library, load_library

        library, found = load_library(project, site, contacts)
        problems += found
        if contacts:  # without contacts, every text would be at fault
            problems += check_library(library, today)
        yield library, problems, stations


def _station_steps(
    project: Project, site: SiteSettings, contacts: Contacts, today: date, path: Path | None
) -> Iterator[Any]:
    from site_builder.stations_part import station_steps

    return station_steps(project, site, contacts, today, path)


def _mistakes(problems: Iterable[Problem], drafts: bool = False) -> list[Problem]:
    return [p for p in problems if not (p.is_warning or (drafts and p.is_unfinished))]


def _refused(mistakes: list[Problem]) -> ContentRefusedError:
    return ContentRefusedError("\n".join(map(str, mistakes)))


@contextmanager
def _no_collector() -> Iterator[None]:
    """A build makes few cycles: looking for them took a sixth of its time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@contextmanager
def _young_collector() -> Iterator[None]:
    """Markdown leaves cycles, 60 kB a guide: they are looked for among what was just made."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(5_000, 1_000, 1_000)
    gc.enable()
    try:
        yield
    finally:
        gc.disable()
        gc.set_threshold(*before)
        gc.unfreeze()


def _make(
    project: Project,
    content: ContentPart,
    theme: Theme,
    stations: Aside,
    problems: list[Problem],
) -> BuildReport:
    from site_builder.assemble import prune
    from site_builder.discovery import discovery_outputs
    from site_builder.functions_assets import functions_assets, write_assets
    from site_builder.headers import private_prefixes
    from site_builder.parts import joined, write_part

    library = content.library
    private = private_prefixes([(guide.url, guide.meta.sensitive) for guide in library.guides])
    # Before the pages: a policy names the style and the script that they hold.
    write_assets(functions_assets(theme, library.site, library.words, private), project.assets)
    with _young_collector():
        guides, guide_pages = content.guides()
        part = write_part(content.outputs(guides), project.site)
    whole = joined(part, stations.result())
    found = discovery_outputs(library.site, whole.files, content.today)
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
