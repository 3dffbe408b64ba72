"""What a person typed, tidied without changing what it says.

Control characters, bidirectional overrides and invisible marks are removed, so that an
agent reads what the person saw; Arabic or Hebrew letters and emoji stay.
"""

from __future__ import annotations

import re
import unicodedata

# C0 and C1 controls but tab and newline; soft hyphen, zero-width space, byte order mark;
# bidirectional marks, embeddings, overrides and isolates; lone surrogates; tags.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_SPACES = re.compile(r"[^\S\n]+")
_TRAILING = re.compile(r" *\n *")
_BLANK_LINES = re.compile(r"\n{3,}")


def paragraph(value: object) -> object:
    """Several lines: same words, Unix line ends, no trailing spaces."""
    if not isinstance(value, str):
        return value
    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    seen = unicodedata.normalize("NFC", _UNSEEN.sub("", lines))
    spaced = _TRAILING.sub("\n", _SPACES.sub(" ", seen))
    return _BLANK_LINES.sub("\n\n", spaced).strip()


def line(value: object) -> object:
    """One line: line ends become spaces."""
    tidied = paragraph(value)
    return _SPACES.sub(" ", tidied.replace("\n", " ")) if isinstance(tidied, str) else tidied
