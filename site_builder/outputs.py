"""One file of the site, as every generator yields it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

SUFFIXES = (".br", ".gz")  # of the compressed copies that live beside a file


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


def copy_of(path: Path, suffix: str) -> Path:
    """Where the copy of a file stands: `index.html` → `index.html.br`."""
    return path.with_name(path.name + suffix)
