"""The site that an editor looks at: built once, then brought up to date by what changed.

An edited guide is checked and rendered alone, with what other pages say of it when its front
matter changed; copies to keep offline wait. Any other change is a whole build. In demo mode, a
text that is not finished is shown, and what it lacks is told.
"""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from site_builder.assemble import collect, write_changed
from site_builder.build import BuildReport, build
from site_builder.clock import day_of_build
from site_builder.content_part import lists_of_guides
from site_builder.errors import ContentRefusedError, SiteBuilderError
from site_builder.guides.check import check_guide
from site_builder.guides.load import load_guide
from site_builder.guides.model import Guide
from site_builder.library import Library, surroundings
from site_builder.outputs import Output, page_file
from site_builder.problems import Problem
from site_builder.project import Project

_KEPT = "Le site montré reste celui d’avant."
_MIXED = "Une partie du site montré reste celle d’avant."


class Preview:
    """Keeps the site and what was read for it. `today`: the command’s, or None for the clock’s."""

    def __init__(self, project: Project, today: str | None, stations: Path | None) -> None:
        self._project = project
        self._today = today
        self._stations = stations
        self._refused = True  # whether the last whole build was
        self._report: BuildReport | None = None

    def start(self) -> str:
        """Build; when the content is refused, show the site built before.

        Raises:
            ContentRefusedError: there is none.
        """
        if (self._project.site / "index.html").is_file():
            return self._build_again()
        self._report, self._refused = self._build(), False
        return _told(self._report.unfinished, f"{self._report.pages} pages construites")

    def update(self, changed: Collection[Path]) -> Iterator[str]:
        """Show what changed (absolute paths); one sentence for each thing done or refused."""
        edited = 0
        for path in sorted(changed):
            before = self._guide_at(path)
            if self._report and before and path.is_file():
                edited += 1
                yield self._show_guide(before, path, self._report)
        if self._refused or edited < len(changed):
            yield self._build_again()

    def _guide_at(self, path: Path) -> Guide | None:
        shown = path.relative_to(self._project.root)
        guides = self._report.library.guides if self._report else []
        return next((guide for guide in guides if guide.document.path == shown), None)

    def _show_guide(self, before: Guide, path: Path, report: BuildReport) -> str:
        guide, problems = load_guide(self._project.root, path)
        if guide is None:
            return _told(problems, _KEPT)
        library = _with(report.library, guide)
        problems += self._check(guide, before, library)
        drafts = library.site.mode == "demo"
        if any(not (p.is_warning or (drafts and p.is_unfinished)) for p in problems):
            return _told(problems, _KEPT)
        self._report = replace(report, library=library)
        written = self._write([_page(report, guide)])  # at once; the other pages follow
        if guide.meta != before.meta:
            near = [other for other in library.guides if guide.slug in other.meta.related]
            written += self._write(_page(report, other) for other in near if other != guide)
            day = day_of_build(self._today)
            written += self._write(lists_of_guides(library, report.theme, day))
        return _told(problems, f"{guide.url} est à jour, {written} fichiers changés")

    def _check(self, guide: Guide, before: Guide, library: Library) -> list[Problem]:
        """Problems of the guide, and of those that lead to one of its parts if these changed."""
        around = surroundings(library, day_of_build(self._today))
        problems = check_guide(guide, around)
        if _headings(guide) != _headings(before):
            for other in library.guides:
                if f"{guide.slug}.md#" in other.document.body and other != guide:
                    problems += check_guide(other, around)
        return problems

    def _write(self, outputs: Iterable[Output]) -> int:
        return write_changed(collect(outputs), self._project.site)

    def _build_again(self) -> str:
        try:
            report = self._build()
        except ContentRefusedError as error:
            self._refused = True
            return f"{error}\n{_KEPT}"
        except SiteBuilderError as error:  # a generator stumbles: the next edit may put it right
            self._refused = True
            return f"{error}\n{_MIXED}"
        self._report, self._refused = report, False
        done = f"tout le site est à jour, {report.changed} fichiers changés"
        return _told(report.unfinished, done)

    def _build(self) -> BuildReport:
        gc.collect()  # a build leaves cycles, and this process lives for hours
        return build(self._project, day_of_build(self._today), self._stations, drafts=True)


def _page(report: BuildReport, guide: Guide) -> Output:
    return Output(page_file(guide.url), report.guide_pages.render(guide))


def _with(library: Library, guide: Guide) -> Library:
    guides = [guide if other.url == guide.url else other for other in library.guides]
    return replace(library, guides=guides)


def _headings(guide: Guide) -> list[str]:
    return [line for line in guide.document.body.split("\n") if line.startswith("#")]


def _told(problems: list[Problem], end: str) -> str:
    return "\n".join([*map(str, problems), end])
