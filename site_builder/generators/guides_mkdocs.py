"""Guides → pages, through MkDocs with mkdocs-material and our own light `main.html`."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage

from site_builder.errors import SiteBuilderError
from site_builder.generators.compiled import compiled_templates
from site_builder.guides.model import Guide
from site_builder.outputs import Output, page_file
from site_builder.text.contact_links import ContactLinks
from site_builder.text.danger_section import DangerSection
from site_builder.text.plain_markdown import PlainMarkdown
from site_builder.text.typography import FrenchSpaces
from site_builder.theme import (
    FILTERS,
    HEAD_MARK,
    TEMPLATE_FOLDERS,
    Page,
    Theme,
    french_date,
    page_view,
    source_view,
)

HERE = Path(__file__).parent


def build_guides(
    theme: Theme, guides: Sequence[Guide], docs: Path, work: Path
) -> tuple[Iterator[Output], GuidePages]:
    """The page of each guide, and what renders one of them again for the preview of an editor.

    Args:
        docs: Folder of the guides; MkDocs wants one, and reads nothing there.
        work: Folder of this generator; it holds the compiled templates.

    Raises:
        SiteBuilderError: MkDocs refused; our own checks ran before, so this is not expected.
    """
    config = load_config(str(HERE / "mkdocs.yml"), docs_dir=str(docs), site_dir=str(work / "site"))
    config.nav = _navigation(guides)
    # Material's own folder holds 62 MB of files, all dropped: listing them costs a seventh of the
    # build.
    config.theme.dirs = [str(HERE / "mkdocs_theme")]
    compiled = jinja2.FileSystemBytecodeCache(str(compiled_templates(work, Path(__file__))))
    plugin = GuidesPlugin(theme, guides, compiled)
    config.plugins["reperes"] = plugin
    contacts = theme.globals["contacts"]
    links = ContactLinks(contacts, lambda contact: _card(theme, contact))
    own = [PlainMarkdown(), links, DangerSection(), FrenchSpaces()]
    config.markdown_extensions += own  # type: ignore[arg-type]  # instances are fine too
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    try:
        mkdocs_build(config)
    except MkDocsException as error:
        raise SiteBuilderError(f"MkDocs refuse de construire les guides : {error}") from error
    return plugin.take(), GuidePages(config, plugin)


def _file(guide: Guide, config: MkDocsConfig) -> File:
    """The text alone: its front matter was read, and checked, before."""
    return File.generated(config, _source(guide), content=guide.document.body)


def _source(guide: Guide) -> str:
    return f"{guide.theme}/{guide.slug}.md"


def _navigation(guides: Sequence[Guide]) -> list[dict[str, list[str]]]:
    by_theme: dict[str, list[str]] = defaultdict(list)
    for guide in guides:
        by_theme[guide.theme].append(_source(guide))
    return [{theme: files} for theme, files in by_theme.items()]


def _card(theme: Theme, contact: Mapping[str, Any]) -> str:
    return theme.partial("card_in_text.html", contact=contact)


class GuidesPlugin(BasePlugin):  # type: ignore[type-arg,no-untyped-call]  # no configuration
    """Gives our templates to MkDocs and takes Material's own files away."""

    def __init__(
        self, theme: Theme, guides: Sequence[Guide], compiled: jinja2.BytecodeCache
    ) -> None:
        self._made: list[Output] = []  # without their heads, which weigh more
        self._theme = theme
        self._compiled = compiled
        self._guides = {_source(guide): guide for guide in guides}
        self._by_slug = {guide.slug: guide for guide in guides}

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """The guides as they were checked, and nothing else.

        Material's bundles are what makes its pages heavy.
        """
        self.files = Files([_file(guide, config) for guide in self._guides.values()])
        return self.files

    def on_env(
        self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files
    ) -> jinja2.Environment:
        """Our templates, autoescaped, with the same names as everywhere else."""
        own = jinja2.FileSystemLoader([str(folder) for folder in TEMPLATE_FOLDERS])
        env.loader = jinja2.ChoiceLoader([own, jinja2.FileSystemLoader(HERE / "mkdocs_theme")])
        env.autoescape, env.trim_blocks, env.lstrip_blocks = True, True, True
        own_names = self._theme.globals
        env.globals.update({**own_names, "theme": {**own_names["theme"], "head": HEAD_MARK}})
        env.filters.update(FILTERS)
        env.bytecode_cache = self._compiled
        config.theme.static_templates.clear()
        self.env = env
        return env

    def replace(self, guide: Guide) -> None:
        """Take the new text of a guide."""
        self._guides[_source(guide)] = self._by_slug[guide.slug] = guide

    def on_page_context(
        self, context: Any, *, page: MkDocsPage, config: MkDocsConfig, nav: Any = None
    ) -> Any:
        """What guide.html reads."""
        guide = self._guides[page.file.src_uri]
        return {
            "page": page_view(guide_page(guide, self._theme)),
            "guide": self._view(guide),
            "content": page.content,
            "toc": [{"id": part.id, "title": part.title} for part in page.toc],
        }

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Keep the page; MkDocs writes no file for an empty one, and needs its text no more."""
        self._made.append(Output(page_file(self._guides[page.file.src_uri].url), output.encode()))
        page.markdown = page.content = None
        return ""

    def whole(self, html: str) -> bytes:
        """A page with its head."""
        return self._theme.whole(html.encode())

    def take(self) -> Iterator[Output]:
        """Every page, none of which is held once it is taken."""
        self._made.reverse()
        while self._made:
            page = self._made.pop()
            yield Output(page.path, self._theme.whole(page.body))

    def _view(self, guide: Guide) -> dict[str, Any]:
        related = [self._by_slug[slug] for slug in guide.meta.related if slug in self._by_slug]
        verified = guide.meta.verified_on
        period = guide.read_from_to
        return {
            "title": guide.meta.title,
            "summary": guide.meta.summary,
            "situation": guide.meta.situation,
            "sources": [source_view(source) for source in guide.meta.sources],
            "oldest": french_date(period[0]) if period else "",
            "newest": french_date(period[1]) if period else "",
            "verified_on": french_date(verified) if verified else "",
            "related": [{"url": other.url, "title": other.meta.title} for other in related],
        }


class GuidePages:
    """MkDocs as a build left it: the same files, templates and extensions, for one page."""

    def __init__(self, config: MkDocsConfig, plugin: GuidesPlugin) -> None:
        self._config = config
        self._plugin = plugin

    def render(self, guide: Guide) -> bytes:
        """The page of a guide that existed at the build, with its new text."""
        files, env = self._plugin.files, self._plugin.env
        self._plugin.replace(guide)
        page = MkDocsPage(None, _file(guide, self._config), self._config)
        page.read_source(self._config)
        page.render(self._config, files)
        context = self._plugin.on_page_context({}, page=page, config=self._config)
        html: str = env.get_template("main.html").render(context)
        return self._plugin.whole(html)


def guide_page(guide: Guide, theme: Theme) -> Page:
    """What the page of a guide says of itself."""
    names = {entry["key"]: entry["name"] for entry in theme.globals["site"]["themes"]}
    return Page(
        guide.url,
        guide.meta.title,
        guide.meta.summary,
        crumbs=(("Guides", "/guides/"), (names[guide.theme], f"/guides/{guide.theme}/")),
        section="guides",
        sensitive=guide.meta.sensitive,
        neutral_title=guide.meta.neutral_title,
    )
