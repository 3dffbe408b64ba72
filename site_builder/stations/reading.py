"""What every importer is given beside its file, and the small repairs that they share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from pydantic import ValidationError

from site_builder.problems import Problem
from site_builder.stations.communes import Commune
from site_builder.stations.model import PositionStatus
from site_builder.stations.phones import parse_phone
from site_builder.stations.places import Places
from site_builder.stations.positions import Position
from site_builder.stations.report import Report
from site_builder.stations.tables import Line, read_table

_DATE = re.compile(r"(?<!\d)(?P<y>20\d\d)[-_]?(?P<m>\d\d)(?:[-_]?(?P<d>\d\d))?(?!\d)")
_CEDEX = re.compile(r"\s+cedex(\s+\d+)?$", re.IGNORECASE)


Progress = Callable[[Sequence[Line]], Iterator[Line]]


@dataclass(frozen=True)
class Reading:
    """One import under way.

    Attributes:
        shown: The file as messages name it.
        as_of: Date of the file, for layouts whose records carry none.
        progress: Passes rows through and may show how far they are.
    """

    path: Path
    shown: Path
    places: Places
    report: Report
    as_of: date
    progress: Progress = iter

    def rows(self, columns: Iterable[str]) -> Iterator[Line]:
        """The rows of a table, counted; what cannot be read as a table goes to the report."""
        lines, problems = read_table(self.path, self.shown, columns)
        self.report.problems += problems
        for line in self.progress(lines):
            self.report.read += 1
            yield line

    def refuse(self, line: Line, message: str, hint: str = "") -> None:
        """Note that a row cannot be used."""
        self.report.refused.append(Problem(self.shown, line.number, message, hint))

    def refuse_values(self, line: Line, name: str, error: ValueError) -> None:
        """Note which values of a row are impossible."""
        if isinstance(error, ValidationError):
            found = sorted({str(one["loc"][0]) for one in error.errors() if one["loc"]})
            self.refuse(line, f"« {name} » : valeur impossible ({', '.join(found)})")
        else:
            self.refuse(line, f"« {name} » : nombre ou date illisible")

    def commune(self, line: Line, station_id: str, given: str, name: str) -> Commune | None:
        """The commune of a row; a merged one is replaced when its name proves it."""
        found = self.places.current_commune(given, name)
        if found is None:
            message = f"commune {given} ({name}) inconnue en 2026"
            self.report.flag(line.number, station_id, message)
        elif found.insee != given:
            message = f"code INSEE {given} devenu {found.insee} (même nom)"
            self.report.repair(line.number, station_id, message)
        return found

    def note_position(self, line: Line, station_id: str, name: str, position: Position) -> None:
        """Tell what was made of a position; an impossible one refuses the row."""
        if position.is_impossible:
            hint = "les degrés WGS 84 sont attendus ; corrigez la ligne, ou --force"
            self.refuse(line, f"« {name} » : {position.remark}", hint)
        if position.status == PositionStatus.REPAIRED:
            self.report.repair(line.number, station_id, position.remark)
        elif position.status == PositionStatus.TO_CHECK:
            self.report.flag(line.number, station_id, position.remark)

    def phones(self, line: Line, station_id: str) -> tuple[str, ...]:
        """Numbers of the column `telephone`, one or several joined by ` | `."""
        phones = []
        for text in filter(None, (part.strip() for part in re.split(r"[|/]", line["telephone"]))):
            phone = parse_phone(text)
            if phone:
                phones.append(phone)
            else:
                message = f"téléphone « {text} » illisible, non publié"
                self.report.flag(line.number, station_id, message)
        return tuple(dict.fromkeys(phones))


def date_of(path: Path) -> date:
    """Day of a file whose rows carry none: in its name (`export_2026-03.csv`), else its own.

    A file that was copied bears the day of the copy: the report always tells which day was taken.
    """
    for found in _DATE.finditer(path.stem):
        try:
            return date(int(found["y"]), int(found["m"]), int(found["d"] or 1))
        except ValueError:
            continue
    if not path.is_file():
        return date.min  # its reader tells that it is missing
    return datetime.fromtimestamp(path.stat().st_mtime, tz=UTC).date()


def point_of(longitude: str, latitude: str) -> tuple[float, float] | None:
    """Degrees with six decimals (10 cm); a comma is read as a point."""
    if not longitude or not latitude:
        return None
    x, y = (float(text.replace(",", ".")) for text in (longitude, latitude))
    return (round(x, 6), round(y, 6)) if (x, y) != (0.0, 0.0) else None


def without_cedex(town: str) -> str:
    """`Caen Cedex 1` → `Caen`."""
    return typographic(_CEDEX.sub("", town))


def typographic(text: str) -> str:
    """Typewriter apostrophes and hyphens between words made typographic."""
    return text.replace("'", "’").replace(" - ", " – ")
