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
from reperes_desk.words import form_of


def require_follow_up(record: SealedSubmission) -> None:
    """Raises:
    DeskError: nobody could read an answer.
    """
    if not record.follow_recipient:
        raise DeskError(f"{record.reference} n’a pas de code : personne ne lirait la réponse")


def reply(
    store: SubmissionStore,
    record: SealedSubmission,
    text: str,
    colleagues: Readers,
    now: datetime,
    random_bytes: Callable[[int], bytes],
    order: int = 0,
) -> None:
    """Seal an answer to the holder of the code and to the agents of the record.

    Args:
        order: How many messages the record has already.

    Raises:
        DeskError: nobody could read it, or the record is not there any more.
    """
    require_follow_up(record)
    form = form_of(record.kind)
    message = Message(Author.AGENT, rounded_down(now, form.rounding), text, order)
    nonce = random_bytes(derive.NONCE_BYTES)
    if not store.add_message(follow.sealed_message(record, message, nonce, colleagues), now):
        raise DeskError(f"{record.reference} n’est plus là")
    store.set_status(record.key, Status.ANSWERED)
    if form.renews:
        kept = record.expires_at - record.received_at  # the retention it was received under
        until = follow.renewed_until(record, min(kept, form.retention), form.rounding, now)
        store.set_expiry(record.key, until)
