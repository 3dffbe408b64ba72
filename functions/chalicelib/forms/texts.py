"""What a person typed, tidied without changing what it says.

Control characters, bidirectional overrides and invisible marks are removed, so that an
agent reads what the person saw; Arabic or Hebrew letters and emoji stay.
"""

from __future__ import annotations

import re
import unicodedata

# C0 and C1 controls but tab and newline; soft hyphen, zero-width space, byte order mark;
# bidirectional marks, embeddings, overrides and isolates; blank letters; lone surrogates;
# tags and variation selectors, which can carry a text that only a program sees.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e"
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)
# Marks that sit on the letter before are none of \w and \s. Languages pile up five or six;
# sorting long piles takes the square of their length, and they cover the lines around.
_MOST_MARKS = 8
_PILES = re.compile(rf"[^\w\s\x00-\x7f]{{{_MOST_MARKS + 1},}}")
_SPACES = re.compile(r"[^\S\n]{2,}|[^\S\n ]")  # a single space stays as it is
_TRAILING = re.compile(r" *\n *")
_BLANK_LINES = re.compile(r"\n{3,}")


def paragraph(value: object) -> object:
    """Several lines: same words, Unix line ends, no trailing spaces."""
    if not isinstance(value, str):
        return value
    if value.isascii() and value.isprintable():  # most answers: only their spaces may change
        return " ".join(value.split())
    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    seen = _PILES.sub(_thinner, _UNSEEN.sub("", lines))
    if not unicodedata.is_normalized("NFC", seen):  # some marks become two
        seen = _PILES.sub(_thinner, unicodedata.normalize("NFC", seen))
    spaced = _SPACES.sub(" ", seen)
    if "\n" in spaced:
        spaced = _BLANK_LINES.sub("\n\n", _TRAILING.sub("\n", spaced))
    return spaced.strip()


def _thinner(pile: re.Match[str]) -> str:
    kept, marks = [], 0
    for char in pile[0]:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= _MOST_MARKS:
            kept.append(char)
    return "".join(kept)


def line(value: object) -> object:
    """One line: line ends become spaces."""
    tidied = paragraph(value)
    if not isinstance(tidied, str) or "\n" not in tidied:
        return tidied
    return _SPACES.sub(" ", tidied.replace("\n", " "))
