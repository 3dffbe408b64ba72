"""Who did what: declared, sealed beside the record, erased with it."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from desk_world import Agent
from intake_world import SIGNALEMENT
from pyrage import DecryptError

from chalicelib.intake import derive, seal
from chalicelib.intake.ports import Author, SealedMessage
from reperes_desk import trail
from reperes_desk.trail import Entry


@pytest.fixture
def reply(tmp_path):
    (tmp_path / "reponse.txt").write_text("Une patrouille est passée.\n", "utf-8")
    return ["--file", tmp_path / "reponse.txt"]


def told(desk, *arguments):
    code, out, _ = desk.run("trail", *arguments, "--json", *desk.key)
    assert code == 0
    return [(entry["agent"], entry["action"], entry["detail"]) for entry in json.loads(out)]


def test_each_act_is_told_in_order_with_the_name_that_was_declared(desk, reply, tmp_path):
    name = ["--agent", "Camille D."]
    desk.run(*name, "show", desk.reference, *desk.key)
    desk.run(*name, "assign", desk.reference, "Équipe nuit", *desk.key)
    desk.run(*name, "status", desk.reference, "in_progress", *desk.key)
    desk.run("reply", desk.reference, *reply, *desk.key)
    desk.run("export", "--output", tmp_path / "e.json", *desk.key)
    desk.run("close", desk.reference, *reply, *desk.key)

    short = f"clé …{desk.agent.public[-6:]}"
    assert told(desk, desk.reference) == [
        ("Camille D.", "show", ""),
        ("Camille D.", "assign", "Équipe nuit"),
        ("Camille D.", "status", "en cours"),
        (short, "reply", ""),
        (short, "export", ""),
        (short, "close", ""),
    ]


def test_it_is_read_as_sentences_which_say_that_they_prove_nothing(desk):
    desk.run("--agent", "Camille", "assign", desk.reference, "Nour", *desk.key)

    code, out, _ = desk.run("trail", desk.reference, *desk.key)

    assert code == 0
    assert f"{desk.reference}  Camille a confié le dossier à Nour" in out
    assert "ce journal ne prouve rien" in out


def test_reading_twice_in_the_same_hours_is_one_entry(desk):
    for _ in range(3):
        desk.run("show", desk.reference, *desk.key)

    assert [action for _, action, _ in told(desk, desk.reference)] == ["show"]


def test_times_are_rounded_as_those_of_the_record(desk):
    desk.run("show", desk.reference, *desk.key)

    record = desk.record(desk.reference)
    (entry,) = desk.world.store.messages(record.key, desk.world.now)
    assert (entry.sent_at.hour % 6, entry.sent_at.minute, entry.sent_at.second) == (0, 0, 0)


def test_the_store_and_the_person_can_read_none_of_it(desk):
    desk.run("--agent", "Camille", "assign", desk.reference, "Nour", *desk.key)

    held = b"".join(file.read_bytes() for file in desk.world.state.iterdir())
    page = desk.follow(desk.code, None)
    assert b"Camille" not in held
    assert b"Nour" not in held
    assert "Nour" not in page.html
    record = desk.record(desk.reference)
    (entry,) = desk.world.store.messages(record.key, desk.world.now)
    with pytest.raises(DecryptError):
        seal.unseal(entry.ciphertext, [derive.follow_identity(desk.code.replace("-", ""))])


def test_it_takes_no_room_from_what_the_person_may_write(desk):
    record = desk.record(desk.reference)
    for number in range(200):
        entry = SealedMessage(str(number), record.key, Author.DESK, desk.world.now, b"x")
        desk.world.store.add_message(entry, desk.world.now)

    page = desk.follow(desk.code, "ecrire", message="Cela recommence.")

    assert page.status == 200
    assert "Cela recommence." in desk.run("show", desk.reference, *desk.key)[1]


def test_it_goes_with_the_record(desk):
    desk.run("show", desk.reference, *desk.key)
    desk.world.press(desk.follow(desk.code, "retirer"), "effacer")

    assert desk.run("trail", desk.reference, *desk.key)[0] == 2
    assert told(desk) == []


def test_it_is_told_for_all_records_that_the_identity_opens(desk, tmp_path):
    desk.run("show", desk.reference, *desk.key)
    other = Agent(tmp_path, "other")
    desk.set(recipients=[other.public])
    hidden = desk.received().reference
    desk.run("show", hidden, *other.key)

    code, out, err = desk.run("trail", *desk.key)

    assert code == 0
    assert desk.reference in out
    assert hidden not in out
    assert f"cette identité n’ouvre pas {hidden}" in err


def test_a_forged_entry_is_not_shown_as_one_of_another_record(desk):
    record, other = desk.record(desk.reference), desk.record(desk.received().reference)
    readers = desk.world.services.routing().readers("")
    entry = Entry(other.reference, desk.world.now, "x", "show")
    moved = trail.sealed_entry(other, entry, b"n" * 32, readers)
    desk.world.store.add_message(replace(moved, submission_key=record.key), desk.world.now)
    for number, payload in enumerate(([], {"kind": "trail"}, {"kind": "trail", "order": "x"})):
        sealed = seal.seal(payload, readers.keys)
        message = SealedMessage(str(number), record.key, Author.DESK, desk.world.now, sealed)
        desk.world.store.add_message(message, desk.world.now)

    assert told(desk, desk.reference) == []


def test_a_name_with_traps_is_shown_without_them(desk):
    desk.run("--agent", "\x1b[31mCamille\u202e\n", "assign", desk.reference, "\x1b[2J", *desk.key)

    out = desk.run("trail", desk.reference, *desk.key)[1]
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_a_record_is_found_by_the_one_it_was_given_to_last(desk):
    other = desk.received(fields={**SIGNALEMENT, "theme": "autre"}).reference
    desk.run("assign", desk.reference, "Nour", *desk.key)
    desk.run("assign", desk.reference, "Camille", *desk.key)

    def listed(*arguments):
        code, out, err = desk.run("list", "--json", *arguments, *desk.key)
        assert code == 0, err
        return [row["reference"] for row in json.loads(out)]

    assert listed("--assignee", "Camille") == [desk.reference]
    assert listed("--assignee", "Nour") == []
    assert listed("--unassigned") == [other]
    assert "confié à Camille" in desk.run("show", desk.reference, *desk.key)[1]


def test_a_record_is_given_to_somebody(desk):
    code, _, err = desk.run("assign", desk.reference, " ", *desk.key)

    assert code == 2
    assert "à qui confier" in err


def test_a_reader_of_the_trail_lengthens_nothing(desk):
    before = desk.record(desk.reference).expires_at
    desk.run("show", desk.reference, *desk.key)
    desk.run("trail", *desk.key)

    assert desk.record(desk.reference).expires_at == before
    assert before - desk.world.now < timedelta(days=91)
