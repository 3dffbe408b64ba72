"""Both sides talk; the store can read neither; the person keeps or erases what is theirs."""

from dataclasses import replace

import pytest
from intake_world import AGENT, SIGNALEMENT

from chalicelib.intake import derive, follow
from chalicelib.intake.ports import Author, Status
from chalicelib.routing.routing import Readers
from reperes_desk import acting

COLLEAGUES = Readers((str(AGENT.to_public()),))
ANSWER = "Merci, une patrouille est passée. Avez-vous vu la plaque ?"


@pytest.fixture
def sent(world):
    return world.press(world.checked(), "confirmer")


@pytest.fixture
def opened(world, sent):
    return world.post("/api/suivi", {"code": sent.code})


def the_record(world):
    (record,) = world.store.all(world.now)
    return record


def reply(world, text=ANSWER):
    acting.reply(world.store, the_record(world), text, COLLEAGUES, world.now, world.random_bytes)


def said_to_agents(world):
    record = the_record(world)
    messages = follow.opened(world.store.messages(record.key, world.now), record.reference, AGENT)
    return [(message.author, message.text) for message in messages]


def test_the_person_reads_the_answer_with_the_code(world, sent):
    reply(world)

    page = world.post("/api/suivi", {"code": sent.code})

    assert ANSWER in page.text
    assert "Une réponse vous attend" in page.text
    assert "Réponse du 22 novembre 2026" in page.text


@pytest.mark.promise("answers-sealed")
def test_the_store_can_read_neither_side(world, opened):
    reply(world)
    world.press(opened, "ecrire", message="La plaque finit par ZZ.")

    data = b"".join(file.read_bytes() for file in world.state.iterdir())

    assert b"patrouille" not in data
    assert b"plaque" not in data


def test_agents_read_both_sides_in_order(world, opened):
    reply(world)
    world.later(hours=7)
    world.press(opened, "ecrire", message="La plaque finit par ZZ.")

    assert said_to_agents(world) == [
        (Author.AGENT, ANSWER),
        (Author.PERSON, "La plaque finit par ZZ."),
    ]


@pytest.mark.promise("not-shown-again")
def test_the_persons_own_words_are_not_shown_again(world, opened):
    page = world.press(opened, "ecrire", message="La plaque finit par ZZ.")

    assert "Votre message est enregistré" in page.text
    assert "ZZ" not in page.html
    assert "ZZ" not in world.press(opened, "ouvrir").html


def test_the_same_page_sent_twice_is_one_message(world, opened):
    world.press(opened, "ecrire", message="Une seule fois.")
    world.press(opened, "ecrire", message="Une seule fois.")

    assert said_to_agents(world) == [(Author.PERSON, "Une seule fois.")]


def test_the_next_page_sends_another_message(world, opened):
    second = world.press(opened, "ecrire", message="Premier.")
    world.press(second, "ecrire", message="Second.")

    assert sorted(text for _, text in said_to_agents(world)) == ["Premier.", "Second."]


def test_a_record_holds_two_hundred_messages_and_no_more(world, opened):
    for number in range(200):
        opened = world.press(opened, "ecrire", message=f"Message {number}.")

    refused = world.press(opened, "ecrire", message="Le message de trop.")

    assert refused.status == 422
    assert "tous les messages" in refused.errors["message"]
    assert refused.fields["message"] == ["Le message de trop."]
    assert len(said_to_agents(world)) == 200


@pytest.mark.parametrize(("typed", "why"), [(" ", "Écrivez"), ("a" * 5_001, "trop long")])
def test_a_wrong_message_is_kept_and_explained(world, opened, typed, why):
    page = world.press(opened, "ecrire", message=typed)

    assert page.status == 422
    assert why in page.errors["message"]
    assert page.fields["message"] == [typed]
    assert page.title.startswith("Erreur")
    assert said_to_agents(world) == []


@pytest.mark.parametrize("nonce", ["", "court", "é", "A" * 200])
def test_a_forged_page_sends_nothing(world, opened, nonce):
    assert world.press(opened, "ecrire", message="Bonjour", nonce=nonce).status == 400
    assert said_to_agents(world) == []


def test_a_message_starts_the_retention_of_a_signalement_again(world, opened):
    before = the_record(world).expires_at
    world.later(days=80)

    world.press(opened, "ecrire", message="Cela continue.")

    assert (the_record(world).expires_at - before).days == 80


@pytest.mark.promise("longer-when-asked")
def test_a_message_does_not_lengthen_a_pre_plainte(world):
    sent = world.press(world.checked("pre-plainte"), "confirmer")
    before = the_record(world).expires_at
    world.later(days=30)
    page = world.post("/api/suivi", {"code": sent.code})

    world.press(page, "ecrire", message="J’ai retrouvé la facture.")

    assert the_record(world).expires_at == before


