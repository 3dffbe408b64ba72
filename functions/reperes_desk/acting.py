"""What agents do to a record, beyond reading it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from chalicelib.intake import derive, follow
from chalicelib.intake.follow import Message
from chalicelib.intake.ports import Author, SealedSubmission, Status, SubmissionStore
from chalicelib.intake.submit import rounded_down
from chalicelib.routing.routing import Readers
from reperes_desk.errors import DeskError
from reperes_desk.words import FORMS


def require_open(record: SealedSubmission) -> None:
    """Raises:
    DeskError: the person has withdrawn it.
    """
    if record.status == Status.WITHDRAWN:
        raise DeskError(f"{record.reference} a été retiré par la personne : il n’en reste rien")


def require_follow_up(record: SealedSubmission) -> None:
    """Raises:
    DeskError: nobody could read an answer.
    """
    require_open(record)
    if not record.follow_recipient:
        raise DeskError(f"{record.reference} n’a pas de code : personne ne lirait la réponse")


def reply(
    store: SubmissionStore,
    record: SealedSubmission,
    text: str,
    colleagues: Readers,
    now: datetime,
    random_bytes: Callable[[int], bytes],
) -> None:
    """Seal an answer to the holder of the code and to all agents.

    Raises:
        DeskError: the record is not there any more.
    """
    form = FORMS[record.kind]
    message = Message(Author.AGENT, rounded_down(now, form.rounding), text)
    nonce = random_bytes(derive.NONCE_BYTES)
    if not store.add_message(follow.sealed_message(record, message, nonce, colleagues), now):
        raise DeskError(f"{record.reference} n’est plus là")
    store.set_status(record.key, Status.ANSWERED)
    if form.renews:
        kept = record.expires_at - record.received_at  # the retention it was received under
        until = follow.renewed_until(record, min(kept, form.retention), form.rounding, now)
        store.set_expiry(record.key, until)
