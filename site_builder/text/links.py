"""Links of a Markdown text: only to guides, pages of the site and contacts by key."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator

from site_builder.front_matter import Document
from site_builder.problems import Problem

_LINK = re.compile(r"(?P<image>!?)\[(?P<text>[^\]]*)\]\((?P<target>[^)\s]*)[^)]*\)")
_BARE_ADDRESS = re.compile(
    r"(?:https?:|www\.|javascript:|data:|mailto:|tel:|sms:)\S*", re.IGNORECASE
)
_CONTACT_HINT = "mettez l’adresse dans content/contacts.yaml et écrivez [[clé]]"


def check_links(document: Document, is_page: Callable[[str], bool]) -> Iterator[Problem]:
    """Problems of the links, images and addresses of the body."""
    for number, line in enumerate(document.body.split("\n"), document.body_line):
        for address in _BARE_ADDRESS.findall(line):
            message = f"adresse écrite dans le texte « {address[:60]} »"
            yield Problem(document.path, number, message, _CONTACT_HINT)
        for match in _LINK.finditer(line):
            yield from _check_link(document, number, match, is_page)


def _check_link(
    document: Document, number: int, match: re.Match[str], is_page: Callable[[str], bool]
) -> Iterator[Problem]:
    text, target = match["text"].strip(), match["target"]
    if match["image"] and not text:
        hint = "décrivez l’image entre les crochets"
        yield Problem(document.path, number, "image sans texte de remplacement", hint)
    if not match["image"] and not text:
        yield Problem(document.path, number, "lien sans texte", "dites où il mène")
    if _BARE_ADDRESS.match(target):
        return  # already told
    url = resolve(document, target)
    if not is_page(url):
        hint = "vérifiez le chemin ; un guide voisin s’écrit ../theme/nom.md"
        yield Problem(document.path, number, f"lien mort « {target} »", hint)


def resolve(document: Document, target: str) -> str:
    """URL path that `target` leads to, seen from the document; anchors are left out."""
    target = target.split("#")[0]
    folder = posixpath.dirname("/" + document.path.as_posix().removeprefix("content/"))
    if not target:  # an anchor of the same page
        return f"{folder}/{document.path.stem}/"
    path = posixpath.normpath(posixpath.join(folder, target))
    if path.endswith(".md"):
        return f"{path.removesuffix('.md')}/"
    return path if path == "/" or not target.endswith("/") else f"{path}/"
