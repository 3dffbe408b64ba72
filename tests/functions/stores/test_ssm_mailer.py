"""E-mails on AWS: nothing but a parameter says which server, and nothing is said of it."""

from dataclasses import dataclass, field
from uuid import uuid4

import pytest
from aws_world import CREDENTIALS, HURRIED, client

from chalicelib.aws import AwsSettings, on_aws
from chalicelib.mail import smtp
from chalicelib.mail.ports import MailError
from chalicelib.stores.aws_calls import AwsCalls
from chalicelib.stores.ssm_mailer import SsmMailer

URL = "smtps://agent:secret@mail.example:465"


@dataclass
class Server:
    """What stands for `SmtpMailer`, which has its own tests with a real server."""

    url: str
    sender: str
    sent: list = field(default_factory=list)
    refuses: bool = False

    def send(self, to, subject, text):
        if self.refuses:
            raise MailError("refused")
        self.sent.append((to, subject, text))


@pytest.fixture
def servers(monkeypatch):
    made = []

    def mailer_from(environ):
        made.append(Server(environ[smtp.URL_NAME], environ[smtp.FROM_NAME]))
        return made[-1]

    monkeypatch.setattr(smtp, "mailer_from", mailer_from)
    return made


@pytest.fixture
def parameter(moto, monkeypatch):
    for name, value in CREDENTIALS.items():
        monkeypatch.setenv(name, value)
    name = f"/reperes/{uuid4().hex}/smtp-url"
    client("ssm", moto).put_parameter(Name=name, Value=f"{URL}\n", Type="SecureString")
    return name


def make_mailer(parameter, moto):
    return SsmMailer(parameter, "site@exemple.fr", AwsCalls("ssm", moto, HURRIED))


def test_the_parameter_is_read_once_at_the_first_mail(servers, parameter, moto):
    mailer = make_mailer(parameter, moto)
    assert servers == []

    mailer.send("a@exemple.fr", "Objet", "Texte")
    mailer.send("b@exemple.fr", "Objet", "Texte")

    (server,) = servers
    assert (server.url, server.sender) == (URL, "site@exemple.fr")
    assert [to for to, _, _ in server.sent] == ["a@exemple.fr", "b@exemple.fr"]


def test_after_a_refusal_it_is_read_anew(servers, parameter, moto):
    mailer = make_mailer(parameter, moto)
    mailer.send("a@exemple.fr", "Objet", "Texte")
    servers[0].refuses = True
    with pytest.raises(MailError):
        mailer.send("a@exemple.fr", "Objet", "Texte")

    mailer.send("a@exemple.fr", "Objet", "Texte")

    assert len(servers) == 2


def test_a_missing_parameter_is_a_mail_that_was_not_sent(moto, monkeypatch, parameter):
    with pytest.raises(MailError) as told:
        make_mailer(f"{parameter}-missing", moto).send("a@exemple.fr", "Objet", "Texte")

    assert "a@exemple.fr" not in str(told.value)


@pytest.mark.parametrize("value", [" ", "http://mail.example", "smtps://u:secret@[bad"])
def test_a_parameter_that_is_no_mail_server_is_said_without_its_password(moto, parameter, value):
    client("ssm", moto).put_parameter(
        Name=parameter, Value=value, Type="SecureString", Overwrite=True
    )

    with pytest.raises(MailError) as told:
        make_mailer(parameter, moto).send("a@exemple.fr", "Objet", "Texte")

    assert "secret" not in str(told.value)


def test_without_an_address_no_mail_is_offered(world):
    assert on_aws(world.services, AwsSettings(mail_parameter="/p")).mailer is None
    assert on_aws(world.services, AwsSettings(mail_from="a@exemple.fr")).mailer is None
    both = AwsSettings(mail_parameter="/p", mail_from="a@exemple.fr")
    assert isinstance(on_aws(world.services, both).mailer, SsmMailer)
