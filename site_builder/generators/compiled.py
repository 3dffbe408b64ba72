"""Where Jinja keeps what it compiled for the next build."""

from __future__ import annotations

import hashlib
from pathlib import Path


def compiled_templates(work: Path, options: Path) -> Path:
    """A folder under `work` for templates compiled as the file `options` says.

    Jinja knows a compiled template by its text, and not by its options (`autoescape` is one):
    another text of that file gives another folder.
    """
    digest = hashlib.sha256(options.read_bytes()).hexdigest()[:10]
    folder = work / f"templates-{digest}"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
