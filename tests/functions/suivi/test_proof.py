"""The proof of an e-mail address: six digits there and back, and nothing else can pass."""

import json
import re

import pytest
from intake_world import AGENT
from mail_world import Inbox, mail_server

from chalicelib.intake import seal
from chalicelib.intake.ports import Author
from chalicelib.mail.smtp import SmtpMailer

ADDRESS = "camille@exemple.fr"
SUBJECT = re.compile(r"plainte|police|gendarm|rep[eè]res|victime|dossier|signal", re.I)


@pytest.fixture
def inbox():
    return Inbox()


@pytest.fixture
def window(world, inbox):
    """A site that sends e-mails."""
    with mail_server(inbox) as port:
        mailer = SmtpMailer("127.0.0.1", port, "smtp", "ne-pas-repondre@exemple.fr")
        yield world.second_window(mailer=mailer, mails_per_day=100)


@pytest.fixture
def sent(window):
    return window.press(window.checked("pre-plainte"), "confirmer")


def ask(window, sent, address=ADDRESS):
    return window.post("/api/suivi", {"code": sent.code, "email": address, "action": "prouver"})


def answer(window, sent, digits, address=ADDRESS):
    fields = {"code": sent.code, "email": address, "digits": digits, "action": "valider"}
    return window.post("/api/suivi", fields)


def digits_in(inbox):
    text = inbox.received[-1][1].get_content()
    return re.search(r"\d{3} \d{3}", text)[0]


def told(window):
    """What the site tells the agents."""
    (record,) = window.store.all(window.now)
    messages = window.store.messages(record.key, window.now)
    return [seal.unseal(m.ciphertext, [AGENT])["text"] for m in messages if m.author == Author.SITE]


def wrong(inbox, number=0):
    return f"{(int(digits_in(inbox).replace(' ', '')) + 1 + number) % 10**6:06}"


def test_the_digits_come_back_and_the_agents_know(window, sent, inbox):
    page = ask(window, sent)
    assert page.status == 200
    assert ADDRESS in page.text
    done = answer(window, sent, digits_in(inbox))
    assert done.status == 200
    assert "Votre adresse est vérifiée" in done.text
    assert told(window) == [f"Adresse électronique vérifiée\u00a0: {ADDRESS}"]


def test_the_acknowledgement_says_that_nothing_is_proved_and_offers_it(window, sent, inbox):
    assert f"Adresse non vérifiée : {ADDRESS}" in sent.text
    assert 'name="action" value="prouver"' in sent.html


def test_without_a_mail_server_it_is_only_said(world):
    sent = world.press(world.checked("pre-plainte"), "confirmer")
    assert f"Adresse non vérifiée : {ADDRESS}" in sent.text
    assert "prouver" not in sent.html
    record = world.post("/api/suivi", {"code": sent.code})
    assert 'value="adresse"' not in record.html
    assert world.press(record, "adresse").status == 400
    assert ask(world, sent).status == 422


def test_the_person_cannot_tell_the_agents_in_the_place_of_the_site(window, sent):
    page = window.post("/api/suivi", {"code": sent.code})
    said = {**page.fields, "message": f"Adresse électronique vérifiée : {ADDRESS}"}
    window.post("/api/suivi", {**said, "action": "ecrire"})
    assert told(window) == []


def test_the_message_says_nothing_of_what_it_is_about(window, sent, inbox):
    ask(window, sent)
    [(recipients, message, _)] = inbox.received
    assert recipients == [ADDRESS]
    assert not SUBJECT.search(f"{message['Subject']} {message.get_content()}")
    assert sent.reference not in message.get_content()


def test_digits_are_read_however_they_are_typed(window, sent, inbox):
    ask(window, sent)
    typed = digits_in(inbox).replace(" ", "")
    assert answer(window, sent, f" {typed[:2]} {typed[2:]} ").status == 200


def test_other_digits_prove_nothing(window, sent, inbox):
    ask(window, sent)
    page = answer(window, sent, wrong(inbox))
    assert page.status == 422
    assert "ne sont pas les bons" in page.errors["digits"]
    assert told(window) == []


def test_digits_sent_to_one_address_prove_no_other(window, sent, inbox):
    ask(window, sent)
    assert answer(window, sent, digits_in(inbox), "autre@exemple.fr").status == 422
    assert told(window) == []


def test_five_tries_in_all_then_even_the_right_digits_are_refused(window, sent, inbox):
    ask(window, sent)
    for number in range(5):
        assert answer(window, sent, wrong(inbox, number)).status == 422
    assert answer(window, sent, digits_in(inbox)).status == 422
    ask(window, sent)
    assert answer(window, sent, digits_in(inbox)).status == 422
    assert told(window) == []


