"""Units of DynamoDB that a call takes, by its documented rules, and from which partition key.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html:
a write unit is 1 KB, doubled in a transaction; a read unit is 4 KB, half of it when the
reading may be a second late. An index pays for its own copy of what it projects.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from chalicelib.stores.dynamodb_items import BY_ARRIVAL, BY_EXPIRY, RECORD

Item = dict[str, dict[str, Any]]
_PROJECTED = ("pk", "sk", "shard", "arrival", "expires_at")


@dataclass(frozen=True)
class Use:
    """Units taken from one partition key of the table, or of one of its indexes."""

    of: str
    key: str
    writes: float = 0.0
    reads: float = 0.0


def size_of(item: Item) -> int:
    """Bytes of an item: names and values; a number takes about half its digits."""
    total = 0
    for name, value in item.items():
        ((kind, said),) = value.items()
        if kind == "B":
            total += len(said)
        else:
            total += len(str(said).encode()) if kind == "S" else len(str(said)) // 2 + 2
        total += len(name.encode())
    return total


@dataclass
class Meter:
    """Follows the calls of a store, and remembers how large each item is."""

    sizes: dict[tuple[str, str], int] = field(default_factory=dict)

    def uses(
        self, operation: str, asked: dict[str, Any], answer: dict[str, Any] | None
    ) -> Iterator[Use]:
        """What one call took."""
        match operation:
            case "transact_write_items":
                for action in asked["TransactItems"]:
                    yield from self._part(action)
            case "update_item":
                yield from self._update(asked)
            case "batch_write_item":
                for requests in asked["RequestItems"].values():
                    for each in requests:
                        yield from self._erase(each["DeleteRequest"]["Key"], 1)
            case "get_item":
                yield self._read(asked["Key"]["pk"]["S"], [(answer or {}).get("Item") or {}], 1)
            case "batch_get_item":
                for found in (answer or {}).get("Responses", {}).values():
                    for item in found:
                        yield self._read(item["pk"]["S"], [item], 1)
            case "query":
                (key,) = [v["S"] for v in asked["ExpressionAttributeValues"].values() if "S" in v]
                share = 1 if asked.get("ConsistentRead") else 0.5
                found = (answer or {}).get("Items", [])
                yield self._read(key, found, share, asked.get("IndexName", "table"))

    def _part(self, action: dict[str, Any]) -> Iterator[Use]:
        ((kind, said),) = action.items()
        if kind == "Put":
            yield from self._put(said["Item"])
        elif kind == "Delete":
            yield from self._erase(said["Key"], 2)
        else:  # a condition is paid like a write
            yield self._written(said["Key"], 2)

    def _put(self, item: Item) -> Iterator[Use]:
        self.sizes[_place(item)] = size_of(item)
        yield self._written(item, 2)
        if "shard" in item:
            yield from (Use(index, item["shard"]["S"], 1.0) for index in (BY_ARRIVAL, BY_EXPIRY))

    def _update(self, asked: dict[str, Any]) -> Iterator[Use]:
        place = asked["Key"]
        yield self._written(place, 1)
        names = asked["ExpressionAttributeNames"].values()
        if place["sk"] == RECORD and "expires_at" in names:
            shard = place["pk"]["S"][0]
            yield Use(BY_ARRIVAL, shard, 1.0)
            yield Use(BY_EXPIRY, shard, 2.0)  # its key changes: erased there, written here

    def _erase(self, place: Item, factor: int) -> Iterator[Use]:
        yield self._written(place, factor)
        if place["sk"] == RECORD:
            shard = place["pk"]["S"][0]
            yield from (Use(index, shard, 1.0) for index in (BY_ARRIVAL, BY_EXPIRY))

    def _written(self, place: Item, factor: int) -> Use:
        return Use("table", place["pk"]["S"], factor * units(self.sizes.get(_place(place), 1), 1))

    def _read(self, key: str, items: Iterable[Item], share: float, of: str = "table") -> Use:
        found = list(items)
        for item in found:
            if "sk" in item:
                self.sizes.setdefault(_place(item), size_of(item))
        return Use(of, key, reads=share * units(sum(map(size_of, found)), 4))


_OVERHEAD = 100  # bytes that each item and each entry of an index is counted more


def stored_by(operation: str, asked: dict[str, Any]) -> int:
    """Bytes that a new record, or a new file, takes until it is erased."""
    if operation == "put_object":
        return len(asked["Body"])
    puts = [each["Put"]["Item"] for each in asked.get("TransactItems", ()) if "Put" in each]
    entries = [{name: item[name] for name in _PROJECTED} for item in puts if "shard" in item]
    return sum(size_of(item) + _OVERHEAD for item in [*puts, *entries, *entries])


def units(size: int, kilobytes: int) -> int:
    """At least one, even of nothing."""
    return max(1, math.ceil(size / (kilobytes * 1024)))


def _place(item: Item) -> tuple[str, str]:
    return item["pk"]["S"], item["sk"]["S"]
