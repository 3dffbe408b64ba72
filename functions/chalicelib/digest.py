"""The digest for agents: what is new, late or about to be lost. The server can make it.

It is made from what the store shows, since nothing here opens a record, and goes by plain
e-mail: counts, references and dates, never a word of what was written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from chalicelib.forms.french import paris_date
from chalicelib.intake import deadlines
from chalicelib.intake.ports import SealedSubmission, Status, SubmissionStore
from chalicelib.mail.ports import Mailer, MailError

TO_NAME, HOUR_NAME = "REPERES_DIGEST_TO", "REPERES_DIGEST_HOUR"
_PARIS = ZoneInfo("Europe/Paris")
_MAX_LINES = 20
_KEPT = timedelta(days=2)  # the mark that a day has had its digest


@dataclass(frozen=True)
class DigestSettings:
    """Whom to tell, and from which hour of the day (Paris)."""

    to: tuple[str, ...] = ()
    hour: int = 7

    def day_due(self, now: datetime) -> str:
        """The day (AAAA-MM-JJ) whose digest is due by now, empty when none is."""
        local = now.astimezone(_PARIS)
        return local.date().isoformat() if self.to and local.hour >= self.hour else ""


def digest_settings(environ: Mapping[str, str]) -> DigestSettings:
    """The settings of this process; nobody to tell where none is named."""
    to = [each.strip() for each in environ.get(TO_NAME, "").split(",")]
    hour = environ.get(HOUR_NAME, "")
    is_hour = hour.isdecimal() and int(hour) < 24
    return DigestSettings(tuple(filter(None, to)), int(hour) if is_hour else DigestSettings.hour)


@dataclass(frozen=True)
class Digest:
    """What waits. Empty lists make an e-mail that nobody needs: `is_empty`."""

    unread: tuple[SealedSubmission, ...]
    late: tuple[SealedSubmission, ...]
    lost_soon: tuple[SealedSubmission, ...]
    answer_within: timedelta

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.unread or self.late or self.lost_soon)

    @property
    def subject(self) -> str:
        """Counts only: subjects are shown on locked screens."""
        said = (
            f"{len(self.unread)} à lire" if self.unread else "",
            f"{len(self.late)} en retard" if self.late else "",
            f"{len(self.lost_soon)} bientôt effacés" if self.lost_soon else "",
        )
        return f"Dossiers : {', '.join(filter(None, said)) or 'rien à signaler'}"

    @property
    def text(self) -> str:
        """The whole message, in French."""
        kinds = Counter(record.kind for record in self.unread)
        days = self.answer_within.days
        parts = (
            _part("À lire", [f"{kind} : {count}" for kind, count in sorted(kinds.items())]),
            _part(f"Sans prise en charge depuis {days} jours", _lines(self.late)),
            _part("Bientôt effacés sans avoir été pris en charge", _lines(self.lost_soon)),
            "Pour les lire : reperes-desk list, puis show. Ce message ne contient rien de ce "
            "qui a été écrit.\n",
        )
        return "\n".join(part for part in parts if part)


def make_digest(
    records: Iterable[SealedSubmission], answer_within: timedelta, now: datetime
) -> Digest:
    """The digest of everything that a store shows at `now`."""
    there = list(records)
    return Digest(
        tuple(record for record in there if record.status == Status.RECEIVED),
        tuple(record for record in there if deadlines.is_late(record, answer_within, now)),
        tuple(record for record in there if deadlines.is_lost_soon(record, now)),
        answer_within,
    )


def send_digest(
    store: SubmissionStore,
    mailer: Mailer,
    to: Iterable[str],
    answer_within: timedelta,
    now: datetime,
) -> int:
    """Send the digest, if there is anything to tell; how many e-mails were accepted.

    Raises:
        MailError: nobody could be told.
        StoreUnavailableError: nobody was.
    """
    digest = make_digest(store.all(now), answer_within, now)
    if digest.is_empty:
        return 0
    sent, refused = 0, None
    for address in to:
        try:
            mailer.send(address, digest.subject, digest.text)
        except MailError as error:  # one wrong address must not hide the digest from the others
            refused = error
        else:
            sent += 1
    if refused and not sent:
        raise refused
    return sent


def send_daily(
    store: SubmissionStore,
    mailer: Mailer | None,
    settings: DigestSettings,
    answer_within: timedelta,
    now: datetime,
) -> int:
    """What housekeeping calls at each run: the digest once a day, to those who are named.

    The day is taken before anything is sent, so that two processes never both send. What a
    mail server refuses is not tried again before the next day, whose digest tells it all.

    Raises:
        MailError, StoreUnavailableError: nobody was told.
    """
    day = settings.day_due(now)
    if not day or mailer is None or not store.proofs.count(f"digest#{day}", now + _KEPT, 1):
        return 0
    return send_digest(store, mailer, settings.to, answer_within, now)


def _part(title: str, lines: list[str]) -> str:
    return "\n".join([f"{title} :", *(f"  {line}" for line in lines), ""]) if lines else ""


def _lines(records: tuple[SealedSubmission, ...]) -> list[str]:
    lines = [
        f"{record.reference}, reçu le {paris_date(record.received_at)}, "
        f"s’efface le {paris_date(record.expires_at)}"
        for record in records[:_MAX_LINES]
    ]
    return lines + ([f"et {len(records) - _MAX_LINES} autres"] if len(records) > _MAX_LINES else [])
