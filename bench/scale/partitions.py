"""The hottest partition of the peak: real keys, hashed into as many partitions as there are.

A partition takes 1,000 write units and 3,000 read units a second, and so does a single key.
DynamoDB's own hash is not published: MD5 stands for it, which is fair to random keys.
"""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from collections.abc import Callable

from bench.scale.capacity import Use
from bench.scale.journeys import Step
from bench.scale.places import SEED, Place, second

MOST_WRITES, MOST_READS = 1_000, 3_000
SECONDS = 20
NEW_TABLE = 4  # partitions of a new table on demand: 4,000 write units, 12,000 read units
_NO_STEP_HERE = {"an agent reads", "an agent answers"}  # agents keep their own pace

KeyOf = Callable[[Use, str], str]


def as_it_is(use: Use, fresh: str) -> str:
    """The key design of ADR 20: records by their hash, indexes by sixteen shards."""
    return fresh if use.of == "table" else fresh[0]


def one_key_a_day(use: Use, fresh: str) -> str:
    """What ADR 20 avoids: an index with the day for its key."""
    return fresh if use.of == "table" else "2026-11-22"


def hottest(
    place: Place, steps: dict[str, Step], partitions: int, key_of: KeyOf = as_it_is
) -> dict[str, float]:
    """Write units of the hottest partition, in the worst second, of the table and each index."""
    chance = random.Random(SEED)  # noqa: S311 - a simulation, the same each time
    worst: dict[str, float] = {}
    for _ in range(SECONDS):
        for of, load in _loads(place, steps, partitions, key_of, chance).items():
            worst[of] = max(worst.get(of, 0.0), max(load.values()))
    return worst


def _loads(
    place: Place,
    steps: dict[str, Step],
    partitions: int,
    key_of: KeyOf,
    chance: random.Random,
) -> dict[str, Counter[int]]:
    loads: dict[str, Counter[int]] = {}
    for name, count in second(place, chance).items():
        if name in _NO_STEP_HERE:
            continue
        writes = [use for use in steps[name].uses if use.writes]
        for _ in range(count):
            # Each real key of the step is that of another record: the same kind of hash.
            fresh = {use.key: f"{chance.getrandbits(256):064x}" for use in writes}
            for use in writes:
                key = key_of(use, fresh[use.key])
                load = loads.setdefault(use.of, Counter())
                load[_partition(use.of + key, partitions)] += use.writes
    return loads


def needed(place: Place, steps: dict[str, Step]) -> int:
    """Partitions from which the worst second fits, doubling as DynamoDB splits."""
    partitions = 1
    while max(hottest(place, steps, partitions).values(), default=0.0) > MOST_WRITES:
        partitions *= 2
    return partitions


def _partition(key: str, partitions: int) -> int:
    return int.from_bytes(hashlib.md5(key.encode()).digest()[:8]) % partitions  # noqa: S324 - no secret
