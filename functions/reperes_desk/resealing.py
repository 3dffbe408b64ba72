"""Sealing again what is kept, for other agents: after a rotation, a departure, an arrival.

Each sealed thing is replaced by itself, whole or not at all, if it still is what was read:
a run that stops anywhere has lost nothing and the next one goes on. What is already sealed
to the right agents says so under its seal, and is left alone. Dates never change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import pyrage
from pyrage import x25519

from chalicelib.intake import seal
from chalicelib.intake.ports import Author, SealedMessage, SealedSubmission, Status, SubmissionStore
from chalicelib.routing.routing import DEFAULT, Routing


@dataclass
class Tally:
    """What a run did, in sealed things: records, messages, entries of the trail, files.

    Attributes:
        current: Sealed to the right agents already.
        closed: That this identity does not open: sealed to another group, or done already.
        strange: Not what they claim to be; left as they are.
        changed: Erased or replaced by somebody meanwhile.
    """

    resealed: int = 0
    current: int = 0
    closed: int = 0
    strange: int = 0
    changed: int = 0


@dataclass(frozen=True)
class Sealed:
    """One sealed thing: its bytes, whose else it is, and how to put others in its place."""

    reference: str
    ciphertext: bytes
    put: Callable[[bytes], bool]
    follow_recipient: str = ""


def things_of(store: SubmissionStore, record: SealedSubmission, now: datetime) -> Iterator[Sealed]:
    """Everything sealed about a record, itself last."""
    if record.status == Status.WITHDRAWN:
        return
    for message in store.messages(record.key, now):
        yield _of_message(store, record, message)
    if store.attachments is not None:
        for file in store.attachments.of(record.key, now):
            put = partial(store.attachments.replace, file)
            yield Sealed(record.reference, file.ciphertext, put)
    yield Sealed(record.reference, record.ciphertext, partial(store.replace, record))


def reseal(thing: Sealed, identity: x25519.Identity, routing: Routing, tally: Tally) -> None:
    """Seal one thing again where it must be; count what happened."""
    try:
        payload: Any = seal.unseal(thing.ciphertext, [identity])
    except pyrage.DecryptError:
        tally.closed += 1
        return
    except (ValueError, RecursionError):
        tally.strange += 1
        return
    if not _is_sound(payload, thing):
        tally.strange += 1
        return
    readers = routing.readers(str(payload.get("route", DEFAULT)))
    if payload.get("readers") == readers.mark:
        tally.current += 1
        return
    # What the holder of the code could read, they still can.
    keys = (*readers.keys, thing.follow_recipient) if thing.follow_recipient else readers.keys
    anew = seal.seal({**payload, "readers": readers.mark}, keys, readers.decoys)
    if thing.put(anew):
        tally.resealed += 1
    else:
        tally.changed += 1


def _of_message(store: SubmissionStore, record: SealedSubmission, message: SealedMessage) -> Sealed:
    follower = record.follow_recipient if message.author == Author.AGENT else ""
    put = partial(store.replace_message, message)
    return Sealed(record.reference, message.ciphertext, put, follower)


def _is_sound(payload: Any, thing: Sealed) -> bool:
    """Whether it belongs to its record, and answers go to whom they went before."""
    if not isinstance(payload, dict) or payload.get("reference") != thing.reference:
        return False
    said = payload.get("follow_recipient", thing.follow_recipient)
    return not thing.follow_recipient or bool(said == thing.follow_recipient)
