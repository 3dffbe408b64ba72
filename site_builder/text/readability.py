"""How hard a text is to read: long sentences, and too many long words.

Two plain measures, which an editor can act on, rather than a score: French formulas count
syllables, and the library that knows them brings a language toolkit of 40 MB.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.front_matter import Document
from site_builder.problems import Problem

MAX_WORDS = 25  # of a sentence
LONG_WORD = 13  # letters
MAX_LONG_SHARE = 0.02  # of the words of a text

_MARK = re.compile(r"\[\[(?:carte:)?(?P<key>[a-z0-9-]+)(?:\|(?P<text>[^\]|]+))?\]\]")
_CONTACT = "service"  # stands for its label: a number, most often
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_BULLET = re.compile(r"^[\s>]*(?:[*+-]\s|\d+\.\s)?\s*")
_NOT_PROSE = ("#", "!!!", "|")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")
_PARTS = re.compile(r"[’'-]")
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")


def check_readability(document: Document) -> Iterator[Problem]:
    """Warnings: each sentence that is too long, then the share of long words of the text."""
    words: list[str] = []
    for number, line in enumerate(document.body.split("\n"), document.body_line):
        for sentence in _SENTENCE_END.split(_plain(line)):
            found = _WORD.findall(sentence)
            words += [part for word in found for part in _PARTS.split(word)]
            if len(found) > MAX_WORDS:
                message = f"phrase de {len(found)} mots « {' '.join(found[:5])}… »"
                hint = f"coupez-la, {MAX_WORDS} mots au plus"
                yield Problem(document.path, number, message, hint, is_warning=True)
    long = [word for word in words if len(word) >= LONG_WORD]
    if words and len(long) / len(words) > MAX_LONG_SHARE:
        examples = ", ".join(sorted(set(long), key=long.count, reverse=True)[:3])
        message = f"{100 * len(long) / len(words):.0f} % de mots très longs ({examples})"
        yield Problem(document.path, 0, message, "cherchez des mots courts", is_warning=True)


def _plain(line: str) -> str:
    """What a person reads of a line of prose; nothing for headings and tables."""
    if line.startswith(_NOT_PROSE):
        return ""
    text = _MARK.sub(lambda mark: mark["text"] or _CONTACT, line)
    return _BULLET.sub("", _LINK.sub(r"\1", text)).replace("*", "").replace("`", "")
