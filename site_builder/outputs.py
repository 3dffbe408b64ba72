"""One file of the site, as every generator yields it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Output:
    """A file to publish.

    Attributes:
        path: Relative to the site root, `/` separated, e.g. `stations/33/index.html`.
        body: The bytes to serve.
    """

    path: str
    body: bytes


def page_file(url_path: str) -> str:
    """File of a page: `/stations/33/` → `stations/33/index.html`."""
    inner = url_path.strip("/")
    return f"{inner}/index.html" if inner else "index.html"
