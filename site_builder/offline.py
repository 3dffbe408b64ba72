"""What a reader may keep to read without a network: pages in one file, and the worker's script.

What a phone keeps is proof for the person who watches it: only pages that tell nothing of their
reader are kept, and only when asked (docs/adr/0017-offline-only-when-asked.md).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import orjson

from site_builder.library import Library
from site_builder.outputs import Output, page_file
from site_builder.theme import FOLDER, Page, Theme

ASK, NO_NETWORK = "/hors-ligne/", "/hors-ligne/sans-reseau/"
ICONS = ("icone-192.png", "icone-512.png")
_ALWAYS = ("/", "/urgences/", ASK, NO_NETWORK)
_SENSITIVE = b'<body class="sensitive"'
_MARK = "@@head@@"  # the style sheet and the script travel once, not once a page
_TYPES = {"html": "text/html; charset=utf-8", "js": "text/javascript", "svg": "image/svg+xml"}
_ADDRESS = "const BUNDLE = ''"


def offline_outputs(theme: Theme, library: Library, files: Mapping[str, bytes]) -> Iterator[Output]:
    """Pages, bundle, worker, manifest and icons.

    Args:
        files: The rest of the site, by path.
    """
    guides = [guide for guide in library.guides if not guide.meta.sensitive]
    urls = [guide.url for guide in guides]
    orienteur = [_url(path) for path in files if path.startswith("orienteur/")]
    own = {NO_NETWORK: _no_network(theme, library, urls)}
    known = {_url(path): body for path, body in files.items()} | own
    kept = kept_files(known, [*urls, *orienteur], theme)
    megabytes = -(-sum(map(len, kept.values())) // 1_000_000)
    own[ASK] = _ask(theme, library, len(urls), megabytes)
    kept[ASK] = _light(own[ASK], theme)
    bundle = _bundle(kept, theme)
    address = f"/hors-ligne/pages.{hashlib.sha256(bundle).hexdigest()[:10]}.json"
    for url, body in own.items():
        yield Output(page_file(url), body)
    yield Output(address.strip("/"), bundle)
    yield Output("service-worker.js", _worker(address))
    yield Output("manifest.webmanifest", _manifest(theme))
    for icon in ICONS:
        yield Output(icon, (FOLDER / icon).read_bytes())


def kept_files(known: Mapping[str, bytes], wanted: Sequence[str], theme: Theme) -> dict[str, str]:
    """Text of what is kept, by URL path: pages without their style sheet, scripts, icon.

    Args:
        known: The whole site, by URL path.
        wanted: Pages to keep beside the fixed ones, unless they are sensitive.
    """
    pages = [url for url in (*_ALWAYS, *wanted) if url in known and _SENSITIVE not in known[url]]
    scripts = [url for url in known if url.startswith(theme.assets_path) and "/vendor/" not in url]
    return {url: _light(known[url], theme) for url in (*pages, *scripts, "/favicon.svg")}


def _light(body: bytes, theme: Theme) -> str:
    return body.decode().replace(theme.head, _MARK, 1)


def _url(path: str) -> str:
    return "/" + path.removesuffix("index.html")


def _bundle(kept: Mapping[str, str], theme: Theme) -> bytes:
    values = {"head": theme.head, "mark": _MARK, "types": _TYPES, "files": kept}
    return orjson.dumps(values)


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
