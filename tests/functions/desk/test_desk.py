"""The command `reperes-desk`, as agents and scripts use it."""

import json
import stat
from dataclasses import replace

import pytest
from age_files import PASSPHRASE
from desk_world import run
from intake_world import AGENT, SIGNALEMENT
from pyrage import x25519

from chalicelib.intake import seal
from chalicelib.intake.ports import Status
from reperes_desk import reading
from reperes_desk.errors import DeskError


def test_list_shows_what_waits_without_opening_anything(desk):
    code, out, _ = desk.run("list")

    assert code == 0
    assert desk.reference in out
    assert "reçu" in out
    assert "1 dossier" in out


def test_list_for_a_program(desk):
    _, out, _ = desk.run("list", "--json")

    (row,) = json.loads(out)
    assert row["reference"] == desk.reference
    assert row["kind"] == "signalement"
    assert row["status"] == "received"


def test_show_prints_what_was_written_in_the_words_of_the_form(desk):
    typed_by_hand = desk.reference.lower().replace("-", " ")

    code, out, _ = desk.run("show", typed_by_hand, *desk.key)

    assert code == 0
    assert SIGNALEMENT["facts"] in out
    assert "Un point de vente de drogue" in out
    assert "Que se passe-t-il\u00a0?" in out


def test_show_for_a_program_and_the_person_sees_that_it_was_read(desk):
    code, out, _ = desk.run("show", desk.reference, "--json", *desk.key)

    (record,) = desk.world.store.all(desk.world.now)
    assert code == 0
    assert json.loads(out)["answers"]["theme"] == "deal"
    assert record.status == Status.READ


def test_an_unknown_number_is_exit_code_1(desk):
    code, _, err = desk.run("show", "SIG-0000-0000-0000", *desk.key)

    assert code == 1
    assert "aucun dossier" in err


def test_a_wrong_passphrase_is_exit_code_2_and_opens_nothing(desk, tmp_path):
    (tmp_path / "passphrase").write_text("une autre phrase secrète\n")

    code, out, err = desk.run("show", desk.reference, *desk.key)

    assert (code, out) == (2, "")
    assert "n’ouvre pas" in err


def test_where_nothing_was_received_it_says_so(tmp_path):
    code, _, err = run(["--state", tmp_path / "ailleurs", "list"])

    assert code == 2
    assert "rien n’a encore été reçu" in err


def test_keygen_protects_the_identity_and_never_overwrites_one(agent, tmp_path):
    file, recipient = agent.file, agent.public
    (tmp_path / "p").write_text(f"{PASSPHRASE}\n")
    before = file.read_bytes()

    code, _, err = run(["keygen", "--output", file, "--passphrase-file", tmp_path / "p"])

    assert code == 2
    assert "existe déjà" in err
    assert file.read_bytes() == before
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert b"AGE-SECRET-KEY" not in before
    assert recipient.startswith("age1")


def test_keygen_refuses_a_short_passphrase(tmp_path):
    (tmp_path / "p").write_text("court\n")

    code, _, err = run(
        ["keygen", "--output", tmp_path / "a.age", "--passphrase-file", tmp_path / "p"]
    )

    assert code == 2
    assert "12 caractères" in err
    assert not (tmp_path / "a.age").exists()


def test_a_record_that_is_not_what_it_claims_is_not_shown(world):
    world.press(world.checked(), "confirmer")
    (record,) = world.store.all(world.now)

    with pytest.raises(DeskError, match="prévenez l’exploitant"):
        reading.opened(replace(record, kind="pre-plainte"), AGENT)

    assert next(world.store.all(world.now)).status == Status.RECEIVED


@pytest.fixture
def answer(tmp_path):
    file = tmp_path / "reponse.txt"
    file.write_text("Une patrouille est passée.\n", "utf-8")
    return ["--file", file]


def test_a_reply_is_read_with_the_code(desk, answer):
    code, _, _ = desk.run("reply", desk.reference, *answer, *desk.key)

    page = desk.world.post("/api/suivi", {"code": desk.code})
    assert code == 0
    assert "Une patrouille est passée." in page.text
    assert "Une réponse vous attend" in page.text


def test_a_record_is_closed_with_a_reason_that_the_person_reads(desk, answer):
    code, _, _ = desk.run("close", desk.reference, *answer, *desk.key)

    page = desk.world.post("/api/suivi", {"code": desk.code})
    assert code == 0
    assert "Une patrouille est passée." in page.text
    assert "Terminé" in page.text


def test_the_status_that_the_person_sees_is_changed(desk):
    code, out, _ = desk.run("status", desk.reference, "in_progress", *desk.key)

    assert (code, "en cours" in out) == (0, True)
    assert "En cours" in desk.world.post("/api/suivi", {"code": desk.code}).text


def test_an_empty_answer_is_refused(desk, tmp_path):
    (tmp_path / "vide").write_text(" \n")

    code, _, err = desk.run("reply", desk.reference, "--file", tmp_path / "vide", *desk.key)

    assert code == 2
    assert "rien à dire" in err


