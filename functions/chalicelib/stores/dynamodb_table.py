"""One table and the few calls that we make to it, each spelled once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from chalicelib.errors import StoreUnavailableError
from chalicelib.stores.aws_calls import AwsCalls, ConditionFailedError
from chalicelib.stores.dynamodb_items import Item

_NEW = "attribute_not_exists(pk)"
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

    def change(self, place: Item, attribute: str, value: dict[str, Any]) -> None:
        """Change what is there; nothing is made anew where something was erased."""
        try:
            self._calls(
                "update_item",
                TableName=self._name,
                Key=place,
                UpdateExpression="set #attribute = :value",
                ConditionExpression="attribute_exists(pk)",
                ExpressionAttributeNames={"#attribute": attribute},
                ExpressionAttributeValues={":value": value},
            )
        except ConditionFailedError:
            return

    def delete(self, items: Iterable[Item]) -> None:
        """Erase items, or what is at their places."""
        for item in items:
            self._calls("delete_item", **self.deletion(item)["Delete"])

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
        key = {"pk": item["pk"], "sk": item["sk"]}
        return {"Delete": {"TableName": self._name, "Key": key}}

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
