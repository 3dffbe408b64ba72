"""What the routes need from the outside world, made once by app.py or by a test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from chalicelib.digest import DigestSettings, send_daily
from chalicelib.errors import ClosedError
from chalicelib.forms.answers import Answers, canonical
from chalicelib.forms.document import Document
from chalicelib.forms.spec import FormSpec
from chalicelib.http.assets import Assets
from chalicelib.intake.keys import SigningKeys
from chalicelib.intake.limits import Limit, Places
from chalicelib.intake.ports import AttachmentStore, SubmissionStore
from chalicelib.intake.submit import Declaration, Intake
from chalicelib.mail.ports import Mailer
from chalicelib.routing.routing import Routing

_MAILS_AT_ONCE = 2
Writer = Callable[[Document], bytes]


@dataclass(frozen=True)
class Services:
    """The outside world.

    Attributes:
        demo_recipient: Public key of the demo identity, empty where there is none.
        attachments: Where files go; None where they are not taken.
        write_pdf: Makes a PDF; None where nothing does (ADR 16).
        mailer: Sends e-mails; None where none is sent.
        mails: How many e-mails may be on their way: a slow mail server must not stop the rest.
        mails_per_day: Of this site, to everybody.
        digest: Which agents are told each day what waits.
        requests: Limit on all posts.
        submissions: Limit on what each form stores, by its name.
    """

    assets: Callable[[], Assets]
    store: Callable[[], SubmissionStore]
    keys: Callable[[datetime], SigningKeys]
    clock: Callable[[], datetime]
    random_bytes: Callable[[int], bytes]
    demo_recipient: Callable[[], str]
    requests: Limit
    submissions: Callable[[str], Limit]
    attachments: Callable[[], AttachmentStore | None] = lambda: None
    write_pdf: Writer | None = None
    mailer: Mailer | None = None
    mails: Places = field(default_factory=lambda: Places(_MAILS_AT_ONCE))
    mails_per_day: int = 0
    digest: DigestSettings = field(default_factory=DigestSettings)

    def routing(self) -> Routing:
        """Who can read what is sent; the demo key reads nothing but demonstrations."""
        return self.assets().settings.routing(self.demo_recipient())

    def intake(self) -> Intake:
        """What one submission needs.

        Raises:
            ClosedError: nobody could read it.
        """
        routing = self.routing()
        if not routing.default:
            raise ClosedError
        return Intake(self.store(), self.keys, routing, self.clock(), self.random_bytes)

    def declaration(self, spec: FormSpec, answers: Answers) -> Declaration:
        """Valid answers, as the intake takes them."""
        return Declaration(
            form=spec.name,
            prefix=spec.prefix,
            answers=canonical(answers),
            wants_code=spec.wants_code(answers),
            retention=self.retention(spec),
            rounding=spec.rounding,
        )

    def tell_agents(self) -> int:
        """Send the digest of the day, once; how many e-mails were accepted.

        Raises:
            MailError, StoreUnavailableError: nobody was told.
        """
        within = self.assets().settings.answer_within
        return send_daily(self.store(), self.mailer, self.digest, within, self.clock())

    def retention(self, spec: FormSpec) -> timedelta:
        """How long a record can be read: the operator may shorten it, never lengthen it."""
        asked = self.assets().settings.retention.get(spec.retention_setting)
        return min(spec.retention, timedelta(days=asked)) if asked else spec.retention
