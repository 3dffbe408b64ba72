"""The records of the table, page by page: oldest first for the desk, expired for the purge."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice

from chalicelib.intake.ports import SealedSubmission
from chalicelib.stores import dynamodb_items as items
from chalicelib.stores.dynamodb_items import Item
from chalicelib.stores.dynamodb_table import DynamodbTable

_BATCH = 50  # records asked at once, 64 KiB each: far below the 16 MB of one answer


class DynamodbIndex:
    """The two indexes; what they list may be a second late, so records are read anew."""

    def __init__(self, table: DynamodbTable) -> None:
        self._table = table

    def oldest_first(self) -> Iterator[tuple[str, datetime]]:
        """Key and expiry of every record, by arrival, expired or not."""
        for item in heapq.merge(
            *map(self._shard, items.SHARDS), key=lambda item: str(item["arrival"]["S"])
        ):
            expires_at = datetime.fromtimestamp(int(item["expires_at"]["N"]), UTC)
            yield item["pk"]["S"], expires_at

    def records(self, keys: Iterable[str]) -> Iterator[SealedSubmission]:
        """The records of `keys` that are still there, in the same order."""
        asked = iter(keys)
        while batch := list(islice(asked, _BATCH)):
            places = [items.record_key(key) for key in batch]
            found = {item["pk"]["S"]: item for item in self._table.batch(places)}
            yield from (items.from_item(found[key]) for key in batch if key in found)

    def expired(self, shard: str, now: datetime) -> Iterator[SealedSubmission]:
        """The records of a shard that nobody may read any more."""
        listed = self._table.query(
            IndexName=items.BY_EXPIRY,
            KeyConditionExpression="shard = :shard and expires_at <= :now",
            ExpressionAttributeValues={":shard": {"S": shard}, ":now": items.seconds(now)},
        )
        records = self.records(item["pk"]["S"] for item in listed)
        return (record for record in records if record.expires_at <= now)

    def _shard(self, shard: str) -> Iterator[Item]:
        return self._table.query(
            IndexName=items.BY_ARRIVAL,
            KeyConditionExpression="shard = :shard",
            ExpressionAttributeValues={":shard": {"S": shard}},
        )