def test_after_a_quarter_of_an_hour_they_are_too_old(world, window, sent, inbox):
    ask(window, sent)
    world.later(minutes=14)
    early = digits_in(inbox)
    world.later(minutes=1)
    assert answer(window, sent, early).status == 422


def test_sent_again_only_the_last_digits_count(window, sent, inbox):
    ask(window, sent)
    first = digits_in(inbox)
    ask(window, sent)
    assert digits_in(inbox) != first
    assert answer(window, sent, first).status == 422
    assert answer(window, sent, digits_in(inbox)).status == 200


def test_they_serve_once(window, sent, inbox):
    ask(window, sent)
    assert answer(window, sent, digits_in(inbox)).status == 200
    assert answer(window, sent, digits_in(inbox)).status == 422
    assert len(told(window)) == 1


def test_one_record_sends_five_messages_at_most(window, sent, inbox):
    pages = [ask(window, sent, f"personne{number}@exemple.fr") for number in range(7)]
    assert [page.status for page in pages] == [200] * 5 + [422] * 2
    assert "Trop de messages" in pages[-1].errors["email"]
    assert len(inbox.received) == 5


def test_one_address_receives_five_messages_a_day_whoever_asks(world, window, inbox):
    records = [window.press(window.checked("pre-plainte"), "confirmer") for _ in range(7)]
    assert [ask(window, each).status for each in records] == [200] * 5 + [422] * 2
    world.later(days=1)
    assert ask(window, records[-1]).status == 200
    assert len(inbox.received) == 6


def test_the_site_sends_so_many_messages_a_day(window, inbox):
    small = window.second_window(mails_per_day=2)
    records = [small.press(small.checked("pre-plainte"), "confirmer") for _ in range(3)]
    pages = [ask(small, each, f"p{i}@exemple.fr") for i, each in enumerate(records)]
    assert [page.status for page in pages] == [200, 200, 422]


def test_a_mail_server_that_refuses_loses_nothing(world):
    with mail_server(Inbox(refusal="451 later")) as port:
        mailer = SmtpMailer("127.0.0.1", port, "smtp", "a@exemple.fr")
        window = world.second_window(mailer=mailer, mails_per_day=100)
        sent = window.press(window.checked("pre-plainte"), "confirmer")
        page = ask(window, sent)
    assert sent.status == 200
    assert page.status == 422
    assert "n’a pas pu partir" in page.errors["email"]
    assert page.fields["email"] == [ADDRESS]
    assert len(list(window.store.all(window.now))) == 1


def test_a_slow_mail_server_holds_two_people_and_no_more(window, sent, inbox):
    with window.services.mails.taken(), window.services.mails.taken():
        page = ask(window, sent)
    assert page.status == 429
    assert int(page.headers["retry-after"]) > 0
    assert inbox.received == []
    assert ask(window, sent).status == 200


@pytest.mark.parametrize("form", ["signalement", "arnaque"])
def test_an_anonymous_record_never_sends_an_e_mail(window, inbox, form):
    sent = window.press(window.checked(form), "confirmer")
    assert ask(window, sent).status == 422
    assert inbox.received == []


def test_an_address_that_is_none_is_refused_before_anything(window, sent, inbox):
    for address in ("", "camille", "a@b.fr\r\nBcc: c@d.fr", "a@b.fr,c@d.fr"):
        assert ask(window, sent, address).status == 422
    assert inbox.received == []


def files_of(world):
    return b"".join(file.read_bytes() for file in world.state.rglob("*") if file.is_file())


@pytest.mark.promise("address-not-kept")
def test_neither_the_address_nor_the_digits_are_in_a_file_or_a_log(
    window, sent, inbox, capfd, caplog
):
    caplog.set_level(0)
    with_words = json.dumps(ADDRESS)[1:-1].encode()
    ask(window, sent)
    digits = digits_in(inbox).replace(" ", "")
    answer(window, sent, wrong(inbox))
    printed = "".join(capfd.readouterr()).encode()
    for place in (files_of(window), printed):
        assert with_words not in place
        assert digits.encode() not in place
    ours = [record for record in caplog.records if record.name.startswith("reperes")]
    assert ours == []


def test_what_is_kept_for_a_day_is_erased(world, window, sent, inbox):
    ask(window, sent)
    world.later(days=2)
    window.store.proofs.purge(world.now)
    with window.store.database.locked() as connection:
        left = connection.execute("select name from tally").fetchall()
        assert connection.execute("select count(*) from proof").fetchone() == (0,)
    (record,) = window.store.all(window.now)
    assert left == [(f"mails#{record.key}",)]  # five in all, as long as the record


def test_on_a_phone_that_forgot_the_page_the_digits_still_serve(window, sent, inbox):
    ask(window, sent)
    page = window.post("/api/suivi", {"code": sent.code})
    assert 'value="adresse"' in page.html
    assert answer(window, sent, digits_in(inbox)).status == 200
