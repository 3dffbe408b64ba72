"""The one table on DynamoDB, and its items as records.

    pk                  sk              what
    key of the record   record          the sealed submission
    key of the record   message#KEY     what was said about it
    lookup#HKDF(code)   pointer         → key: a code finds its record at once, consistently
    reference#SIG-…     pointer         → key

Keys are hashes or random numbers: no partition is hotter than another. The one index
serves the desk: sixteen shards by the first digit of the key, in the order of arrival.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from chalicelib.intake.ports import Author, SealedMessage, SealedSubmission, Status

Item = dict[str, dict[str, Any]]
INDEX = "desk"
SHARDS = "0123456789abcdef"
RECORD = {"S": "record"}
POINTER = {"S": "pointer"}
_MESSAGE = "message#"

# What the tests make, and what functions/resources.yaml must say too.
KEY_SCHEMA = [
    {"AttributeName": "pk", "KeyType": "HASH"},
    {"AttributeName": "sk", "KeyType": "RANGE"},
]
ATTRIBUTES = [
    {"AttributeName": name, "AttributeType": "S"} for name in ("arrival", "pk", "shard", "sk")
]
DESK_INDEX: dict[str, Any] = {
    "IndexName": INDEX,
    "KeySchema": [
        {"AttributeName": "shard", "KeyType": "HASH"},
        {"AttributeName": "arrival", "KeyType": "RANGE"},
    ],
    "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["expires_at"]},
}


def seconds(moment: datetime) -> dict[str, str]:
    """A moment as stored; also what DynamoDB's time to live reads."""
    return {"N": str(int(moment.timestamp()))}


def record_key(key: str) -> Item:
    """Where a record is."""
    return {"pk": {"S": key}, "sk": RECORD}


def pointer_key(kind: str, value: str) -> Item:
    """Where the pointer to a record is; `kind` is `lookup` or `reference`."""
    return {"pk": {"S": f"{kind}#{value}"}, "sk": POINTER}


def pointer_keys(submission: SealedSubmission) -> list[Item]:
    """Every pointer to a record: reference first."""
    keys = [pointer_key("reference", submission.reference)]
    if submission.follow_lookup:
        keys.append(pointer_key("lookup", submission.follow_lookup))
    return keys


def to_items(submission: SealedSubmission) -> list[Item]:
    """A record and its pointers, in this order."""
    expires_at = seconds(submission.expires_at)
    arrival = f"{int(submission.received_at.timestamp()):012d}#{submission.reference}"
    record = {
        **record_key(submission.key),
        "reference": {"S": submission.reference},
        "kind": {"S": submission.kind},
        "received_at": seconds(submission.received_at),
        "expires_at": expires_at,
        "ciphertext": {"B": submission.ciphertext},
        "follow_lookup": {"S": submission.follow_lookup},
        "follow_recipient": {"S": submission.follow_recipient},
        "follow_route": {"S": submission.follow_route},
        "status": {"S": str(submission.status)},
        "shard": {"S": shard_of(submission.key)},
        "arrival": {"S": arrival},
    }
    target = {"target": {"S": submission.key}, "expires_at": expires_at}
    return [record, *({**key, **target} for key in pointer_keys(submission))]


def shard_of(key: str) -> str:
    """Where the desk finds a record: keys are hexadecimal digits at random."""
    return key[0] if key[0] in SHARDS else SHARDS[0]


def from_item(item: Item) -> SealedSubmission:
    """The record of an item."""
    return SealedSubmission(
        key=item["pk"]["S"],
        reference=item["reference"]["S"],
        kind=item["kind"]["S"],
        received_at=_moment(item["received_at"]),
        expires_at=_moment(item["expires_at"]),
        ciphertext=bytes(item["ciphertext"]["B"]),
        follow_lookup=item["follow_lookup"]["S"],
        follow_recipient=item["follow_recipient"]["S"],
        follow_route=item.get("follow_route", {"S": ""})["S"],  # absent before routes
        status=Status(item["status"]["S"]),
    )


def to_message_item(message: SealedMessage, expires_at: datetime) -> Item:
    """A message, beside its record and living as long."""
    return {
        "pk": {"S": message.submission_key},
        "sk": {"S": f"{_MESSAGE}{message.key}"},
        "author": {"S": str(message.author)},
        "sent_at": seconds(message.sent_at),
        "ciphertext": {"B": message.ciphertext},
        "expires_at": seconds(expires_at),
    }


def is_message(item: Item) -> bool:
    """Whether an item found beside a record is a message."""
    return str(item["sk"]["S"]).startswith(_MESSAGE)


def from_message_item(item: Item) -> SealedMessage:
    """The message of an item."""
    return SealedMessage(
        key=item["sk"]["S"].removeprefix(_MESSAGE),
        submission_key=item["pk"]["S"],
        author=Author(item["author"]["S"]),
        sent_at=_moment(item["sent_at"]),
        ciphertext=bytes(item["ciphertext"]["B"]),
    )


def _moment(value: dict[str, Any]) -> datetime:
    return datetime.fromtimestamp(int(value["N"]), UTC)
