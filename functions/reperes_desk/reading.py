"""Records of a state folder, opened with an agent's identity."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pyrage
from pyrage import x25519

from chalicelib.aws import AwsSettings, table_store
from chalicelib.intake import crockford, follow, seal
from chalicelib.intake.derive import REFERENCE_LENGTH
from chalicelib.intake.follow import CleanFile
from chalicelib.intake.ports import SealedSubmission, Status, SubmissionStore
from chalicelib.stores.sqlite import SqliteSubmissionStore
from reperes_desk.errors import DeskError, UnknownReferenceError


@contextmanager
def opened_store(database: Path, aws: AwsSettings) -> Iterator[SubmissionStore]:
    """The store of a state folder, or of a table on AWS.

    Raises:
        DeskError: nothing was ever received there.
    """
    if not aws.table and not database.is_file():
        raise DeskError(f"rien n’a encore été reçu dans « {database.parent} »")
    store = table_store(aws) if aws.table else SqliteSubmissionStore(database)
    try:
        yield store
    finally:
        store.close()


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


def opened(record: SealedSubmission, identity: x25519.Identity) -> dict[str, Any]:
    """What was written, as it was sealed.

    Raises:
        DeskError: withdrawn, sealed to other agents, or not what it claims to be.
    """
    if record.status == Status.WITHDRAWN:
        raise DeskError(f"{record.reference} a été retiré par la personne : il n’en reste rien")
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


def read(
    store: SubmissionStore, record: SealedSubmission, identity: x25519.Identity
) -> dict[str, Any]:
    """`opened`, and the person will see that it was read."""
    payload = opened(record, identity)
    if record.status == Status.RECEIVED:
        store.set_status(record.key, Status.READ)
    return payload


def conversation(
    store: SubmissionStore, record: SealedSubmission, identity: x25519.Identity, now: datetime
) -> list[dict[str, str]]:
    """What was said since, oldest first."""
    sealed = store.messages(record.key, now)
    return [
        {"author": message.author, "sent_at": message.sent_at.isoformat(), "text": message.text}
        for message in follow.opened(sealed, record.reference, identity)
    ]


def attachments(
    store: SubmissionStore, record: SealedSubmission, identity: x25519.Identity, now: datetime
) -> list[CleanFile]:
    """The files that the person added. Whatever they were cleaned of, they are not trusted."""
    if store.attachments is None:
        return []
    files = []
    for sealed in store.attachments.of(record.key, now):
        payload = _unsealed(sealed.ciphertext, record, identity)
        if (payload.get("reference"), payload.get("kind")) == (record.reference, "attachment"):
            data = base64.b64decode(str(payload.get("data", "")))
            name, media_type = str(payload.get("name", "")), str(payload.get("media_type", ""))
            files.append(CleanFile(name, media_type, data))
    return files
