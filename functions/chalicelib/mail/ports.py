"""What sending an e-mail looks like to the rest of the program."""

from __future__ import annotations

from typing import Protocol


class MailError(Exception):
    """The e-mail was not accepted; the sentence never holds an address or a text."""


class Mailer(Protocol):
    """Sends one e-mail to one person."""

    def send(self, to: str, subject: str, text: str) -> None:
        """Hand `text` over to the mail server.

        Raises:
            MailError: nothing was accepted; trying again later is safe.
        """
        ...
