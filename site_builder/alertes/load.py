"""Read every alerte of content/alertes."""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import ValidationError

from site_builder.alertes.model import Alerte, AlerteMeta
from site_builder.front_matter import read_document
from site_builder.problems import Problem
from site_builder.validation import to_problems

_NAME = re.compile(r"(?P<date>\d{4}-\d{2}-\d{2})-[a-z0-9-]+")


def load_alertes(root: Path) -> tuple[list[Alerte], list[Problem]]:
    """The alertes that can be read, and what is wrong with the others."""
    alertes, problems = [], []
    for path in sorted((root / "content" / "alertes").glob("*.md")):
        alerte, found = _load(root, path)
        problems += found
        if alerte:
            alertes.append(alerte)
    return alertes, problems


def _load(root: Path, path: Path) -> tuple[Alerte | None, list[Problem]]:
    document, problems = read_document(root, path)
    if document is None:
        return None, problems
    name = _NAME.fullmatch(path.stem)
    if not name:
        hint = "nommez-le AAAA-MM-JJ-quelques-mots.md, sans accent"
        return None, [Problem(document.path, 0, "nom de fichier inattendu", hint)]
    try:
        meta = AlerteMeta.model_validate(document.meta)
    except ValidationError as error:
        return None, to_problems(error, document.path, document.line_of)
    if meta.date.isoformat() != name["date"]:
        message = f"date {meta.date} et nom du fichier ne disent pas le même jour"
        return None, [Problem(document.path, document.line_of("date"), message, "accordez-les")]
    return Alerte(path.stem, meta, document), []
