"""The algorithm of a submission: check, then confirm, once.

    check    answers ─▶ token (and code); nothing is stored
    confirm  token + answers ─▶ sealed record, stored once under SHA-256(nonce)

The same check page sent any number of times gives one record and the same
acknowledgement. The nonce is made anew each time the person goes back and edits,
otherwise the corrected text would silently be dropped.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.errors import (
    ClosedError,
    ContentChangedError,
    TokenExpiredError,
    TokenUnreadableError,
)
from chalicelib.intake import derive, seal, token
from chalicelib.intake.keys import SigningKey, SigningKeys
from chalicelib.intake.ports import SealedSubmission, Status, SubmissionStore
from chalicelib.routing.routing import Routing


@dataclass(frozen=True)
class Intake:
    """What a submission needs from the outside."""

    store: SubmissionStore
    keys: Callable[[datetime], SigningKeys]
    routing: Routing
    now: datetime
    random_bytes: Callable[[int], bytes]


@dataclass(frozen=True)
class Declaration:
    """Valid answers to one form, in their canonical form.

    Attributes:
        form: Name of the form, `signalement`.
        prefix: Of the reference, `SIG`.
        answers: Canonical JSON: the same answers are the same bytes.
        wants_code: Whether the person wants to come back.
        retention: How long the record can be read.
        rounding: The time of reception is rounded down to this.
    """

    form: str
    prefix: str
    answers: bytes
    wants_code: bool
    retention: timedelta
    rounding: timedelta


@dataclass(frozen=True)
class Checked:
    """What the check page carries; `code` is empty without follow-up."""

    token: str
    code: str


@dataclass(frozen=True)
class Confirmed:
    """What the acknowledgement shows; `code` is empty without follow-up or too late."""

    submission: SealedSubmission
    code: str
    is_late: bool = False


def check(intake: Intake, declaration: Declaration) -> Checked:
    """A token and, for a follow-up, the code to note before sending.

    Raises:
        ClosedError: nobody could read what would be sent.
    """
    _require_readers(intake)
    nonce = intake.random_bytes(derive.NONCE_BYTES)
    key = intake.keys(intake.now).current
    issued = token.issue(key, declaration.form, nonce, intake.now, declaration.answers)
    return Checked(str(issued), _code(declaration, key, nonce))


def confirm(intake: Intake, declaration: Declaration, token_text: str) -> Confirmed:
    """Seal and store once; return what is stored.

    Raises:
        TokenUnreadableError, TokenExpiredError, ContentChangedError: show the check
            page again; nothing was stored by this call.
        ClosedError, StoreUnavailableError: nothing was stored.
    """
    _require_readers(intake)
    read = token.read(token_text)
    key = intake.keys(intake.now).find(read.key_id, intake.now)
    if key is None or not read.is_signed_by(key, declaration.form):
        return _late(intake, declaration, read, TokenUnreadableError)
    if not read.is_alive(intake.now):
        return _late(intake, declaration, read, TokenExpiredError)
    if read.digest != token.digest_of(declaration.answers):
        first = intake.store.find(derive.record_key(read.nonce), intake.now)
        raise ContentChangedError(first.reference if first else "")
    code = _code(declaration, key, read.nonce)
    return Confirmed(intake.store.add(_sealed(intake, declaration, read.nonce, code)), code)


def recorded(intake: Intake, declaration: Declaration, token_text: str) -> SealedSubmission:
    """The record that `confirm` made of these answers; nothing is stored.

    Raises:
        TokenError: there is none, or not of these answers.
    """
    read = token.read(token_text)
    key = intake.keys(intake.now).find(read.key_id, intake.now)
    found = intake.store.find(derive.record_key(read.nonce), intake.now)
    reference = found.reference if found else ""
    if key is None or not read.is_signed_by(key, declaration.form):
        raise TokenUnreadableError
    if read.digest != token.digest_of(declaration.answers):
        raise ContentChangedError(reference)
    if found is None or found.status == Status.WITHDRAWN:
        raise TokenExpiredError(reference)
    return found


def _require_readers(intake: Intake) -> None:
    if not intake.routing.default:
        raise ClosedError


def _code(declaration: Declaration, key: SigningKey, nonce: bytes) -> str:
    return derive.code_of(key.secret, nonce) if declaration.wants_code else ""


def _late(
    intake: Intake,
    declaration: Declaration,
    read: token.Token,
    error: type[TokenUnreadableError | TokenExpiredError],
) -> Confirmed:
    """Already stored → the reference only; else the check page again, nothing lost."""
    first = intake.store.find(derive.record_key(read.nonce), intake.now)
    if first is None or first.kind != declaration.form:
        raise error
    return Confirmed(first, "", is_late=True)


def _sealed(intake: Intake, declaration: Declaration, nonce: bytes, code: str) -> SealedSubmission:
    reference = derive.reference_of(nonce, declaration.prefix)
    received_at = rounded_down(intake.now, declaration.rounding)
    follow_recipient = derive.follow_recipient(code) if code else ""
    answers = json.loads(declaration.answers)
    readers = intake.routing.readers(intake.routing.route_of(declaration.form, answers))
    payload = {
        "version": 1,
        "kind": declaration.form,
        "reference": reference,
        "received_at": received_at.isoformat(),
        **readers.sealed,
        # Under the seal too: whoever writes the store cannot have answers sealed to another.
        "follow_recipient": follow_recipient,
        "answers": answers,
    }
    return SealedSubmission(
        key=derive.record_key(nonce),
        reference=reference,
        kind=declaration.form,
        received_at=received_at,
        expires_at=received_at + declaration.retention,
        ciphertext=seal.seal(payload, readers.keys, readers.decoys),
        follow_lookup=derive.lookup_of(code) if code else "",
        follow_recipient=follow_recipient,
        follow_route=derive.route_mark(code, readers.route) if code else "",
    )


def rounded_down(moment: datetime, step: timedelta) -> datetime:
    """`moment` rounded down to a multiple of `step` since midnight."""
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + (moment - midnight) // step * step
