"""A person who asked for it is told that something has changed, and nothing else."""

import pytest
from intake_world import PRE_PLAINTE
from mail_world import Inbox, mail_server

ANSWER = "Le rendez-vous est pris pour jeudi."


@pytest.fixture
def inbox():
    return Inbox()


@pytest.fixture
def mail(inbox, monkeypatch):
    with mail_server(inbox) as port:
        monkeypatch.setenv("REPERES_SMTP_URL", f"smtp://127.0.0.1:{port}")
        monkeypatch.setenv("REPERES_SMTP_FROM", "site@exemple.fr")
        yield inbox


@pytest.fixture
def sent(desk):
    return desk.received("pre-plainte")


@pytest.fixture
def answer(tmp_path):
    (tmp_path / "reponse.txt").write_text(f"{ANSWER}\n", "utf-8")
    return ["--file", tmp_path / "reponse.txt"]


def test_the_message_says_nothing_of_what_it_is_about(desk, sent, answer, mail):
    code, out, _ = desk.run("reply", sent.reference, *answer, *desk.key)

    ((to, message, _),) = mail.received
    said = f"{message['subject']} {message.get_content()}".lower()
    assert (code, to) == (0, ["camille@exemple.fr"])
    assert "La personne est prévenue" in out
    for word in (sent.reference, sent.code, "rendez-vous", "plainte", "police", "repères", "vol"):
        assert word.lower() not in said


@pytest.mark.parametrize("command", ["status", "close"])
def test_any_change_is_told(desk, sent, answer, mail, command):
    more = ["in_progress"] if command == "status" else answer

    assert desk.run(command, sent.reference, *more, *desk.key)[0] == 0
    assert len(mail.received) == 1


def test_nobody_is_told_without_having_asked(desk, answer, mail):
    fields = {name: value for name, value in PRE_PLAINTE.items() if name != "contact_email"}
    sent = desk.received("pre-plainte", fields)
    desk.run("reply", sent.reference, *answer, *desk.key)
    desk.run("reply", desk.reference, *answer, *desk.key)

    assert mail.received == []


@pytest.mark.parametrize("act", ["show", "assign"])
def test_what_the_person_does_not_see_is_not_told(desk, sent, mail, act):
    desk.run(act, sent.reference, *(["Nour"] if act == "assign" else []), *desk.key)

    assert mail.received == []


def test_a_mail_server_that_refuses_blocks_nothing_and_the_agent_knows(
    desk, sent, answer, mail, inbox
):
    inbox.refusal = "550 non"

    code, out, err = desk.run("reply", sent.reference, *answer, *desk.key)

    assert code == 0
    assert "Réponse enregistrée" in out
    assert "n’est pas parti" in err
    assert "camille" not in out + err
    assert ANSWER in desk.follow(sent.code, None).text


def test_without_a_mail_server_the_agent_knows_that_nobody_was_told(
    desk, sent, answer, monkeypatch
):
    monkeypatch.delenv("REPERES_SMTP_URL", raising=False)

    code, _, err = desk.run("reply", sent.reference, *answer, *desk.key)

    assert code == 0
    assert "voulait être prévenue" in err


def test_a_mail_server_named_wrongly_is_told_too(desk, sent, answer, monkeypatch):
    monkeypatch.setenv("REPERES_SMTP_URL", "https://exemple.fr")
    monkeypatch.setenv("REPERES_SMTP_FROM", "site@exemple.fr")

    code, _, err = desk.run("reply", sent.reference, *answer, *desk.key)

    assert code == 0
    assert "n’est pas parti" in err


def test_the_digest_is_shown_or_sent_and_opens_nothing(desk, mail):
    code, out, _ = desk.run("digest")
    assert code == 0
    assert "Dossiers : 1 à lire" in out
    assert "signalement : 1" in out

    assert desk.run("digest", "--to", "chef@exemple.fr", "--to", "nour@exemple.fr")[1] == (
        "2 messages envoyés.\n"
    )
    assert [to for to, _, _ in mail.received] == [["chef@exemple.fr"], ["nour@exemple.fr"]]


def test_a_digest_that_cannot_go_is_exit_code_2(desk, monkeypatch):
    monkeypatch.delenv("REPERES_SMTP_URL", raising=False)

    code, _, err = desk.run("digest", "--to", "chef@exemple.fr")

    assert code == 2
    assert "REPERES_SMTP_URL" in err
