"""Table of the embedded store, and its rows as records."""

from __future__ import annotations

from datetime import UTC, datetime

from chalicelib.intake.ports import SealedSubmission, Status

# The primary key is random and there is no rowid: the order of rows tells no time.
SCHEMA = """
create table if not exists submission (
    key              text primary key,
    reference        text not null unique,
    kind             text not null,
    received_at      integer not null, -- UTC, seconds since 1970
    expires_at       integer not null,
    ciphertext       blob not null,
    follow_lookup    text unique,      -- null without follow-up
    follow_recipient text not null,
    status           text not null
) without rowid
"""
_COLUMNS = (
    "key, reference, kind, received_at, expires_at, ciphertext,"
    " follow_lookup, follow_recipient, status"
)
INSERT_ONCE = (
    f"insert into submission ({_COLUMNS})"  # noqa: S608 - only our constants
    " values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (key) do nothing"
)
SELECT = f"select {_COLUMNS} from submission"  # noqa: S608 - only our constants


def seconds(moment: datetime) -> int:
    """A moment as stored."""
    return int(moment.timestamp())


def to_row(submission: SealedSubmission) -> tuple[object, ...]:
    """A record in the order of the columns."""
    return (
        submission.key,
        submission.reference,
        submission.kind,
        seconds(submission.received_at),
        seconds(submission.expires_at),
        submission.ciphertext,
        submission.follow_lookup or None,
        submission.follow_recipient,
        submission.status,
    )


def from_row(row: tuple[str, str, str, int, int, bytes, str | None, str, str]) -> SealedSubmission:
    """The record of a row."""
    return SealedSubmission(
        key=row[0],
        reference=row[1],
        kind=row[2],
        received_at=datetime.fromtimestamp(row[3], UTC),
        expires_at=datetime.fromtimestamp(row[4], UTC),
        ciphertext=row[5],
        follow_lookup=row[6] or "",
        follow_recipient=row[7],
        status=Status(row[8]),
    )
