"""The whole build: load → check → render → assemble.

Three processes share the work: Pelican, which loads its libraries from the start; one that loads,
checks and makes the stations (`stations_part`); this one, which does the rest (`content_part`).
Each imports what it needs when it needs it, and nothing that is served is written while one of
them may refuse: Pelican alone begins before, in build/work.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from site_builder.collector import no_collector, young_collector
from site_builder.errors import ContentRefusedError
from site_builder.generators.pelican_command import PelicanCommand
from site_builder.problems import Problem
from site_builder.project import Project

if TYPE_CHECKING:
    from site_builder.aside import Aside, Receive
    from site_builder.content_part import ContentPart
    from site_builder.generators.guides_mkdocs import GuidePages
    from site_builder.library import Library
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
    with no_collector(), _stations(project, today, stations) as aside:
        library, problems = _read(project, today, aside)
        if library is None:
            return Checked(None, problems, [])
        found, old = aside.result()
        return Checked(library, sorted({*problems, *found}), old)


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
    with (
        no_collector(),
        PelicanCommand() as pelican,
        _stations(project, today, stations) as aside,
    ):
        library, problems = _read(project, today, aside)
        if library is None:
            raise _refused(problems)
        drafts = drafts and library.site.mode == "demo"
        if mistakes := _mistakes(problems, drafts):
            raise _refused(sorted({*mistakes, *_mistakes(aside.result()[0])}))
        aside.tell("go on")  # unless it finds a mistake in its own part

        from site_builder.content_part import ContentPart
        from site_builder.theme import Theme

        theme = Theme(library.site, library.contacts, today)
        content = ContentPart(project, library, theme, pelican, today)
        found, _ = aside.result()
        if mistakes := _mistakes(found):
            raise _refused(mistakes)
        return _make(project, content, theme, aside, sorted({*problems, *found}))


def _stations(project: Project, today: date, path: Path | None) -> Aside:
    """The stations, which take longest: they begin before anything else is read."""
    import site_builder.contacts  # noqa: F401 - pydantic, loaded once for both processes
    from site_builder.aside import Aside

    def steps(receive: Receive) -> Iterator[Any]:
        from site_builder.stations_part import station_steps

        return station_steps(receive, project, today, path)

    return Aside(steps)


def _read(project: Project, today: date, aside: Aside) -> tuple[Library | None, list[Problem]]:
    """Everything but the stations; they are told what they need of it as soon as it is known.

    They read it before they tell anything: two processes that both wait to be read would wait
    for ever.
    """
    from site_builder.contacts import load_contacts
    from site_builder.settings import load_settings
    from site_builder.theme import theme_names

    site, problems = load_settings(project)
    if site is None:
        return None, problems
    contacts, found = load_contacts(project.content / "contacts.yaml")
    problems += found
    routes = {route.name: route.stations for route in site.routes}
    aside.tell((routes, theme_names(site, contacts, today)))

    from site_builder.library import check_library, load_library

    library, found = load_library(project, site, contacts)
    problems += found
    if contacts:  # without contacts, every text would be at fault
        problems += check_library(library, today)
    return library, problems


def _mistakes(problems: Iterable[Problem], drafts: bool = False) -> list[Problem]:
    return [p for p in problems if not (p.is_warning or (drafts and p.is_unfinished))]


def _refused(mistakes: list[Problem]) -> ContentRefusedError:
    return ContentRefusedError("\n".join(map(str, mistakes)))


def _make(
    project: Project,
    content: ContentPart,
    theme: Theme,
    stations: Aside,
    problems: list[Problem],
) -> BuildReport:
    from site_builder.assemble import listing, prune
    from site_builder.discovery import discovery_outputs
    from site_builder.functions_assets import functions_assets, write_assets
    from site_builder.headers import private_prefixes
    from site_builder.parts import joined, write_part

    library = content.library
    private = private_prefixes([(guide.url, guide.meta.sensitive) for guide in library.guides])
    # Before the pages: a policy names the style and the script that they hold.
    write_assets(functions_assets(theme, library.site, library.words, private), project.assets)
    with young_collector():
        guides, guide_pages = content.guides()
        part = write_part(content.outputs(guides), project.site)
    listed = listing(project.site)  # while the stations are still written
    whole = joined(part, stations.result())
    found = discovery_outputs(library.site, whole.files, content.today)
    whole = joined(whole, write_part(found, project.site))
    removed = prune(whole.files, project.site, listed)
    return BuildReport(
        pages=sum(path.endswith(".html") for path in whole.files),
        changed=whole.changed + removed,
        warnings=[problem for problem in problems if problem.is_warning],
        unfinished=[problem for problem in problems if problem.is_unfinished],
        library=library,
        theme=theme,
        guide_pages=guide_pages,
    )
