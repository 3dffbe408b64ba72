"""The trail: who did what to a record, declared by each agent, sealed beside the record.

An entry is a message that only the agents of the record open: it is kept where they are,
resealed with them and erased with the record. It proves nothing: whoever has the agents'
public keys can seal another one, and the name is what the agent says (docs/agents.md).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyrage
from pyrage import x25519

from chalicelib.intake import derive, seal
from chalicelib.intake.ports import Author, SealedMessage, SealedSubmission
from chalicelib.routing.routing import Readers

KIND = "trail"
# What each entry says in French; `{detail}` is a state or a name, never what was written.
ACTIONS = {
    "show": "a lu le dossier",
    "files": "a pris les fichiers",
    "reply": "a répondu",
    "status": "a changé l’état : {detail}",
    "assign": "a confié le dossier à {detail}",
    "close": "a terminé le dossier",
    "export": "a exporté le dossier",
}
_FIELDS = ("reference", "agent", "action", "detail")


@dataclass(frozen=True)
class Entry:
    """One thing that an agent says to have done.

    Attributes:
        at: Rounded down as the times of the record.
        order: Among the entries of the record, since times are rounded.
    """

    reference: str
    at: datetime
    agent: str
    action: str
    detail: str = ""
    order: int = 0

    @property
    def sentence(self) -> str:
        """What was done, in French."""
        return ACTIONS.get(self.action, "{detail}").replace("{detail}", self.detail)


def entries(
    messages: Iterable[SealedMessage], record: SealedSubmission, identity: x25519.Identity
) -> list[Entry]:
    """Those that this identity opens and that belong to the record, in order."""
    found = [
        entry
        for message in messages
        if message.author == Author.DESK and (entry := _opened(message, record, identity))
    ]
    return sorted(found, key=lambda entry: (entry.at, entry.order))


def sealed_entry(
    record: SealedSubmission, entry: Entry, nonce: bytes, readers: Readers
) -> SealedMessage:
    """`entry`, for the agents of the record only."""
    payload = {
        "version": 1,
        "kind": KIND,
        **readers.sealed,
        "order": entry.order,
        **{name: getattr(entry, name) for name in _FIELDS},
    }
    ciphertext = seal.seal(payload, readers.keys, readers.decoys)
    key = derive.record_key(nonce)
    return SealedMessage(key, record.key, Author.DESK, entry.at, ciphertext)


def assignee(found: Iterable[Entry]) -> str:
    """To whom the record was given last; empty when to nobody."""
    names = [entry.detail for entry in found if entry.action == "assign"]
    return names[-1] if names else ""


def _opened(
    message: SealedMessage, record: SealedSubmission, identity: x25519.Identity
) -> Entry | None:
    try:
        payload: Any = seal.unseal(message.ciphertext, [identity])
    except (pyrage.DecryptError, ValueError, RecursionError):
        return None  # sealed to others, or forged
    if not isinstance(payload, dict) or payload.get("kind") != KIND:
        return None
    said = {name: payload.get(name) for name in _FIELDS}
    order = payload.get("order")
    if said["reference"] != record.reference or not isinstance(order, int):
        return None
    return Entry(at=message.sent_at, order=order, **{k: str(v) for k, v in said.items()})
