"""Links of a Markdown text: only to guides, pages of the site and contacts by key."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from site_builder.problems import Problem

if TYPE_CHECKING:
    from site_builder.front_matter import Document

_EMPTY = re.compile(r"(?P<image>!?)\[\s*\]\(")
# Whatever stands before: the text of a link may hold brackets, even another link.
_TARGET = re.compile(r"\]\(\s*<?(?P<target>[^)\s>]*)")
_REFERENCE = re.compile(r"^ {0,3}\[[^\]]+\]:", re.MULTILINE)
# Each in both cases; a plain first letter lets `re` skip fast to the next one.
_BEGINNINGS = [
    f"{first}(?i:{beginning[1:]})"
    for beginning in (r"https?:", r"www\.", "javascript:", "data:", "mailto:", "tel:", "sms:")
    for first in (beginning[0], beginning[0].upper())
]
_BARE_ADDRESS = re.compile(rf"(?:{'|'.join(_BEGINNINGS)})\S*")
_NO_TEXT = ("lien sans texte", "dites où il mène")
_NO_DESCRIPTION = ("image sans texte de remplacement", "décrivez l’image entre les crochets")
_CONTACT_HINT = "mettez l’adresse dans content/contacts.yaml et écrivez [[clé]]"


@dataclass(frozen=True)
class Pages:
    """What exists on the site.

    Attributes:
        has: Tells whether a URL path is a page.
        has_anchor: Tells whether a page (URL path) has a part (id of its heading).
    """

    has: Callable[[str], bool]
    has_anchor: Callable[[str, str], bool]


def check_links(document: Document, pages: Pages) -> Iterator[Problem]:
    """Problems of the links, images and addresses of the body."""
    body = document.body
    for found in _BARE_ADDRESS.finditer(body):
        message = f"adresse écrite dans le texte « {found[0][:60]} »"
        yield Problem(document.path, _line(document, found), message, _CONTACT_HINT)
    for found in _REFERENCE.finditer(body):
        hint = "écrivez [texte](chemin) à l’endroit du lien"
        yield Problem(document.path, _line(document, found), "lien écrit en deux morceaux", hint)
    for found in _EMPTY.finditer(body):
        message, hint = _NO_DESCRIPTION if found["image"] else _NO_TEXT
        yield Problem(document.path, _line(document, found), message, hint)
    for found in _TARGET.finditer(body):
        yield from _check_target(document, _line(document, found), found["target"], pages)


def _line(document: Document, found: re.Match[str]) -> int:
    return document.body_line + document.body.count("\n", 0, found.start())


def _check_target(document: Document, number: int, target: str, pages: Pages) -> Iterator[Problem]:
    if _BARE_ADDRESS.match(target):
        return  # already told
    url, anchor = resolve(document.path, target), target.partition("#")[2]
    if not pages.has(url):
        hint = "vérifiez le chemin ; un guide voisin s’écrit ../theme/nom.md"
        yield Problem(document.path, number, f"lien mort « {target} »", hint)
    elif anchor and not pages.has_anchor(url, anchor):
        hint = "prenez le titre de la partie, en minuscules, sans accent, avec des tirets"
        message = f"« {target} » : cette page n’a pas de partie « {anchor} »"
        yield Problem(document.path, number, message, hint)


def resolve(path: Path, target: str) -> str:
    """URL path that `target` leads to, seen from the text at `path`; anchors are left out."""
    target = target.split("#")[0]
    folder = posixpath.dirname("/" + path.as_posix().removeprefix("content/"))
    if not target:  # an anchor of the same page
        return f"{folder}/{path.stem}/"
    found = posixpath.normpath(posixpath.join(folder, target))
    if found.endswith(".md"):
        return f"{found.removesuffix('.md')}/"
    return found if found == "/" or not target.endswith("/") else f"{found}/"