@pytest.mark.promise("longer-when-asked")
def test_it_can_be_kept_thirty_days_more(world, sent):
    world.later(days=80)
    page = world.post("/api/suivi", {"code": sent.code})
    before = the_record(world).expires_at

    kept = world.press(page, "garder")

    assert (the_record(world).expires_at - before).days == 30
    assert "22 mars 2027" in kept.text


def test_keeping_twice_from_the_same_page_keeps_once(world, sent):
    world.later(days=50)
    page = world.post("/api/suivi", {"code": sent.code})

    world.press(page, "garder")
    once = the_record(world).expires_at
    world.press(page, "garder")

    assert the_record(world).expires_at == once


@pytest.mark.parametrize("until", ["", "9999-01-01T00:00:00+00:00", "bientôt"])
def test_a_forged_date_keeps_nothing_longer(world, sent, until):
    world.later(days=80)
    page = world.post("/api/suivi", {"code": sent.code})
    before = the_record(world).expires_at

    world.press(page, "garder", until=until)

    assert the_record(world).expires_at == before


def test_never_further_than_the_retention_from_today(world, opened):
    assert "until" not in opened.fields  # ninety days are already given


def test_erasing_asks_once_more(world, opened):
    sure = world.press(opened, "retirer")

    assert "Tout effacer" in sure.text
    assert world.opened() != []


@pytest.mark.promise("erased-on-demand")
def test_what_is_erased_is_gone_for_everybody(world, sent, opened):
    reply(world)
    world.press(opened, "ecrire", message="La plaque finit par ZZ.")
    record = the_record(world)
    messages = world.store.messages(record.key, world.now)
    erased = world.press(world.press(opened, "retirer"), "effacer")

    assert erased.reference == sent.reference
    assert "effacé" in erased.text
    assert world.post("/api/suivi", {"code": sent.code}).status == 422
    assert world.store.messages(record.key, world.now) == []
    left = the_record(world)
    assert left == replace(
        record,
        ciphertext=b"",
        follow_lookup="",
        follow_recipient="",
        follow_route="",
        status=Status.WITHDRAWN,
        expires_at=left.expires_at,
    )
    data = b"".join(file.read_bytes() for file in world.state.iterdir())
    for sealed in (record.ciphertext, *(message.ciphertext for message in messages)):
        assert sealed[200:260] not in data
    assert record.follow_lookup.encode() not in data


def test_its_check_page_does_not_bring_it_back(world):
    check = world.checked()
    sent = world.press(check, "confirmer")
    opened = world.post("/api/suivi", {"code": sent.code})
    world.press(world.press(opened, "retirer"), "effacer")

    page = world.press(check, "confirmer")

    assert "a été retiré" in page.text
    assert world.post("/api/suivi", {"code": sent.code}).status == 422


@pytest.mark.promise("erased-on-demand")
def test_two_days_later_nothing_at_all_is_left(world, opened):
    world.press(world.press(opened, "retirer"), "effacer")
    world.later(days=2)

    assert list(world.store.all(world.now)) == []
    assert world.store.purge(world.now) == 1


def test_an_unknown_button_is_refused(world, opened):
    assert world.press(opened, "detruire").status == 400


def test_where_nobody_reads_nothing_can_be_added(world, opened, assets):
    from intake_world import make_assets

    make_assets(assets, recipients=[])

    assert world.press(opened, "ecrire", message="Bonjour").status == 503
    assert world.press(opened, "ouvrir").status == 200


def test_a_message_of_another_record_is_not_shown(world, sent):
    other = world.press(world.checked(fields={**SIGNALEMENT, "theme": "autre"}), "confirmer")
    mine = world.store.find_by_lookup(derive.lookup_of(sent.code.replace("-", "")), world.now)
    theirs = world.store.find_by_lookup(derive.lookup_of(other.code.replace("-", "")), world.now)
    message = follow.Message(Author.AGENT, world.now, "pour l’autre")
    moved = follow.sealed_message(
        replace(theirs, follow_recipient=mine.follow_recipient), message, b"n" * 32, COLLEAGUES
    )
    world.store.add_message(replace(moved, submission_key=mine.key), world.now)

    assert "pour l’autre" not in world.post("/api/suivi", {"code": sent.code}).text


def test_answers_of_the_same_six_hours_are_read_in_the_order_they_were_given(world, sent):
    said = [f"Réponse {letter}." for letter in "ABCDEFGH"]
    for order, text in enumerate(said):
        message = follow.Message(Author.AGENT, world.now, text, order)
        sealed = follow.sealed_message(the_record(world), message, bytes([order]) * 32, COLLEAGUES)
        world.store.add_message(sealed, world.now)

    page = world.post("/api/suivi", {"code": sent.code}).text
    assert sorted(said, key=page.index) == said
