"""A record that an agent has opened, and what they may do with it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from pyrage import x25519

from chalicelib.intake import derive, follow
from chalicelib.intake.follow import CleanFile, Message
from chalicelib.intake.ports import Author, SealedMessage, SealedSubmission, Status, SubmissionStore
from chalicelib.intake.submit import rounded_down
from chalicelib.routing.routing import Readers
from reperes_desk import acting, reading, trail
from reperes_desk.errors import DeskError
from reperes_desk.printing import say
from reperes_desk.trail import Entry
from reperes_desk.words import form_of
from reperes_desk.workplace import Unlock, Workplace

_TOLD = 10  # where groups read their own records only, most of the others stay closed


@dataclass(frozen=True)
class Case:
    """An opened record.

    Attributes:
        payload: What was sealed at the door, checked to be what the store says it is.
    """

    desk: Workplace
    store: SubmissionStore
    record: SealedSubmission
    identity: x25519.Identity
    payload: dict[str, Any]
    random_bytes: Callable[[int], bytes] = os.urandom

    @property
    def answers(self) -> dict[str, Any]:
        """As the form gave them."""
        answers: dict[str, Any] = self.payload["answers"]
        return answers

    @cached_property
    def conversation(self) -> list[Message]:
        """What was said since, oldest first."""
        said = [m for m in self._messages if m.author not in (Author.DESK, Author.UNKNOWN)]
        return follow.opened(said, self.record.reference, self.identity)

    @cached_property
    def trail(self) -> list[Entry]:
        """What agents say to have done, oldest first."""
        return trail.entries(self._messages, self.record, self.identity)

    @cached_property
    def files(self) -> list[CleanFile | None]:
        """What the person added, not trusted whatever it was cleaned of; None: not opened."""
        return reading.attachments(self.store, self.record, self.identity, self.desk.now)

    def note(self, action: str, detail: str = "") -> None:
        """Add to the trail; reading twice in the same hours is one entry."""
        order = self.trail[-1].order + 1 if self.trail else 0
        at, agent = self._rounded_now, self.desk.agent_name(self.identity)
        entry = Entry(self.record.reference, at, agent, action, detail, order)
        last = self.trail[-1] if self.trail else None
        if last and action == "show" and _is_the_same(last, entry):
            return
        nonce = self.random_bytes(derive.NONCE_BYTES)
        sealed = trail.sealed_entry(self.record, entry, nonce, self._colleagues)
        self.store.add_message(sealed, self.desk.now)
        self.trail.append(entry)

    def set_status(self, status: Status) -> None:
        """What the person will read at `/suivi/`."""
        self.store.set_status(self.record.key, status)

    def reply(self, text: str) -> None:
        """Answer the holder of the code.

        Raises:
            DeskError: nobody could read it, or the record is not there any more.
        """
        readers, order = self._colleagues, len(self._messages)
        now, draw = self.desk.now, self.random_bytes
        acting.reply(self.store, self.record, text, readers, now, draw, order)

    @property
    def _colleagues(self) -> Readers:
        return self.desk.colleagues(self.identity, self.payload)

    @property
    def _rounded_now(self) -> datetime:
        return rounded_down(self.desk.now, form_of(self.record.kind).rounding)

    @cached_property
    def _messages(self) -> list[SealedMessage]:
        return self.store.messages(self.record.key, self.desk.now)


@contextmanager
def opened_case(desk: Workplace, reference: str, unlock: Unlock) -> Iterator[Case]:
    """The case of a reference, as an agent types it; the passphrase is asked for last.

    Raises:
        DeskError: unknown, withdrawn, sealed to other agents, or not what it claims to be.
    """
    with desk.opened_store() as store:
        record = reading.find(store, reference, desk.now)
        reading.require_there(record)
        identity = unlock()
        yield Case(desk, store, record, identity, reading.opened(record, identity))


def every_case(
    desk: Workplace,
    store: SubmissionStore,
    records: Iterable[SealedSubmission],
    identity: x25519.Identity,
) -> Iterator[Case]:
    """Those that open; the others are told, the first ones by name, and do not hide the rest."""
    closed = []
    for record in records:
        try:
            payload = reading.opened(record, identity)
        except DeskError as error:  # sealed to other agents, or forged
            closed.append(str(error))
        else:
            yield Case(desk, store, record, identity, payload)
    for reason in closed[:_TOLD]:
        say(f"laissé de côté : {reason}", err=True)
    if len(closed) > _TOLD:
        say(f"et {len(closed) - _TOLD} autres laissés de côté", err=True)


def _is_the_same(one: Entry, other: Entry) -> bool:
    return (one.at, one.agent, one.action) == (other.at, other.agent, other.action)
