"""Table of the embedded store, and its rows as records."""

from __future__ import annotations

from datetime import UTC, datetime

from chalicelib.intake.ports import Author, SealedMessage, SealedSubmission, Status

# The primary keys are random and there is no rowid: the order of rows tells no time.
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
    status           text not null,
    follow_route     text not null default ''
) without rowid;
create table if not exists message (
    submission_key   text not null references submission (key) on delete cascade,
    key              text not null,
    author           text not null,
    sent_at          integer not null,
    ciphertext       blob not null,
    primary key (submission_key, key)
) without rowid;
create table if not exists attachment (
    submission_key   text not null references submission (key) on delete cascade,
    key              text not null,
    ciphertext       blob not null,
    primary key (submission_key, key)
) without rowid;
create table if not exists proof (
    submission_key   text primary key,
    mac              text not null,
    expires_at       integer not null
) without rowid;
create table if not exists tally (
    name             text primary key,
    expires_at       integer not null,
    number           integer not null
) without rowid;
"""
# What older files lack; tables are only added to.
ADDED = ("alter table submission add column follow_route text not null default ''",)
_COLUMNS = (
    "key, reference, kind, received_at, expires_at, ciphertext,"
    " follow_lookup, follow_recipient, status, follow_route"
)
INSERT_ONCE = (
    f"insert into submission ({_COLUMNS})"  # noqa: S608 - only our constants
    " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (key) do nothing"
)
SELECT = f"select {_COLUMNS} from submission"  # noqa: S608 - only our constants

INSERT_MESSAGE = (
    "insert into message (submission_key, key, author, sent_at, ciphertext)"
    " values (?, ?, ?, ?, ?) on conflict (submission_key, key) do nothing"
)
REPLACE_MESSAGE = (
    "update message set ciphertext = ? where submission_key = ? and key = ? and ciphertext = ?"
)
SELECT_MESSAGES = (
    "select message.submission_key, message.key, author, sent_at, message.ciphertext"
    " from message join submission on submission.key = submission_key"
    " where submission_key = ? and expires_at > ? order by sent_at, message.key"
)
WITHDRAW = (
    "update submission set ciphertext = x'', follow_lookup = null, follow_recipient = '',"
    " follow_route = '',"
    " status = 'withdrawn', expires_at = ? where key = ?"
)


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
        submission.follow_route,
    )


def from_row(
    row: tuple[str, str, str, int, int, bytes, str | None, str, str, str],
) -> SealedSubmission:
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
        follow_route=row[9],
    )


def to_message_row(message: SealedMessage) -> tuple[object, ...]:
    """A message in the order of the columns."""
    return (
        message.submission_key,
        message.key,
        message.author,
        seconds(message.sent_at),
        message.ciphertext,
    )


def from_message_row(row: tuple[str, str, str, int, bytes]) -> SealedMessage:
    """The message of a row."""
    sent_at = datetime.fromtimestamp(row[3], UTC)
    return SealedMessage(row[1], row[0], Author(row[2]), sent_at, row[4])
