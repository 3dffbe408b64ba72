"""Markdown files: the YAML between the two `---` lines, and the text after it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from site_builder.problems import Problem
from site_builder.yaml_lines import line_in, parse_yaml, read_text

_HINT = "commencez le fichier par une ligne « --- », les clés, puis une autre ligne « --- »"
MAX_BYTES = 200_000  # a guide of 900 words weighs 8 kB; more is a pasted image or a mistake


@dataclass(frozen=True)
class Document:
    """One Markdown file.

    Attributes:
        path: Relative to the project root.
        meta: The front matter, as YAML gave it.
        body: The Markdown text.
        body_line: Line of the file on which `body` starts.
        head: The front matter as it is written, from line 2.
    """

    path: Path
    meta: dict[str, Any]
    body: str
    body_line: int
    head: str = ""

    def line_of(self, *keys: str | int) -> int:
        """Line of a key path of the front matter."""
        return line_in(self.head, *keys, first_line=2)


def read_document(root: Path, path: Path) -> tuple[Document | None, list[Problem]]:
    """The document at `path` (absolute), named relative to `root` in problems."""
    shown = path.relative_to(root)
    if path.is_file() and path.stat().st_size > MAX_BYTES:
        message = f"le fichier pèse {path.stat().st_size // 1000} ko (limite {MAX_BYTES // 1000})"
        return None, [Problem(shown, 0, message, "coupez-le en plusieurs pages")]
    text, problems = read_text(path, shown)
    if problems:
        return None, problems
    lines = text.split("\n")
    if lines[0].rstrip() != "---" or "---" not in (line.rstrip() for line in lines[1:]):
        return None, [Problem(shown, 1, "l’en-tête manque ou n’est pas fermé", _HINT)]
    end = next(i for i, line in enumerate(lines[1:], 1) if line.rstrip() == "---")
    head = "\n".join(lines[1:end])
    meta, problems = parse_yaml(head, shown, first_line=2)
    if problems:
        return None, problems
    if not isinstance(meta, dict):
        return None, [Problem(shown, 2, "l’en-tête est vide", _HINT)]
    return Document(shown, meta, "\n".join(lines[end + 1 :]), end + 2, head), []
