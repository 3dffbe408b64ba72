"""What a document says, before it is a file. `reperes_document` makes a PDF of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Section:
    """A heading and its questions, each with its answer."""

    title: str
    rows: tuple[tuple[str, str], ...]


def sections_of(recap: Iterable[Mapping[str, Any]]) -> tuple[Section, ...]:
    """From the view of a recap: title and rows, each with label and value."""
    return tuple(
        Section(part["title"], tuple((row["label"], row["value"]) for row in part["rows"]))
        for part in recap
    )


@dataclass(frozen=True)
class Document:
    """Plain texts, in reading order; none of them can be anything else than text.

    Attributes:
        lang: BCP 47, for whoever reads aloud.
        reference: Number of the record, shown as a QR code too; empty: neither.
        columns: What stands over questions and over answers.
        qr_alt: What the QR code is, for those who do not see it.
        undrawn: Said when a text held characters that the fonts do not draw.
    """

    title: str
    lang: str
    reference: str
    date_line: str
    sections: tuple[Section, ...]
    notes: tuple[str, ...] = ()
    columns: tuple[str, str] = ("Question", "Réponse")
    qr_alt: str = "Code QR de la référence"
    undrawn: str = "Un carré □ tient la place d’un signe que ce document ne sait pas dessiner."
