"""E-mails by SMTP, with what the operator put in the environment."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid
from typing import Literal, cast
from urllib.parse import unquote, urlsplit

from chalicelib.mail.ports import Mailer, MailError

URL_NAME, FROM_NAME = "REPERES_SMTP_URL", "REPERES_SMTP_FROM"
Security = Literal["smtp", "smtps", "smtp+starttls"]
_PORTS: dict[str, int] = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}
_TIMEOUT_S = 10.0  # less than a person waits, less than a function may run
# What browsers take (HTML standard, `input type=email`), with a full stop in the domain: no quotes,
# no comment, no list, nothing that ends a line.
_PLAIN = re.compile(
    r"[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
    r"@(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)+[a-zA-Z][a-zA-Z0-9-]{0,61}[a-zA-Z0-9]"
)
_MAX_ADDRESS = 254  # RFC 5321 §4.5.3.1.3, less the angle brackets


@dataclass(frozen=True)
class SmtpMailer:
    """One connection for each e-mail: there are few, and none is kept waiting by another.

    Attributes:
        sender: Address that answers go to, and that errors come back to.
        tls: Whom to believe; the authorities of the machine by default.
    """

    host: str
    port: int
    security: Security
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context, repr=False)

    def send(self, to: str, subject: str, text: str) -> None:
        """One e-mail in plain text.

        Raises:
            MailError: nothing was accepted.
        """
        message = _message(self.sender, to, subject, text)
        try:
            with self._connected() as client:
                if self.user:
                    client.login(self.user, self.password)
                client.send_message(message)
        except (smtplib.SMTPException, OSError) as error:
            # Its text may quote the address, and a traceback would hold it.
            raise MailError(f"the mail server refused ({type(error).__name__})") from None

    def _connected(self) -> smtplib.SMTP:
        # Said in EHLO: the default would be the name of this machine.
        own_name = self.sender.rpartition("@")[2]
        if self.security == "smtps":
            return smtplib.SMTP_SSL(
                self.host, self.port, own_name, timeout=_TIMEOUT_S, context=self.tls
            )
        client = smtplib.SMTP(self.host, self.port, own_name, timeout=_TIMEOUT_S)
        if self.security == "smtp+starttls":
            try:
                client.starttls(context=self.tls)
            except BaseException:
                client.close()
                raise
        return client


def mailer_from(environ: Mapping[str, str]) -> Mailer | None:
    """The mailer of this process; None where no mail server is named.

    Raises:
        MailError: what is written cannot be one; the sentence is for the operator.
    """
    url = environ.get(URL_NAME, "")
    if not url:
        return None
    sender = environ.get(FROM_NAME, "")
    try:
        _address(sender)
    except MailError:
        raise MailError(f"{FROM_NAME} doit être une adresse e-mail") from None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise MailError(f"{URL_NAME} ne peut pas être lu") from None
    if parts.scheme not in _PORTS or not parts.hostname:
        raise MailError(f"{URL_NAME} doit commencer par smtp://, smtps:// ou smtp+starttls://")
    if parts.username and parts.scheme == "smtp":
        raise MailError(f"{URL_NAME} : un mot de passe demande smtps:// ou smtp+starttls://")
    return SmtpMailer(
        parts.hostname,
        port or _PORTS[parts.scheme],
        cast(Security, parts.scheme),
        sender,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
    )


def _message(sender: str, to: str, subject: str, text: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = _address(sender), _address(to)
    try:
        message["Subject"] = subject
    except ValueError:  # a line break would start another header
        raise MailError("the subject is not one line") from None
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no « je suis absent » in return
    message.set_content(text, cte="quoted-printable")
    return message


def _address(text: str) -> Address:
    """One plain address; its domain may have accents (`café.fr`)."""
    local, _, domain = text.rpartition("@")
    try:
        domain = domain.encode("idna").decode()
    except UnicodeError:
        domain = ""
    if len(text) > _MAX_ADDRESS or not _PLAIN.fullmatch(f"{local}@{domain}"):
        raise MailError("this is not an address that can be written to")
    return Address(username=local, domain=domain)
