"""One table and the few calls that we make to it, each spelled once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from chalicelib.errors import StoreUnavailableError, StoreUncertainError
from chalicelib.stores.aws_calls import AwsCalls
from chalicelib.stores.aws_refusals import ConditionFailedError
from chalicelib.stores.dynamodb_items import Item

_NEW = "attribute_not_exists(pk)"
_MAX_ERASED = 25  # by one batch
_ASKED_AGAIN = 5  # how often DynamoDB may leave some of a batch for later

Action = dict[str, dict[str, Any]]  # one part of a transaction


class DynamodbTable:
    """The table `name`."""

    def __init__(self, name: str, calls: AwsCalls) -> None:
        self._name = name
        self._calls = calls

    def close(self) -> None:
        """Release the connections."""
        self._calls.close()

    def get(self, place: Item) -> Item | None:
        """The item at `place`, as it is now."""
        answer = self._calls("get_item", TableName=self._name, Key=place, ConsistentRead=True)
        return answer.get("Item")

    def batch(self, places: list[Item]) -> Iterator[Item]:
        """Those that are there, in any order; at most a hundred."""
        asked: dict[str, Any] = {self._name: {"Keys": places, "ConsistentRead": True}}
        for _ in range(_ASKED_AGAIN):
            answer = self._calls("batch_get_item", RequestItems=asked)
            yield from answer["Responses"].get(self._name, ())
            asked = answer.get("UnprocessedKeys") or {}
            if not asked:
                return
        raise StoreUnavailableError("dynamodb")

    def query(self, **parameters: Any) -> Iterator[Item]:
        """Every item of a query, page after page."""
        while True:
            answer = self._calls("query", TableName=self._name, **parameters)
            yield from answer["Items"]
            if "LastEvaluatedKey" not in answer:
                return
            parameters["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def change(self, place: Item, **values: dict[str, Any]) -> None:
        """Change what is there; nothing is made anew where something was erased."""
        try:
            self._calls(
                "update_item",
                TableName=self._name,
                Key=place,
                UpdateExpression=f"set {', '.join(f'#{name} = :{name}' for name in values)}",
                ConditionExpression="attribute_exists(pk)",
                ExpressionAttributeNames={f"#{name}": name for name in values},
                ExpressionAttributeValues={f":{name}": value for name, value in values.items()},
            )
        except ConditionFailedError:
            return

    def exchange(self, place: Item, attribute: str, old: bytes, new: bytes) -> bool:
        """Put `new` where `old` is; False when something else is there."""
        try:
            self._calls(
                "update_item",
                TableName=self._name,
                Key=place,
                UpdateExpression="set #attribute = :new",
                ConditionExpression="#attribute = :old",
                ExpressionAttributeNames={"#attribute": attribute},
                ExpressionAttributeValues={":old": {"B": old}, ":new": {"B": new}},
            )
        except ConditionFailedError:  # or a try of ours whose answer was lost
            item = self.get(place)
            return item is not None and bytes(item[attribute]["B"]) == new
        return True

    def increment(self, place: Item, at_most: int, beside: Item) -> bool:
        """Add one to the `number` there, from nothing; False when it is at `at_most`."""
        try:
            self._calls(
                "update_item",
                TableName=self._name,
                Key=place,
                UpdateExpression="add #number :one set "
                + ", ".join(f"#{name} = if_not_exists(#{name}, :{name})" for name in beside),
                ConditionExpression="attribute_not_exists(#number) or #number < :most",
                ExpressionAttributeNames={f"#{name}": name for name in ("number", *beside)},
                ExpressionAttributeValues={
                    ":one": {"N": "1"},
                    ":most": {"N": str(at_most)},
                    **{f":{name}": value for name, value in beside.items()},
                },
            )
        except ConditionFailedError:
            return False
        return True

    def delete(self, items: Iterable[Item]) -> None:
        """Erase items, or what is at their places, in no order."""
        asked = iter(items)
        while batch := list(islice(asked, _MAX_ERASED)):
            left: dict[str, Any] = {
                self._name: [{"DeleteRequest": {"Key": _place(each)}} for each in batch]
            }
            for _ in range(_ASKED_AGAIN):
                answer = self._calls("batch_write_item", RequestItems=left)
                left = answer.get("UnprocessedItems") or {}
                if not left:
                    break
            else:
                raise StoreUncertainError("dynamodb")

    def transact(self, actions: Iterable[Action]) -> None:
        """All of them or none.

        Raises:
            ConditionFailedError: says which conditions did not hold; nothing was done.
        """
        self._calls("transact_write_items", TransactItems=list(actions))

    def putting(self, item: Item) -> Action:
        """Write over what is there."""
        return {"Put": {"TableName": self._name, "Item": item}}

    def adding(self, item: Item) -> Action:
        """Write where nothing is."""
        return {"Put": {**self.putting(item)["Put"], "ConditionExpression": _NEW}}

    def deletion(self, item: Item) -> Action:
        """Erase what is at the place of `item`."""
        return {"Delete": {"TableName": self._name, "Key": _place(item)}}

    def requiring(self, place: Item, condition: str, values: Item, **names: str) -> Action:
        """What must be true of the item at `place`; `names` stand for reserved words."""
        return {
            "ConditionCheck": {
                "TableName": self._name,
                "Key": place,
                "ConditionExpression": condition,
                "ExpressionAttributeNames": {f"#{name}": each for name, each in names.items()},
                "ExpressionAttributeValues": values,
            }
        }


def _place(item: Item) -> Item:
    return {"pk": item["pk"], "sk": item["sk"]}
