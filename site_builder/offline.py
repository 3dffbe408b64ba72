"""What a reader may keep to read without a network: pages in one file, and the worker's script.

What a phone keeps is proof for the person who watches it: only pages that tell nothing of their
reader are kept, and only when asked (docs/adr/0017-offline-only-when-asked.md).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import orjson

from site_builder.library import Library
from site_builder.outputs import Output, page_file
from site_builder.theme import FOLDER, HEAD_MARK, Page, Theme

ASK, NO_NETWORK = "/hors-ligne/", "/hors-ligne/sans-reseau/"
ICONS = ("icone-192.png", "icone-512.png")
_ALWAYS = ("/", "/urgences/", ASK, NO_NETWORK)
_SENSITIVE = b'<body class="sensitive"'
_TYPES = {"html": "text/html; charset=utf-8", "js": "text/javascript", "svg": "image/svg+xml"}
_ADDRESS = "const BUNDLE = ''"


class OfflineCopies:
    """Copies of what is kept, taken from the files of the site as they pass by."""

    def __init__(self, theme: Theme, library: Library) -> None:
        self._theme, self._library = theme, library
        self._guides = [guide.url for guide in library.guides if not guide.meta.sensitive]
        self._fixed = {*_ALWAYS, *self._guides, "/favicon.svg"}
        self._head = theme.head.encode()
        self._copies: dict[str, bytes] = {}  # light pages and scripts

    def passing(self, outputs: Iterable[Output]) -> Iterator[Output]:
        """The same files; a copy stays of those that are kept, unless they are sensitive."""
        for output in outputs:
            url = _url(output.path)
            if self._is_kept(url) and _SENSITIVE not in output.body:
                self._copies[url] = self._light(output.body)
            yield output

    def outputs(self) -> Iterator[Output]:
        """Pages, bundle, worker, manifest and icons, once the rest of the site has passed by."""
        no_network = _no_network(self._theme, self._library, self._guides)
        yield Output(page_file(NO_NETWORK), no_network)
        self._copies[NO_NETWORK] = self._light(no_network)
        megabytes = -(-sum(map(len, self._copies.values())) // 1_000_000)
        ask = _ask(self._theme, self._library, len(self._guides), megabytes)
        yield Output(page_file(ASK), ask)
        self._copies[ASK] = self._light(ask)
        bundle = self._bundle()
        self._copies.clear()
        address = f"/hors-ligne/pages.{hashlib.sha256(bundle).hexdigest()[:10]}.json"
        yield Output(address.strip("/"), bundle)
        yield Output("service-worker.js", _worker(address))
        yield Output("manifest.webmanifest", _manifest(self._theme))
        for icon in ICONS:
            yield Output(icon, (FOLDER / icon).read_bytes())

    def _is_kept(self, url: str) -> bool:
        is_script = url.startswith(self._theme.assets_path) and "/vendor/" not in url
        return is_script or url in self._fixed or url.startswith("/orienteur/")

    def _light(self, body: bytes) -> bytes:
        """A page without its style sheet and its script: they travel once."""
        return body.replace(self._head, HEAD_MARK.encode(), 1)

    def _bundle(self) -> bytes:
        files = dict(sorted(self._copies.items()))
        values = {"head": self._theme.head, "mark": HEAD_MARK, "types": _TYPES, "files": files}
        return orjson.dumps(values, default=bytes.decode)  # one text at a time


def _url(path: str) -> str:
    return "/" + path.removesuffix("index.html")


def _worker(address: str) -> bytes:
    """A new address makes a new script, which browsers take as a new version."""
    script = (FOLDER / "service_worker.js").read_text(encoding="utf-8")
    if script.count(_ADDRESS) != 1:
        raise ValueError(f"service_worker.js must hold once: {_ADDRESS}")
    return script.replace(_ADDRESS, f"const BUNDLE = '{address}'").encode()


def _ask(theme: Theme, library: Library, guides: int, megabytes: int) -> bytes:
    summary = "Garder les numéros d’urgence et les conseils pour les lire sans réseau."
    return theme.render(
        "hors_ligne.html",
        Page(ASK, "Garder hors ligne", summary),
        departements=sorted(library.departements.items()),
        guides=guides,
        megabytes=megabytes,
    )


def _no_network(theme: Theme, library: Library, urls: Sequence[str]) -> bytes:
    titles = {guide.url: guide.meta.short_title for guide in library.guides}
    listed: list[dict[str, Any]] = [
        {
            "title": entry.name,
            "guides": [
                {"url": url, "title": titles[url]}
                for url in urls
                if url.startswith(f"/guides/{entry.key}/")
            ],
        }
        for entry in library.site.themes
    ]
    page = Page(NO_NETWORK, "Pas de réseau", indexed=False)
    return theme.render("sans_reseau.html", page, themes=listed)


def _manifest(theme: Theme) -> bytes:
    """https://www.w3.org/TR/appmanifest/ ; the icon is the neutral one of the tab."""
    name = theme.globals["site"]["name"]
    values = {
        "name": name,
        "short_name": name,
        "lang": "fr",
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",
        "background_color": "#ffffff",
        "theme_color": "#0b5563",
        "icons": [
            {"src": f"/{icon}", "type": "image/png", "sizes": f"{size}x{size}"}
            for icon, size in zip(ICONS, (192, 512), strict=True)
        ],
    }
    return json.dumps(values, ensure_ascii=False, indent=1).encode()
