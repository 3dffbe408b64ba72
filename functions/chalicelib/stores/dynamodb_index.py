"""Everything in the table, for the desk and for the purge: page by page, oldest first."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from chalicelib.errors import StoreUnavailableError
from chalicelib.intake.ports import SealedSubmission
from chalicelib.stores import dynamodb_items as items
from chalicelib.stores.aws_calls import AwsCalls
from chalicelib.stores.dynamodb_items import Item

_BATCH = 50  # records asked at once, 64 KiB each: far below the 16 MB of one answer
_ASKED_AGAIN = 5  # how often DynamoDB may leave some of a batch for later


class DynamodbIndex:
    """The index of the desk; what it lists may be a second late, so records are read anew."""

    def __init__(self, table: str, calls: AwsCalls) -> None:
        self._table = table
        self._calls = calls

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
            found = {item["pk"]["S"]: item for item in self._batch(batch)}
            yield from (items.from_item(found[key]) for key in batch if key in found)

    def query(self, **parameters: Any) -> Iterator[Item]:
        """Every item of a query, page after page."""
        while True:
            answer = self._calls("query", TableName=self._table, **parameters)
            yield from answer["Items"]
            if "LastEvaluatedKey" not in answer:
                return
            parameters["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def _shard(self, shard: str) -> Iterator[Item]:
        return self.query(
            IndexName=items.INDEX,
            KeyConditionExpression="shard = :shard",
            ExpressionAttributeValues={":shard": {"S": shard}},
        )

    def _batch(self, keys: list[str]) -> Iterator[Item]:
        places = [items.record_key(key) for key in keys]
        asked = {self._table: {"Keys": places, "ConsistentRead": True}}
        for _ in range(_ASKED_AGAIN):
            answer = self._calls("batch_get_item", RequestItems=asked)
            yield from answer["Responses"].get(self._table, ())
            asked = answer.get("UnprocessedKeys") or {}
            if not asked:
                return
        raise StoreUnavailableError("dynamodb")
