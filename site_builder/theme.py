"""The look shared by every page: templates, one style sheet and one script inlined, components."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import minijinja
import rcssmin
import rjsmin

from chalicelib.forms import french
from site_builder.outputs import Output
from site_builder.text.spaces import french_spaces

if TYPE_CHECKING:
    from site_builder.contacts import Contact, Contacts, Source
    from site_builder.settings import SiteSettings

FOLDER = Path(__file__).parent / "theme"
TEMPLATE_FOLDERS = (FOLDER / "templates", FOLDER / "components")
# Stands for what every head holds while a page is text: it is three quarters of most pages, and
# copying it through the template engine took half of the time of 3,700 stations.
HEAD_MARK = "@@head@@"
_HEAD_MARK_BYTES = HEAD_MARK.encode()
_FORGET = "import { forget } from './forget.js'\n"


@dataclass(frozen=True)
class Page:
    """What a page says of itself.

    Attributes:
        path: URL path, `/stations/33/`; empty for pages without one (404, answers).
        crumbs: (label, href) of the ancestors, home excluded.
        section: Key of the menu entry that is current.
        sensitive: The reader may be watched: prominent exit, neutral tab title.
        instead: URL path of the page that search engines should list in place of this one.
    """

    path: str
    title: str
    summary: str = ""
    crumbs: tuple[tuple[str, str], ...] = ()
    section: str = ""
    sensitive: bool = False
    neutral_title: str = ""
    indexed: bool = True
    instead: str = ""


def french_date(day: date | str) -> str:
    """`2026-11-22` → `22 novembre 2026`; the first of a month is `1er`."""
    return french.french_date(date.fromisoformat(day) if isinstance(day, str) else day)


FILTERS = {"french_date": french_date, "french_spaces": french_spaces}


def theme_names(site: SiteSettings, contacts: Contacts, today: date) -> dict[str, Any]:
    """What every template may name: plain values, which travel from one process to another."""
    return {
        "site": _site_view(site),
        "contacts": {key: contact_view(contact) for key, contact in contacts.items()},
        "today": today.isoformat(),
    }


class Theme:
    """Renders pages. `today` is an input: the same input gives the same bytes."""

    def __init__(self, site: SiteSettings, contacts: Contacts, today: date) -> None:
        self._begin(theme_names(site, contacts, today))

    @classmethod
    def from_names(cls, names: Mapping[str, Any]) -> Theme:
        """The same, from what `theme_names` gives."""
        theme = cls.__new__(cls)
        theme._begin(names)
        return theme

    def _begin(self, names: Mapping[str, Any]) -> None:
        self._environment = minijinja.Environment(
            loader=_load_template,
            auto_escape_callback=lambda name: "html",
            trim_blocks=True,
            lstrip_blocks=True,
        )
        for name, value in names.items():
            self._environment.add_global(name, value)
        for name, function in FILTERS.items():
            self._environment.add_filter(name, function)
        # The same on every page, so rendered once: a third of the time of a small page.
        alike = {
            "assets": self.assets_path,
            "urgent_bar": self.partial("urgent_bar/urgent_bar.html"),
            "headers": self._headers(names["site"]["menu"]),
            "footer": self.partial("site_footer/site_footer.html"),
        }
        self._environment.add_global("theme", {**alike, "head": HEAD_MARK})
        self.globals: Mapping[str, Any] = {**names, "theme": {**alike, "head": self.head}}

    def render(self, template: str, page: Page, **context: Any) -> bytes:
        """The page as UTF-8 bytes; `template` is relative to theme/templates."""
        return self.whole(self.partial(template, page=page_view(page), **context).encode())

    def whole(self, light: bytes) -> bytes:
        """The page, its head put in the place of its mark."""
        return light.replace(_HEAD_MARK_BYTES, self._head_bytes, 1)

    def partial(self, template: str, **context: Any) -> str:
        """A piece of a page, to be put into Markdown's output."""
        html = str(self._environment.render_template(template, **context))
        # minijinja escapes `/` too, which HTML never asks for and every address pays for.
        return html.replace("&#x2f;", "/")

    def _headers(self, menu: Sequence[Mapping[str, str]]) -> dict[str, str]:
        """By section, and by section and path (`guides /guides/`) for the pages of the menu."""
        template = "site_header/site_header.html"
        sections = {"", *(entry["key"] for entry in menu)}
        places = [(section, path) for section in sections for path in _paths(menu)]
        return {
            f"{section} {path}".strip(): self.partial(template, section=section, path=path)
            for section, path in sorted(places)
        }

    @cached_property
    def css(self) -> str:
        """The one style sheet of every page, so that one CSP hash fits all."""
        files = sorted(FOLDER.glob("styles/*.css")) + sorted(FOLDER.glob("components/*/*.css"))
        return str(rcssmin.cssmin("\n".join(file.read_text(encoding="utf-8") for file in files)))

    @cached_property
    def script(self) -> str:
        """The one script written in every page: start.js, and what it imports."""
        start, forget = ((FOLDER / name).read_text("utf-8") for name in ("start.js", "forget.js"))
        if start.count(_FORGET) != 1:
            raise ValueError(f"start.js must hold once: {_FORGET}")
        return str(rjsmin.jsmin(start.replace(_FORGET, forget)))

    @cached_property
    def head(self) -> str:
        """What every page holds before its own words: the style sheet and the script."""
        return f'<style>{self.css}</style>\n<script type="module">{self.script}</script>'

    @cached_property
    def _head_bytes(self) -> bytes:
        return self.head.encode()

    @property
    def hashes(self) -> tuple[str, str]:
        """CSP sources of the style sheet and of the script: `sha256-…`."""
        return _csp_source(self.css), _csp_source(self.script)

    @cached_property
    def _scripts(self) -> dict[str, bytes]:
        files = [FOLDER / "forget.js", *sorted(FOLDER.glob("components/*/*.js"))]
        files += sorted(FOLDER.glob("vendor/*.js"))
        return {file.relative_to(FOLDER).as_posix(): file.read_bytes() for file in files}

    @cached_property
    def assets_path(self) -> str:
        """URL folder of the scripts; its name changes with them, so they can be kept for ever."""
        digest = hashlib.sha256()
        for name, body in self._scripts.items():
            digest.update(name.encode() + b"\0" + body)
        return f"/assets/{digest.hexdigest()[:10]}"

    def outputs(self) -> Iterator[Output]:
        """The scripts and the icons."""
        for name, body in self._scripts.items():
            yield Output(f"{self.assets_path.strip('/')}/{name}", body)
        for icon in ("favicon.svg", "page-favicon.svg"):  # the second, of sensitive pages
            yield Output(icon, (FOLDER / icon).read_bytes())


