"""What waits for an agent, and until when: from what the store shows, nothing is opened."""

from __future__ import annotations

from datetime import datetime, timedelta

from chalicelib.intake.ports import SealedSubmission, Status

EXPIRES_SOON = timedelta(days=7)
_NOBODY_YET = (Status.RECEIVED, Status.READ, Status.UNKNOWN)
_DONE = (Status.CLOSED, Status.WITHDRAWN)


def answer_by(record: SealedSubmission, within: timedelta) -> datetime:
    """When somebody should have taken it in charge."""
    return record.received_at + within


def is_waiting(record: SealedSubmission) -> bool:
    """Whether nobody has taken it in charge yet."""
    return record.status in _NOBODY_YET


def is_late(record: SealedSubmission, within: timedelta, now: datetime) -> bool:
    """Whether nobody has done so in time."""
    return is_waiting(record) and now >= answer_by(record, within)


def is_open(record: SealedSubmission) -> bool:
    """Whether agents still have something to do with it."""
    return record.status not in _DONE


def is_lost_soon(record: SealedSubmission, now: datetime) -> bool:
    """Whether it will be erased within days, and nobody has taken it in charge."""
    return is_waiting(record) and record.expires_at - now <= EXPIRES_SOON
