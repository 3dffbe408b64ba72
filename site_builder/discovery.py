"""What lets the site be found: map of the pages, robots, and whom to tell of a weakness."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from html import escape
from typing import TYPE_CHECKING

from site_builder.outputs import Output

if TYPE_CHECKING:
    from site_builder.settings import SiteSettings

NOT_LISTED = b'<meta name="robots" content="noindex">'
_INSTEAD = b'<link rel="canonical" data-instead'  # search engines list another page in its place
# RFC 9116 §2.5.5 recommends less than a year.
_SECURITY_LIFE = timedelta(days=330)


def is_listed(body: bytes) -> bool:
    """Whether search engines may list a page: what tells them comes before its style sheet."""
    start = body.split(b"<style>", 1)[0]
    return NOT_LISTED not in start and _INSTEAD not in start


def discovery_outputs(
    site: SiteSettings, files: Mapping[str, bytes], today: date
) -> Iterator[Output]:
    """Files for search engines and for those who look for weaknesses.

    Args:
        files: The whole site, by path.
    """
    yield Output("sitemap.xml", _sitemap(site.url, files))
    yield Output("robots.txt", _robots(site.url))
    if site.operator.email:
        yield Output(".well-known/security.txt", _security(site, today))


def _sitemap(url: str, files: Mapping[str, bytes]) -> bytes:
    """Every page that may be listed, as https://www.sitemaps.org/protocol.html says it."""
    pages = sorted(
        path.removesuffix("index.html")
        for path, body in files.items()
        if path.endswith("index.html") and is_listed(body)
    )
    rows = "".join(
        f"<url><loc>{escape(f'{url}/{page}', quote=False)}</loc></url>\n" for page in pages
    )
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{space}">\n'
    return f"{head}{rows}</urlset>\n".encode()


def _robots(url: str) -> bytes:
    return f"User-agent: *\nDisallow: /api/health\n\nSitemap: {url}/sitemap.xml\n".encode()


def _security(site: SiteSettings, today: date) -> bytes:
    """RFC 9116. The day of the build is the only clock: building again renews it."""
    lines = {
        "Contact": f"mailto:{site.operator.email}",
        "Expires": f"{(today + _SECURITY_LIFE).isoformat()}T00:00:00Z",
        "Preferred-Languages": "fr, en",
        "Canonical": f"{site.url}/.well-known/security.txt",
    }
    return "".join(f"{name}: {value}\n" for name, value in lines.items()).encode()
