"""Sealed things of the store, opened with an agent's identity."""

from __future__ import annotations

import base64
from datetime import datetime
from typing import Any

import pyrage
from pyrage import x25519

from chalicelib.intake import crockford, seal
from chalicelib.intake.derive import REFERENCE_LENGTH
from chalicelib.intake.follow import CleanFile
from chalicelib.intake.ports import SealedAttachment, SealedSubmission, Status, SubmissionStore
from reperes_desk.errors import DeskError, UnknownReferenceError


def find(store: SubmissionStore, typed: str, now: datetime) -> SealedSubmission:
    """The record of a reference, as an agent types it.

    Raises:
        UnknownReferenceError: none has it.
    """
    record = store.find_by_reference(to_reference(typed), now)
    if record is None:
        raise UnknownReferenceError(f"aucun dossier ne porte le numéro « {typed} »")
    return record


def to_reference(typed: str) -> str:
    """`sig 7k2m9qxd4tfb` → `SIG-7K2M-9QXD-4TFB`."""
    compact = "".join(typed.split()).replace("-", "").upper()
    prefix, number = compact[:-REFERENCE_LENGTH], compact[-REFERENCE_LENGTH:]
    return f"{prefix}-{crockford.grouped(crockford.normalised(number))}"


def require_there(record: SealedSubmission) -> None:
    """Raises:
    DeskError: the person has withdrawn it.
    """
    if record.status == Status.WITHDRAWN:
        raise DeskError(f"{record.reference} a été retiré par la personne : il n’en reste rien")


def opened(record: SealedSubmission, identity: x25519.Identity) -> dict[str, Any]:
    """What was written, as it was sealed.

    Raises:
        DeskError: withdrawn, sealed to other agents, or not what it claims to be.
    """
    require_there(record)
    payload = _unsealed(record.ciphertext, record, identity)
    claimed = (payload.get("reference"), payload.get("kind"))
    follow_recipient = payload.get("follow_recipient", record.follow_recipient)
    shapes = (payload.get("answers"), dict), (payload.get("received_at"), str)
    if claimed != (record.reference, record.kind) or not all(isinstance(*each) for each in shapes):
        raise _forged(record)
    if follow_recipient != record.follow_recipient:  # answers would be sealed to a stranger
        raise _forged(record)
    return payload


def _unsealed(
    ciphertext: bytes, record: SealedSubmission, identity: x25519.Identity
) -> dict[str, Any]:
    try:
        payload: Any = seal.unseal(ciphertext, [identity])
    except pyrage.DecryptError as error:
        raise DeskError(f"cette identité n’ouvre pas {record.reference}") from error
    except (ValueError, RecursionError) as error:
        raise _forged(record) from error
    if not isinstance(payload, dict):
        raise _forged(record)
    return payload


def _forged(record: SealedSubmission) -> DeskError:
    """Whoever writes the store can seal anything to agents."""
    return DeskError(f"{record.reference} ne contient pas ce qu’il annonce : prévenez l’exploitant")


def attachments(
    store: SubmissionStore, record: SealedSubmission, identity: x25519.Identity, now: datetime
) -> list[CleanFile | None]:
    """The files that the person added; None for each that is not what it claims to be."""
    if store.attachments is None:
        return []
    found = store.attachments.of(record.key, now)
    return [_file(sealed, record, identity) for sealed in found]


def _file(
    sealed: SealedAttachment, record: SealedSubmission, identity: x25519.Identity
) -> CleanFile | None:
    try:
        payload = _unsealed(sealed.ciphertext, record, identity)
        data = base64.b64decode(str(payload.get("data", "")))
    except (DeskError, ValueError):
        return None
    if (payload.get("reference"), payload.get("kind")) != (record.reference, "attachment"):
        return None
    return CleanFile(str(payload.get("name", "")), str(payload.get("media_type", "")), data)
