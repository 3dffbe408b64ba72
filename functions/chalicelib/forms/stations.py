"""The stations that a person may choose: what the build writes in stations.json."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple


class Station(NamedTuple):
    """One station as it is chosen."""

    id: str
    name: str
    commune: str

    @property
    def label(self) -> str:
        """`Bordeaux – Commissariat de police de Bordeaux`."""
        return f"{self.commune} – {self.name}"


@dataclass(frozen=True)
class Stations:
    """All of them: `{"33": [[id, name, commune], …]}`, read when one is looked for.

    Attributes:
        json_text: By département (`33`, `2a`, `971`), in the order of communes.
    """

    json_text: bytes = b"{}"

    def find(self, station_id: str) -> Station | None:
        """The station that has this id."""
        return self._by_id.get(station_id)

    def offered(self, chosen: Iterable[str], postcodes: Iterable[str]) -> tuple[Station, ...]:
        """What is chosen already, then those around."""
        known = (found for each in chosen if each and (found := self.find(each)))
        return tuple(dict.fromkeys((*known, *self.around(postcodes))))

    def around(self, postcodes: Iterable[str]) -> tuple[Station, ...]:
        """Those of the départements of these postcodes, the first one first."""
        codes = dict.fromkeys(code for each in postcodes for code in departements_of(each))
        return tuple(one for code in codes for one in self.by_departement.get(code, ()))

    @cached_property
    def by_departement(self) -> dict[str, tuple[Station, ...]]:
        """What the text says.

        Raises:
            ValueError, TypeError, AttributeError: it is not what the build writes.
        """
        lists = json.loads(self.json_text)
        return {code: tuple(Station(*one) for one in some) for code, some in lists.items()}

    @cached_property
    def _by_id(self) -> dict[str, Station]:
        return {one.id: one for some in self.by_departement.values() for one in some}


NO_STATIONS = Stations()


def departements_of(postcode: str) -> tuple[str, ...]:
    """`33000` → `33`; Corsica shares its postcodes between two."""
    digits = postcode.replace(" ", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) == 5):
        return ()
    if digits.startswith("20"):
        return ("2a", "2b")
    return (digits[:3],) if digits.startswith(("97", "98")) else (digits[:2],)
