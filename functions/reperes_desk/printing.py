"""What reaches an agent's terminal or file: whoever writes the store may have put traps there.

The public's text is tidied at the door; records that were forged past the door are not.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any

import click

# Controls (terminal escapes), invisible and bidirectional marks, halves of characters,
# private letters, line and paragraph separators.
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
_KEPT = "\n\u200c\u200d"  # joiners: emoji and several scripts need them
_FORMULA = ("=", "+", "-", "@")
_NO_NAME = re.compile(r"[^\w .()-]")


def _is_safe(char: str) -> bool:
    return char in _KEPT or unicodedata.category(char) not in _UNSEEN


def shown(text: str) -> str:
    """`text` with a mark in the place of what could deceive."""
    return "".join(char if _is_safe(char) else "\ufffd" for char in text)


def say(text: str, *, err: bool = False) -> None:
    """Print a line that holds something that was received."""
    click.echo(shown(text), err=err)


def to_json(value: Any) -> str:
    """JSON for another program: the same value, with what cannot be seen as `\\uXXXX`."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return "".join(char if _is_safe(char) else json.dumps(char)[1:-1] for char in text)


def to_cell(text: str) -> str:
    """A cell that no spreadsheet runs as a formula."""
    safe = shown(text)
    return f"'{safe}" if safe.startswith(_FORMULA) else safe


def to_file_name(name: str) -> str:
    """The end of a name, without anything that a disk or a shell could obey."""
    return _NO_NAME.sub("_", name)[-60:].strip(" .") or "fichier"
