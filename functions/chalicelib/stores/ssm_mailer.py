"""E-mails on AWS: the mail server and its password are one encrypted parameter of SSM."""

from __future__ import annotations

from chalicelib.errors import StoreUnavailableError
from chalicelib.mail.ports import Mailer, MailError
from chalicelib.stores.aws_calls import AwsCalls
from chalicelib.stores.aws_refusals import NotThereError


class SsmMailer:
    """`Mailer` of the server that `parameter` names, read at the first e-mail of this copy."""

    def __init__(self, parameter: str, sender: str, calls: AwsCalls) -> None:
        self._parameter = parameter
        self._sender = sender
        self._calls = calls
        self._known: Mailer | None = None

    def send(self, to: str, subject: str, text: str) -> None:
        """See `Mailer.send`. After a refusal it is read anew: the password may have changed."""
        self._known = self._known or self._read()
        try:
            self._known.send(to, subject, text)
        except MailError:
            self._known = None
            raise

    def _read(self) -> Mailer:
        # Imported here: a page that sends nothing never loads it.
        from chalicelib.mail.smtp import FROM_NAME, URL_NAME, mailer_from

        try:
            answer = self._calls("get_parameter", Name=self._parameter, WithDecryption=True)
        except (StoreUnavailableError, NotThereError) as error:
            raise MailError(f"no mail server ({type(error).__name__})") from None
        url = answer["Parameter"]["Value"].strip()
        mailer = mailer_from({URL_NAME: url, FROM_NAME: self._sender})
        if mailer is None:
            raise MailError("the parameter of the mail server is empty")
        return mailer
