"""The one table on DynamoDB, and its items as records.

    pk                  sk              what
    key of the record   record          the sealed submission
    key of the record   message#KEY     what was said about it
    lookup#HKDF(code)   pointer         → key: a code finds its record at once, consistently
    reference#SIG-…     pointer         → key

Keys are hashes or random numbers: no partition is hotter than another. Two indexes list the
records, in sixteen shards by the first digit of their keys: `desk` in the order of arrival,
`purge` in the order of expiry, so that a purge reads only what it erases.

Each item says twice when it ends: `expires_at`, from which nobody reads it and the purge
erases it, its files first; `forgotten_at`, a week later, when DynamoDB erases what a purge
that stopped has left. The margin keeps the purge first: it alone knows the files.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.intake.ports import Author, SealedMessage, SealedSubmission, Status

Item = dict[str, dict[str, Any]]
BY_ARRIVAL, BY_EXPIRY = "desk", "purge"
SHARDS = "0123456789abcdef"
RECORD = {"S": "record"}
POINTER = {"S": "pointer"}
_MESSAGE = "message#"
TIME_TO_LIVE = "forgotten_at"
PURGED_WITHIN = timedelta(days=7)

# What the tests make, and what functions/resources.yaml must say too.
KEY_SCHEMA = [
    {"AttributeName": "pk", "KeyType": "HASH"},
    {"AttributeName": "sk", "KeyType": "RANGE"},
]
ATTRIBUTES = [
    {"AttributeName": "arrival", "AttributeType": "S"},
    {"AttributeName": "expires_at", "AttributeType": "N"},
    {"AttributeName": "pk", "AttributeType": "S"},
    {"AttributeName": "shard", "AttributeType": "S"},
    {"AttributeName": "sk", "AttributeType": "S"},
]
INDEXES: list[dict[str, Any]] = [
    {
        "IndexName": BY_ARRIVAL,
        "KeySchema": [
            {"AttributeName": "shard", "KeyType": "HASH"},
            {"AttributeName": "arrival", "KeyType": "RANGE"},
        ],
        "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["expires_at"]},
    },
    {
        "IndexName": BY_EXPIRY,
        "KeySchema": [
            {"AttributeName": "shard", "KeyType": "HASH"},
            {"AttributeName": "expires_at", "KeyType": "RANGE"},
        ],
        "Projection": {"ProjectionType": "KEYS_ONLY"},
    },
]


def seconds(moment: datetime) -> dict[str, str]:
    """A moment as stored; also what DynamoDB's time to live reads."""
    return {"N": str(int(moment.timestamp()))}


def ending(expires_at: datetime) -> Item:
    """When an item is no longer read, and when DynamoDB itself erases it."""
    return {
        "expires_at": seconds(expires_at),
        TIME_TO_LIVE: seconds(expires_at + PURGED_WITHIN),
    }


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
    ends = ending(submission.expires_at)
    arrival = f"{int(submission.received_at.timestamp()):012d}#{submission.reference}"
    record = {
        **record_key(submission.key),
        "reference": {"S": submission.reference},
        "kind": {"S": submission.kind},
        "received_at": seconds(submission.received_at),
        **ends,
        "ciphertext": {"B": submission.ciphertext},
        "follow_lookup": {"S": submission.follow_lookup},
        "follow_recipient": {"S": submission.follow_recipient},
        "follow_route": {"S": submission.follow_route},
        "status": {"S": str(submission.status)},
        "shard": {"S": shard_of(submission.key)},
        "arrival": {"S": arrival},
    }
    target = {"target": {"S": submission.key}, **ends}
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


def message_key(message: SealedMessage) -> Item:
    """Where a message is."""
    return {"pk": {"S": message.submission_key}, "sk": {"S": f"{_MESSAGE}{message.key}"}}


def to_message_item(message: SealedMessage, expires_at: datetime) -> Item:
    """A message, beside its record and living as long."""
    return {
        **message_key(message),
        "author": {"S": str(message.author)},
        "sent_at": seconds(message.sent_at),
        "ciphertext": {"B": message.ciphertext},
        **ending(expires_at),
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
