"""Agents are told each day what waits, and an e-mail never says what was written."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from intake_world import FORMS, SIGNALEMENT, START
from mail_world import Inbox, mail_server

from chalicelib import aws
from chalicelib.digest import DigestSettings, digest_settings, make_digest, send_digest
from chalicelib.intake.ports import SealedSubmission, Status
from chalicelib.mail.ports import MailError
from chalicelib.mail.smtp import SmtpMailer
from reperes_server import housekeeping

WITHIN = timedelta(days=7)
AGENTS = DigestSettings(to=("equipe@exemple.fr",), hour=7)


def made(name, days=0, status=Status.RECEIVED, left=60):
    return SealedSubmission(
        key=name,
        reference=f"SIG-{name}",
        kind="signalement",
        received_at=START - timedelta(days=days),
        expires_at=START + timedelta(days=left),
        ciphertext=b"x",
        status=status,
    )


def digest(*records):
    return make_digest(records, WITHIN, START)


def names(records):
    return [record.key for record in records]


@pytest.fixture
def inbox():
    return Inbox()


@pytest.fixture
def told(world, inbox):
    """The server of the world, which may send e-mails."""
    with mail_server(inbox) as port:
        mailer = SmtpMailer("127.0.0.1", port, "smtp", "site@exemple.fr")
        world.services = replace(world.services, mailer=mailer, digest=AGENTS)
        yield world


def test_unread_late_and_nearly_lost_are_told_apart():
    found = digest(
        made("neuf"),
        made("lu", status=Status.READ),
        made("lu-en-retard", days=7, status=Status.READ),
        made("en-cours", days=20, status=Status.IN_PROGRESS),
        made("repondu", days=20, status=Status.ANSWERED, left=1),
        made("perdu", days=55, left=7),
        made("retire", days=20, status=Status.WITHDRAWN, left=1),
    )

    assert names(found.unread) == ["neuf", "perdu"]
    assert names(found.late) == ["lu-en-retard", "perdu"]
    assert names(found.lost_soon) == ["perdu"]
    assert found.subject == "Dossiers : 2 à lire, 2 en retard, 1 bientôt effacés"


def test_a_record_is_late_at_its_day_and_not_a_second_before():
    within = timedelta(days=7)
    record = made("a", days=7)

    assert make_digest([record], within, START).late
    assert not make_digest([record], within, START - timedelta(seconds=1)).late


def test_nothing_to_tell_sends_nothing(told, inbox):
    assert digest(made("repondu", status=Status.ANSWERED)).is_empty
    housekeeping.tell_agents(told.services)

    assert inbox.received == []


def test_no_word_of_what_was_written_is_in_the_message(told, inbox):
    for form, fields in FORMS.items():
        told.press(told.checked(form, fields), "confirmer")
    told.later(days=8)

    housekeeping.tell_agents(told.services)

    ((_, message, _),) = inbox.received
    said = message.get_content() + str(message["subject"])
    assert "3 à lire, 3 en retard" in message["subject"]
    for fields in FORMS.values():
        written = [value for value in fields.values() if len(str(value)) > 5]
        assert [value for value in written if str(value) in said] == []


def test_a_long_list_is_cut():
    text = digest(*(made(f"{number:03}", days=8) for number in range(25))).text

    assert text.count("SIG-") == 20
    assert "et 5 autres" in text


def test_agents_are_told_once_a_day_from_the_hour_of_the_settings(told, inbox):
    told.press(told.checked(), "confirmer")
    told.now = datetime(2026, 11, 23, 5, 59, 59, tzinfo=UTC)  # 6:59:59 in Paris
    housekeeping.tell_agents(told.services)
    assert inbox.received == []

    for hours in (0, 1, 2, 17):  # the last one is 23:00 in Paris
        told.now = datetime(2026, 11, 23, 6 + hours - (hours == 17), tzinfo=UTC)
        housekeeping.tell_agents(told.services)
    assert len(inbox.received) == 1

    told.later(days=1)
    housekeeping.tell_agents(told.services)
    assert len(inbox.received) == 2


def test_the_scheduled_function_tells_them_too_and_purges_all_the_same(told, inbox):
    told.press(told.checked(), "confirmer")

    first = aws.keep_house(told.services, told.now)
    again = aws.keep_house(told.services, told.now)

    assert (first["agents_told"], again["agents_told"]) == (1, 0)
    told.later(days=91)
    broken = SmtpMailer("127.0.0.1", 1, "smtp", "site@exemple.fr")
    left = aws.keep_house(replace(told.services, mailer=broken), told.now)
    assert (left["erased"], left["agents_told"]) == (1, 0)


def test_a_mail_server_that_is_down_stops_nothing_and_says_nothing_of_anybody(told, caplog):
    told.press(told.checked(), "confirmer")
    down = SmtpMailer("127.0.0.1", 1, "smtp", "site@exemple.fr")

    housekeeping.tell_agents(replace(told.services, mailer=down))

    assert caplog.messages == ["MailError digest"]


def test_one_refused_address_does_not_hide_the_digest_from_the_others(told, inbox):
    told.press(told.checked(), "confirmer")
    to = ("pas une adresse", "chef@exemple.fr")

    sent = send_digest(told.store, told.services.mailer, to, WITHIN, told.now)

    assert sent == 1
    with pytest.raises(MailError):
        send_digest(told.store, told.services.mailer, to[:1], WITHIN, told.now)


def test_without_a_mail_server_or_anybody_to_tell_nothing_is_done(told, inbox):
    told.press(told.checked(fields=SIGNALEMENT), "confirmer")

    assert replace(told.services, mailer=None).tell_agents() == 0
    assert replace(told.services, digest=DigestSettings()).tell_agents() == 0
    assert inbox.received == []


@pytest.mark.parametrize(
    ("environ", "settings"),
    [
        ({}, DigestSettings()),
        ({"REPERES_DIGEST_TO": " a@b.fr, c@d.fr,"}, DigestSettings(("a@b.fr", "c@d.fr"))),
        (
            {"REPERES_DIGEST_TO": "a@b.fr", "REPERES_DIGEST_HOUR": "18"},
            DigestSettings(("a@b.fr",), 18),
        ),
        ({"REPERES_DIGEST_HOUR": "midi"}, DigestSettings(hour=7)),
        ({"REPERES_DIGEST_HOUR": "24"}, DigestSettings(hour=7)),
    ],
)
def test_the_environment_says_whom_to_tell(environ, settings):
    assert digest_settings(environ) == settings