def _paths(menu: Sequence[Mapping[str, str]]) -> list[str]:
    return ["", *(entry["href"] for entry in menu)]


def _csp_source(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def contact_view(contact: Contact) -> dict[str, Any]:
    """A contact as templates read it."""
    view = contact.model_dump(mode="json", exclude={"sources", "review"})
    as_of = french_date(contact.as_of) if contact.as_of else ""
    return {**view, "href": contact.href, "as_of": as_of}


def source_view(source: Source) -> dict[str, str]:
    """A source as templates read it: `when` tells the date of the text, or that it has none."""
    day = french_date(source.as_of)
    when = f"copie sans date, lue le {day}" if source.undated else f"texte du {day}"
    return {"title": source.title, "url": source.url, "facts": source.facts, "when": when}


def page_view(page: Page) -> dict[str, Any]:
    """A page as templates read it."""
    return {**page.__dict__, "crumbs": [list(crumb) for crumb in page.crumbs]}


def _site_view(site: SiteSettings) -> dict[str, Any]:
    view = site.model_dump(mode="json", exclude={"recipients", "supervisors", "routes"})
    for theme in view["themes"]:
        icon = FOLDER / "icons" / f"{theme['key']}.svg"
        theme["icon_svg"] = icon.read_text(encoding="utf-8").strip() if icon.is_file() else ""
    return view


def _load_template(name: str) -> str | None:
    for folder in TEMPLATE_FOLDERS:
        file = folder / name
        if file.is_file():
            return file.read_text(encoding="utf-8")
    return None
