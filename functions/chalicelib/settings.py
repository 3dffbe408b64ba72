"""What the environment says; read once, at the edges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from chalicelib.digest import DigestSettings, digest_settings
from chalicelib.mail.ports import Mailer

_PACKAGED_ASSETS = Path(__file__).parent / "assets"


class SettingsError(Exception):
    """A setting that cannot be read, in one French sentence."""


@dataclass(frozen=True)
class Settings:
    """Where things are, and the limits.

    Attributes:
        requests_per_minute: Posts of all kinds; 0 means no limit.
        submissions_per_minute: Records made by each form; 0 means no limit. What one
            machine can take: an operator lowers it to what agents could ever read.
        mailer: None where no mail server is named: then no address is proved.
        mails_per_day: E-mails that prove an address, to everybody.
        digest: Which agents are told each day what waits.
    """

    assets: Path
    state: Path
    autorefresh: bool = False
    requests_per_minute: int = 120_000
    submissions_per_minute: int = 30_000
    mailer: Mailer | None = None
    mails_per_day: int = 1_000
    digest: DigestSettings = field(default_factory=DigestSettings)

    @property
    def database(self) -> Path:
        """The sealed submissions."""
        return self.state / "submissions.sqlite"

    @property
    def signing_keys(self) -> Path:
        """K, 0600."""
        return self.state / "signing-keys.json"

    @property
    def demo_recipient(self) -> Path:
        """Public key of the demo identity."""
        return self.state / "demo-recipient.txt"


def load_settings(environ: Mapping[str, str]) -> Settings:
    """The settings of this process.

    Raises:
        SettingsError: a number is none.
        MailError: the mail server is named wrongly.
    """
    defaults = Settings(_PACKAGED_ASSETS, Path("var"))
    return Settings(
        assets=Path(environ.get("REPERES_ASSETS") or defaults.assets),
        state=Path(environ.get("REPERES_STATE") or defaults.state),
        autorefresh=environ.get("REPERES_AUTOREFRESH") == "1",
        requests_per_minute=_count(
            environ, "REPERES_REQUESTS_PER_MINUTE", defaults.requests_per_minute
        ),
        submissions_per_minute=_count(
            environ, "REPERES_SUBMISSIONS_PER_MINUTE", defaults.submissions_per_minute
        ),
        mailer=_mailer(environ),
        mails_per_day=_count(environ, "REPERES_MAILS_PER_DAY", defaults.mails_per_day),
        digest=digest_settings(environ),
    )


def _count(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(name) or str(default)
    if not (text.isascii() and text.isdecimal()):
        raise SettingsError(f"{name} doit être un nombre entier, pas « {text} »")
    return int(text)


def _mailer(environ: Mapping[str, str]) -> Mailer | None:
    if not environ.get("REPERES_SMTP_URL"):
        return None
    from chalicelib.mail.smtp import mailer_from  # a cold start without e-mails does not need it

    return mailer_from(environ)
