"""Read every guide of content/guides."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from site_builder.front_matter import read_document
from site_builder.guides.model import Guide, GuideMeta
from site_builder.problems import Problem
from site_builder.validation import to_problems


def load_guides(root: Path) -> tuple[list[Guide], list[Problem]]:
    """The guides that can be read, by theme and slug, and what is wrong with the others."""
    guides, problems = [], []
    for path in sorted((root / "content" / "guides").glob("*/*.md")):
        guide, found = load_guide(root, path)
        problems += found
        if guide:
            guides.append(guide)
    return guides, problems


def load_guide(root: Path, path: Path) -> tuple[Guide | None, list[Problem]]:
    """One guide; `path` is absolute."""
    document, problems = read_document(root, path)
    if document is None:
        return None, problems
    try:
        meta = GuideMeta.model_validate(document.meta)
    except ValidationError as error:
        return None, to_problems(error, document.path, document.line_of)
    return Guide(path.parent.name, path.stem, meta, document), []
