"""What an import did, in numbers and line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from site_builder.problems import Problem


@dataclass(frozen=True)
class Remark:
    """Something done to one row: `line` is its line in the file, 1 for the header."""

    line: int
    station_id: str
    message: str


@dataclass
class Report:
    """What was read, repaired, flagged and refused; `problems` mean that nothing was written.

    Attributes:
        dates: Day given to each file whose rows carry none.
    """

    read: int = 0
    kept: int = 0
    matched: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0
    unlocated: int = 0
    offices: int = 0
    repaired: list[Remark] = field(default_factory=list)
    flagged: list[Remark] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    dates: dict[str, date] = field(default_factory=dict)

    def repair(self, line: int, station_id: str, message: str) -> None:
        """Note that a value was replaced by one that can be proved."""
        self.repaired.append(Remark(line, station_id, message))

    def flag(self, line: int, station_id: str, message: str) -> None:
        """Note that a value is kept aside because nobody can prove it."""
        self.flagged.append(Remark(line, station_id, message))

    def as_json(self) -> dict[str, Any]:
        """The whole report for machines."""
        numbers = {name: getattr(self, name) for name in _NUMBERS}
        return {
            **numbers,
            "dates": {name: day.isoformat() for name, day in self.dates.items()},
            "repaired": [remark.__dict__ for remark in self.repaired],
            "flagged": [remark.__dict__ for remark in self.flagged],
            "refused": [str(problem) for problem in self.refused],
            "problems": [str(problem) for problem in self.problems],
        }

    def lines(self, details: int = 20) -> list[str]:
        """The report in French, at most `details` remarks of each kind."""
        text = [
            f"{_plural(self.read, 'fiche lue')}, {_plural(self.kept, 'station gardée')} "
            f"({self.unlocated} à la position à vérifier)",
            f"{_plural(self.matched, 'reconnue')}, {_plural(self.added, 'nouvelle')}, "
            f"{_plural(self.changed, 'modifiée')}, "
            f"{_plural(self.removed, 'disparue')} depuis le dernier import",
        ]
        if self.offices:
            text.append(f"bureaux d’aide aux victimes gardés : {self.offices}")
        text += [f"{name} : fiches datées du {day} (--as-of)" for name, day in self.dates.items()]
        for title, found in (("réparations", self.repaired), ("à vérifier", self.flagged)):
            text.append(f"{title} : {len(found)}")
            text += [f"  ligne {r.line} ({r.station_id}) : {r.message}" for r in found[:details]]
            text += _more(found, details)
        text.append(f"refusées : {len(self.refused)}")
        text += [f"  {problem}" for problem in self.refused[:details]]
        return text + _more(self.refused, details)


_NUMBERS = ("read", "kept", "matched", "added", "changed", "removed", "unlocated", "offices")


def _more(found: Sequence[object], details: int) -> list[str]:
    left = len(found) - details
    return [f"  … et {left} de plus (--json les donne toutes)"] if left > 0 else []


def _plural(count: int, words: str) -> str:
    """`2, "fiche lue"` → `2 fiches lues`; the French plural starts at two."""
    return f"{count} {words if count < 2 else ' '.join(f'{word}s' for word in words.split())}"
