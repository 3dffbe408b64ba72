"""Persons who use a server while it breaks, and what the store holds afterwards.

Each person sends again until the acknowledgement comes. At the end every acknowledged record
is looked for in the store (lost), and every record of the store among the acknowledged ones:
one that nobody was told of is a second record of somebody (duplicated).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench import intake
from bench.load.people import People

DATABASE = "submissions.sqlite"
ENOUGH = 150  # acknowledgements before each harm, and after it
_PEOPLE = 8
Mend = Callable[[], object]


@dataclass(frozen=True)
class Outcome:
    """One row of the table; `recovered_s` is the longest of the rounds."""

    name: str
    acknowledged: int
    refused: int
    lost: int
    duplicated: int
    recovered_s: float


@dataclass
class Scene:
    """People who use a server, and how long each recovery took."""

    people: People
    recovered_s: list[float] = field(default_factory=list)

    def harmed(self, harm: Callable[[], Mend], lasting_s: float) -> None:
        """Let people send, break something for a while, mend it, and see them go on."""
        assert self.people.wait_for(ENOUGH), "nobody is answered before the harm"
        mend = harm()
        time.sleep(lasting_s)
        mend()
        self.recovered_s.append(self.people.first_after(time.monotonic()))
        assert self.people.wait_for(ENOUGH), "people are not answered after the harm"

    def outcome(self, name: str, database: Path) -> Outcome:
        """The row of the table, once people have left."""
        stored = [record.reference for record in intake.stored(database)]
        told = self.people.references()
        return Outcome(
            name=name,
            acknowledged=len(told),
            refused=self.people.refused,
            lost=len(told - set(stored)),
            duplicated=len(stored) - len(told & set(stored)),
            recovered_s=max(self.recovered_s),
        )


@contextmanager
def set_scene(port: int, state: Path) -> Iterator[Scene]:
    """Eight persons, until each has the answer to what they sent."""
    people = People(port, _PEOPLE, intake.bodies(state))
    try:
        yield Scene(people)
    finally:
        people.leave()
