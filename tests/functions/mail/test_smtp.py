"""E-mails go to one person, over a verified connection, and failures tell nothing."""

import socket
import ssl
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from mail_world import Inbox, mail_server

from chalicelib.mail.ports import MailError
from chalicelib.mail.smtp import SmtpMailer, mailer_from

SENDER = "ne-pas-repondre@exemple.fr"
PERSON = "camille@exemple.fr"


@pytest.fixture
def served():
    """Starts mail servers, and stops them."""
    with ExitStack() as running:
        yield lambda inbox, **options: running.enter_context(mail_server(inbox, **options))


@pytest.fixture
def closed_port():
    """A port of the loopback that is taken, and where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


@pytest.fixture
def certificate(tmp_path):
    """A certificate for 127.0.0.1 that no authority signed, as a file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made_at = datetime.now(UTC)
    names = x509.SubjectAlternativeName([x509.DNSName("localhost")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(made_at - timedelta(days=1))
        .not_valid_after(made_at + timedelta(days=1))
        .add_extension(names, critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "server.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return file


def server_tls(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def trusting(certificate):
    return ssl.create_default_context(cafile=str(certificate))


def test_one_person_receives_what_was_written(served):
    inbox = Inbox()
    mailer = SmtpMailer("127.0.0.1", served(inbox), "smtp", SENDER)
    mailer.send(PERSON, "Votre code : l’été", "Bonjour,\n\nVoici « 123 456 ».\n")
    [(recipients, message, _)] = inbox.received
    assert recipients == [PERSON]
    assert message["To"] == PERSON
    assert message["From"] == SENDER
    assert message["Subject"] == "Votre code : l’été"
    assert message.get_content().splitlines() == ["Bonjour,", "", "Voici « 123 456 »."]
    assert message["Auto-Submitted"] == "auto-generated"


def test_the_name_of_the_machine_is_not_told(served):
    inbox = Inbox()
    SmtpMailer("127.0.0.1", served(inbox), "smtp", SENDER).send(PERSON, "Sujet", "Texte")
    [(_, message, said)] = inbox.received
    assert said == "exemple.fr"
    assert message["Message-ID"].endswith("@exemple.fr>")


@pytest.mark.parametrize(
    "to",
    [
        "",
        "camille",
        "a@b.fr,c@d.fr",
        "a@b.fr\r\nBcc: tous@exemple.fr",
        "a@b.fr\n",
        "<a@b.fr>",
        '"a b"@c.fr',
        "(c)a@b.fr",
        "x:a@b.fr;",
        "é@b.fr",
        "a@localhost",
        "a@[127.0.0.1]",
        f"{'a' * 65}@b.fr",
        f"a@{'b' * 63}.{'c' * 63}.{'d' * 63}.{'e' * 63}.fr",
    ],
)
def test_what_is_not_one_plain_address_is_refused(to, served):
    inbox = Inbox()
    mailer = SmtpMailer("127.0.0.1", served(inbox), "smtp", SENDER)
    with pytest.raises(MailError):
        mailer.send(to, "Sujet", "Texte")
    assert inbox.received == []


def test_a_domain_with_accents_is_written_as_servers_know_it(served):
    inbox = Inbox()
    SmtpMailer("127.0.0.1", served(inbox), "smtp", SENDER).send("a@café.fr", "Sujet", "Texte")
    assert inbox.received[0][0] == ["a@xn--caf-dma.fr"]


@pytest.mark.parametrize("subject", ["Sujet\r\nBcc: tous@exemple.fr", "Sujet\nX: y", "a\rb"])
def test_a_subject_cannot_start_another_header(subject, served):
    inbox = Inbox()
    mailer = SmtpMailer("127.0.0.1", served(inbox), "smtp", SENDER)
    with pytest.raises(MailError):
        mailer.send(PERSON, subject, "Texte")
    assert inbox.received == []


def test_a_text_cannot_end_the_message(served):
    inbox = Inbox()
    mailer = SmtpMailer("127.0.0.1", served(inbox), "smtp", SENDER)
    mailer.send(PERSON, "Sujet", "avant\n.\nMAIL FROM:<x@y.fr>\naprès")
    [(_, message, _)] = inbox.received
    assert message.get_content().splitlines() == ["avant", ".", "MAIL FROM:<x@y.fr>", "après"]


def test_a_refusal_does_not_repeat_the_address(served):
    port = served(Inbox(refusal=f"550 no mailbox {PERSON}"))
    with pytest.raises(MailError) as failure:
        SmtpMailer("127.0.0.1", port, "smtp", SENDER).send(PERSON, "Sujet", "Texte")
    assert PERSON not in str(failure.value)
    assert failure.value.__cause__ is None
    assert failure.value.__suppress_context__


def test_no_server_is_an_error_and_nothing_else(closed_port):
    with pytest.raises(MailError):
        SmtpMailer("127.0.0.1", closed_port, "smtp", SENDER).send(PERSON, "Sujet", "Texte")


def test_a_server_without_starttls_gets_nothing(served):
    inbox = Inbox()
    with pytest.raises(MailError):
        SmtpMailer("127.0.0.1", served(inbox), "smtp+starttls", SENDER, "u", "p").send(
            PERSON, "Sujet", "Texte"
        )
    assert inbox.received == []


def test_starttls_believes_only_who_can_be_verified(served, certificate):
    inbox = Inbox()
    port = served(inbox, tls_context=server_tls(certificate), require_starttls=True)
    with pytest.raises(MailError):
        SmtpMailer("localhost", port, "smtp+starttls", SENDER).send(PERSON, "Sujet", "Texte")
    assert inbox.received == []
    trusted = SmtpMailer("localhost", port, "smtp+starttls", SENDER, tls=trusting(certificate))
    trusted.send(PERSON, "Sujet", "Texte")
    assert len(inbox.received) == 1


# aiosmtpd knows STARTTLS only; here everything is in TLS from the first byte.
@pytest.mark.filterwarnings("ignore:Requiring AUTH:UserWarning")
def test_tls_with_a_password(served, certificate):
    inbox, seen = Inbox(), []

    def check(server, session, envelope, mechanism, auth_data):
        assert isinstance(auth_data, LoginPassword)
        seen.append((auth_data.login, auth_data.password))
        return AuthResult(success=auth_data.password == b"p@ss", handled=False)

    context = server_tls(certificate)
    asked = {"authenticator": check, "auth_required": True, "auth_require_tls": False}
    port, tls = served(inbox, ssl_context=context, **asked), trusting(certificate)
    SmtpMailer("localhost", port, "smtps", SENDER, "u", "p@ss", tls).send(PERSON, "S", "T")
    with pytest.raises(MailError):
        SmtpMailer("localhost", port, "smtps", SENDER, "u", "no", tls).send(PERSON, "S", "T")
    assert seen[0] == (b"u", b"p@ss")
    assert len(inbox.received) == 1


def test_settings_name_a_server():
    found = mailer_from(
        {
            "REPERES_SMTP_URL": "smtp+starttls://us%40er:p%2Fw@mail.exemple.fr",
            "REPERES_SMTP_FROM": SENDER,
        }
    )
    assert isinstance(found, SmtpMailer)
    assert (found.host, found.port, found.security) == ("mail.exemple.fr", 587, "smtp+starttls")
    assert (found.user, found.password) == ("us@er", "p/w")
    assert "p/w" not in repr(found)


def test_without_settings_nothing_is_sent():
    assert mailer_from({}) is None


@pytest.mark.parametrize(
    ("url", "sender"),
    [
        ("smtp://localhost", ""),
        ("smtp://localhost", "pas une adresse"),
        ("http://localhost", SENDER),
        ("smtp://", SENDER),
        ("smtp://localhost:port", SENDER),
        ("smtp://user:secret@localhost", SENDER),
    ],
)
def test_settings_that_cannot_work_are_refused_in_one_sentence(url, sender):
    with pytest.raises(MailError, match="REPERES_SMTP") as failure:
        mailer_from({"REPERES_SMTP_URL": url, "REPERES_SMTP_FROM": sender})
    assert "secret" not in str(failure.value)