def test_nobody_would_read_an_answer_without_a_code(desk, answer):
    world = desk.world
    check = world.checked(fields={**SIGNALEMENT, "follow_up": "no"})
    reference = world.press(check, "confirmer").reference

    code, _, err = desk.run("reply", reference, *answer, *desk.key)

    assert code == 2
    assert "personne ne lirait la réponse" in err


def test_what_was_withdrawn_can_be_neither_answered_nor_shown(desk, answer):
    opened = desk.world.post("/api/suivi", {"code": desk.code})
    desk.world.press(opened, "effacer")

    for command in (["reply", desk.reference, *answer], ["status", desk.reference, "read"]):
        code, _, err = desk.run(*command, *desk.key)
        assert code == 2
        assert "retiré par la personne" in err


def test_a_purge_erases_what_has_expired(desk):
    (record,) = desk.world.store.all(desk.world.now)
    desk.world.store.set_expiry(record.key, desk.world.now)

    code, out, _ = desk.run("purge")

    assert (code, out) == (0, "1 dossier effacé.\n")


def test_an_export_is_readable_by_its_owner_only_and_runs_no_formula(desk, tmp_path):
    desk.world.press(
        desk.world.checked(fields={**SIGNALEMENT, "place": "=cmd|' /C calc'!A0"}), "confirmer"
    )

    code, out, _ = desk.run("export", "--format", "csv", "--output", tmp_path / "e.csv", *desk.key)

    text = (tmp_path / "e.csv").read_text("utf-8")
    assert code == 0
    assert "2 dossiers" in out
    assert SIGNALEMENT["facts"] in text
    assert ",=cmd" not in text
    assert stat.S_IMODE((tmp_path / "e.csv").stat().st_mode) == 0o600


def test_an_export_leaves_aside_what_this_identity_cannot_open(desk, tmp_path):
    (record,) = desk.world.store.all(desk.world.now)
    desk.world.press(desk.world.checked(), "confirmer")
    stranger = str(x25519.Identity.generate().to_public())
    with desk.world.store.database.writing() as connection:
        connection.execute(
            "update submission set ciphertext = ? where reference = ?",
            (seal.seal({"kind": record.kind}, [stranger]), record.reference),
        )

    code, out, err = desk.run("export", "--output", tmp_path / "e.json", *desk.key)

    assert code == 0
    assert out.startswith("1 dossier dans")
    assert err == f"laissé de côté : cette identité n’ouvre pas {record.reference}\n"
    assert record.reference not in (tmp_path / "e.json").read_text("utf-8")


@pytest.mark.promise("small-counts")
def test_small_counts_are_not_shown(desk):
    few = desk.run("stats", "--json")[1]
    for _ in range(4):
        desk.world.press(desk.world.checked(), "confirmer")
    enough = desk.run("stats", "--json")[1]

    assert json.loads(few) == []
    assert [row["count"] for row in json.loads(enough)] == [5]


def test_a_list_can_be_narrowed(desk):
    assert desk.reference in desk.run("list", "--status", "received")[1]
    assert desk.reference not in desk.run("list", "--status", "closed")[1]
    assert desk.reference not in desk.run("list", "--kind", "pre-plainte")[1]


def test_what_is_grave_comes_first_with_its_reasons(desk):
    grave = desk.world.checked(fields={**SIGNALEMENT, "theme": "violences"})
    first = desk.world.press(grave, "confirmer").reference

    code, out, _ = desk.run("list", "--priority", *desk.key)

    assert code == 0
    lines = out.splitlines()
    assert (lines[0].startswith(first), "violences" in lines[1]) == (True, True)
    assert lines[2].startswith(desk.reference)


def test_an_editor_that_does_not_open_is_said_in_french(desk, monkeypatch):
    monkeypatch.setenv("VISUAL", "")
    monkeypatch.setenv("EDITOR", "false")

    code, _, err = desk.run("reply", desk.reference, *desk.key)

    assert code == 2
    assert "donnez --file" in err


def test_an_answer_is_written_in_the_editor_of_the_agent(desk, tmp_path, monkeypatch):
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\necho 'Une patrouille est passée.' > \"$1\"\n", "utf-8")
    editor.chmod(0o700)
    monkeypatch.setenv("VISUAL", str(editor))

    assert desk.run("reply", desk.reference, *desk.key)[0] == 0
    assert "Une patrouille est passée." in desk.follow(desk.code, None).text


def test_at_its_date_a_record_is_gone_for_the_desk_too(desk, answer):
    record = desk.record(desk.reference)
    desk.world.store.set_expiry(record.key, desk.world.now)

    for command in (["show"], ["reply", *answer], ["trail"]):
        assert desk.run(command[0], desk.reference, *command[1:], *desk.key)[0] == 1
    assert desk.run("list")[1] == "0 dossier\n"
