"""What happens after a submission: messages both ways, a longer life, or none.

Everything here starts from a record that a code found, or an agent's reference.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pyrage

from chalicelib.intake import derive, seal, token
from chalicelib.intake.ports import Author, SealedAttachment, SealedMessage, SealedSubmission
from chalicelib.intake.submit import rounded_down
from chalicelib.routing.routing import DEFAULT, Readers, Routing

LONGER = timedelta(days=30)
# Longer than the life of any token: until then the check page cannot make it again.
FORGOTTEN_AFTER = 2 * token.LIFETIME


@dataclass(frozen=True)
class CleanFile:
    """A file in clear, in memory only, after chalicelib.files has looked into it."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True)
class Message:
    """A message in clear, in memory only.

    Attributes:
        order: Among those of the record; under the seal, since times are rounded.
    """

    author: Author
    sent_at: datetime
    text: str
    order: int = 0


def sealed_message(
    record: SealedSubmission,
    message: Message,
    nonce: bytes,
    readers: Readers,
) -> SealedMessage:
    """`message` about `record`; an agent's is sealed to the holder of the code too."""
    follower = (record.follow_recipient,) if message.author == Author.AGENT else ()
    keys = (*readers.keys, *follower)
    payload = {
        "version": 1,
        "kind": "message",
        "reference": record.reference,
        **readers.sealed,
        "follow_recipient": record.follow_recipient,
        "author": message.author,
        "sent_at": message.sent_at.isoformat(),
        "order": message.order,
        "text": message.text,
    }
    return SealedMessage(
        key=derive.record_key(nonce),
        submission_key=record.key,
        author=message.author,
        sent_at=message.sent_at,
        ciphertext=seal.seal(payload, keys, readers.decoys),
    )


def readers_of(record: SealedSubmission, code: str, routing: Routing) -> Readers:
    """Who reads what the holder of `code` adds: those who read the record."""
    marks = {derive.route_mark(code, name): name for name in routing.names}
    return routing.readers(marks.get(record.follow_route, DEFAULT))


def sealed_file(
    record: SealedSubmission, file: CleanFile, nonce: bytes, readers: Readers
) -> SealedAttachment:
    """`file` about `record`, for agents only; its name and kind are sealed with it."""
    payload = {
        "version": 1,
        "kind": "attachment",
        "reference": record.reference,
        **readers.sealed,
        "name": file.name,
        "media_type": file.media_type,
        "data": base64.b64encode(file.data).decode(),
    }
    sealed = seal.seal(payload, readers.keys, readers.decoys)
    return SealedAttachment(derive.record_key(nonce), record.key, sealed)


def opened(
    messages: Iterable[SealedMessage],
    reference: str,
    identity: pyrage.x25519.Identity,
) -> list[Message]:
    """Those of `messages` that `identity` opens and that belong to `reference`, in order."""
    found = _opened(messages, reference, identity)
    return sorted(found, key=lambda message: (message.sent_at, message.order))


def _opened(
    messages: Iterable[SealedMessage], reference: str, identity: pyrage.x25519.Identity
) -> Iterator[Message]:
    for message in messages:
        try:
            payload: Any = seal.unseal(message.ciphertext, [identity])
        except (pyrage.DecryptError, ValueError):
            continue  # sealed to others: the person's own words are for agents only
        if not isinstance(payload, dict):
            continue  # forged, as whoever writes the store can
        text, claimed = payload.get("text"), (payload.get("reference"), payload.get("author"))
        if claimed == (reference, message.author) and isinstance(text, str):
            yield Message(message.author, message.sent_at, text, _number(payload.get("order")))


def _number(order: Any) -> int:
    return order if isinstance(order, int) else 0  # absent of what was sealed before


def longer_until(
    record: SealedSubmission, retention: timedelta, rounding: timedelta, now: datetime
) -> datetime | None:
    """Thirty days more, never further from now than the retention; None if no gain."""
    furthest = rounded_down(now, rounding) + retention
    until = min(record.expires_at + LONGER, furthest)
    return until if until >= record.expires_at + timedelta(days=1) else None


def renewed_until(
    record: SealedSubmission, retention: timedelta, rounding: timedelta, now: datetime
) -> datetime:
    """The expiry after some activity: the retention starts again."""
    return max(record.expires_at, rounded_down(now, rounding) + retention)
