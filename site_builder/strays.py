"""Files of content/ that no part of the program reads: a misnamed guide would vanish in silence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from site_builder.problems import Problem

_NAME = "[a-z0-9]+(?:-[a-z0-9]+)*"
_READ = re.compile(
    rf"(?:contacts|site|changements)\.yaml|formulaires/{_NAME}\.yaml|guides/{_NAME}/{_NAME}\.md"
    rf"|alertes/[^/]+\.md|orienteur/(?:(?:reponses|references)/)?{_NAME}\.yaml"
)
_HINT = (
    "un guide est content/guides/thème/nom.md, en minuscules, sans accent ni espace ; "
    "les autres fichiers finissent par .yaml"
)


def check_strays(content: Path) -> Iterator[Problem]:
    """One problem a file that nobody reads; hidden files and notes (LISEZMOI) are left alone."""
    for path in sorted(content.rglob("*")):
        name = path.relative_to(content).as_posix()
        is_note = path.name.startswith((".", "README", "LISEZMOI")) or "/." in name
        if path.is_file() and not is_note and not _READ.fullmatch(name):
            yield Problem(Path("content") / name, 0, "ce fichier ne sera pas lu", _HINT)
