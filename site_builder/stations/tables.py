"""Reads CSV files that come from outside, and says in French why one cannot be read."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from site_builder.problems import Problem

MAX_BYTES = 64 * 1024 * 1024  # the whole of France is 1.4 MB
_ARCHIVES = {b"PK\x03\x04": "ZIP", b"\x1f\x8b": "gzip", b"7z\xbc\xaf": "7z", b"%PDF": "PDF"}
_SEPARATORS = ",;\t"


@dataclass(frozen=True)
class Line:
    """One row, with the line number at which it starts in its file (the header is line 1).

    Attributes:
        columns: Place of each column, the same for all rows of a file.
    """

    number: int
    columns: dict[str, int]
    values: list[str]

    def __getitem__(self, column: str) -> str:
        place = self.columns.get(column)
        return "" if place is None else self.values[place].strip()


def read_table(path: Path, shown: Path, columns: Iterable[str]) -> tuple[list[Line], list[Problem]]:
    """Rows of a CSV whose header holds `columns`; any problem means that nothing is usable."""
    text, problems = read_text(path, shown)
    if problems:
        return [], problems
    first_line = text.split("\n", 1)[0]
    separator = max(_SEPARATORS, key=first_line.count)
    header = [name.strip().strip('"') for name in first_line.strip().split(separator)]
    missing = [column for column in columns if column not in header]
    if missing:
        return [], [
            Problem(
                shown,
                1,
                f"colonnes absentes : {', '.join(missing)}",
                "vérifiez le format et le séparateur du fichier",
            )
        ]
    return _rows(text, shown, header, separator)


def read_text(path: Path, shown: Path) -> tuple[str, list[Problem]]:
    """The text of a file from outside, or why it is not one."""
    problem = _unusable(path)
    if problem:
        return "", [Problem(shown, 0, *problem)]
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        hint = "enregistrez le fichier en UTF-8"
        return "", [Problem(shown, line, "le texte n’est pas en UTF-8", hint)]
    return text, []


def _unusable(path: Path) -> tuple[str, str] | None:
    """(message, hint) when the first bytes or the size tell that it is something else."""
    if not path.is_file():
        return "le fichier n’existe pas", "vérifiez le chemin"
    size = path.stat().st_size
    if size > MAX_BYTES:
        return f"le fichier pèse {size // 1_000_000} Mo", "la France entière pèse moins de 5 Mo"
    with path.open("rb") as opened:
        start = opened.read(4096)
    if not start.strip():
        return "le fichier est vide", "téléchargez-le de nouveau"
    for magic, kind in _ARCHIVES.items():
        if start.startswith(magic):
            return f"c’est un fichier {kind}", "donnez le fichier décompressé"
    if start.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        return "c’est une page web", "le téléchargement a sans doute échoué : recommencez"
    if b"\0" in start:
        return "le fichier n’est pas un texte", "téléchargez-le de nouveau"
    return None


def _rows(
    text: str, shown: Path, header: list[str], separator: str
) -> tuple[list[Line], list[Problem]]:
    lines: list[Line] = []
    problems: list[Problem] = []
    columns = {name: place for place, name in enumerate(header)}
    reader = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    try:
        next(reader)
        start = reader.line_num + 1
        for row in reader:
            if row and len(row) != len(header):
                message = f"{len(row)} valeurs au lieu de {len(header)}"
                hint = "le fichier est coupé ou abîmé : téléchargez-le de nouveau"
                problems.append(Problem(shown, start, message, hint))
            elif row:
                lines.append(Line(start, columns, row))
            start = reader.line_num + 1
    except csv.Error as error:
        if "field limit" in str(error):
            problems.append(Problem(shown, start, "ligne démesurée", "le fichier est abîmé"))
            return lines, problems
        hint = "un guillemet n’est pas fermé, ou le fichier est coupé"
        problems.append(Problem(shown, reader.line_num, "le CSV ne peut pas être lu", hint))
    if not lines and not problems:
        problems.append(Problem(shown, 0, "le fichier n’a pas de ligne", "seul l’en-tête est là"))
    return lines, problems
