"""What the fonts that come with typst draw.

PDF/UA forbids a text that no font draws, and typst stops there. Some accents that no letter
carries make it panic: letters are composed, and what remains of accents is left out.
"""

from __future__ import annotations

import re
import unicodedata

PLACEHOLDER = "□"
# Latin, Greek, Cyrillic, Hebrew, Arabic; punctuation, currencies, arrows, mathematics, shapes.
RANGES = (
    (0x20, 0x7E),
    (0xA0, 0xAC),
    (0xAE, 0x2FF),  # without the soft hyphen
    (0x370, 0x377),
    (0x37A, 0x37F),
    (0x384, 0x38A),
    (0x38C, 0x38C),
    (0x38E, 0x3A1),
    (0x3A3, 0x482),
    (0x48A, 0x4FF),
    (0x5D0, 0x5EA),
    (0x621, 0x63A),
    (0x641, 0x64A),
    (0x1E00, 0x1EFF),
    (0x2010, 0x2027),
    (0x202F, 0x2040),
    (0x20A0, 0x20BF),
    (0x2100, 0x211E),
    (0x2190, 0x22FF),
    (0x2500, 0x25FF),
)
_OTHERS = re.compile("[^\n" + "".join(f"\\u{a:04x}-\\u{b:04x}" for a, b in RANGES) + "]")
_UNSEEN = {"Mn", "Me", "Cc", "Cf"}


def drawable(text: str) -> str:
    """`text` with a square for each sign that cannot be drawn; unseen marks are left out."""
    composed = unicodedata.normalize("NFC", text).replace("\t", " ")
    return _OTHERS.sub(_stand_in, composed)


def _stand_in(sign: re.Match[str]) -> str:
    return "" if unicodedata.category(sign[0]) in _UNSEEN else PLACEHOLDER
