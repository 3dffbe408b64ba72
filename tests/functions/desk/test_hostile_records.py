"""Records forged by whoever writes the store: an agent's terminal and files obey none of them."""

import csv
import json
from dataclasses import replace

import pytest
from intake_world import AGENT
from pyrage import x25519

from chalicelib.intake import derive, follow, seal
from chalicelib.intake.ports import Author, SealedAttachment, SealedMessage
from chalicelib.stores.sqlite_attachments import SqliteAttachmentStore
from reperes_desk import printing

TRAP = "avant\x1b]0;titre\x07\x1b[2J\x9b31m\u202eeriv\u2066\u200b\U000e0041\x00\x7f\rapres"
FORBIDDEN = "\x1b\x07\x9b\u202e\u2066\u200b\U000e0041\x00\x7f\r"


def forge(desk, payload, **columns):
    """Put a record of our making in the place of the one that was received."""
    store = desk.world.store
    record = store.find_by_reference(desk.reference, desk.world.now)
    with store.database.writing() as connection:
        connection.execute("delete from submission")
    forged = replace(record, ciphertext=seal.seal(payload, [desk.public]), **columns)
    store.add(forged)
    return forged


@pytest.fixture
def forged(desk):
    """A desk whose state folder someone else can write."""
    desk.public = desk.agent.public
    desk.payload = {
        "version": 1,
        "kind": "signalement",
        "reference": desk.reference,
        "received_at": "2026-11-22T06:00:00+00:00",
        "answers": {"theme": "deal", "facts": TRAP, "inconnu\x1b[31m": TRAP},
    }
    return desk


def traps_in(text):
    return [char for char in FORBIDDEN if char in text]


def test_no_command_sends_an_escape_or_a_hidden_mark_to_the_terminal(forged):
    record = forge(forged, {**forged.payload, "received_at": TRAP}, kind="signalement")
    message = {
        "version": 1, "kind": "message", "reference": record.reference,
        "author": "person", "sent_at": "x", "text": TRAP,
    }  # fmt: skip
    sealed = seal.seal(message, [forged.public])
    said = SealedMessage("k", record.key, Author.PERSON, forged.world.now, sealed)
    forged.world.store.add_message(said, forged.world.now)

    for arguments in (["list"], ["show", forged.reference, *forged.key], ["stats"]):
        code, out, err = forged.run(*arguments)

        assert (code, traps_in(out + err)) == (0, []), arguments


def test_json_keeps_the_value_and_shows_no_trap(forged):
    forge(forged, forged.payload)

    code, out, _ = forged.run("show", forged.reference, "--json", *forged.key)

    assert (code, traps_in(out)) == (0, [])
    assert json.loads(out)["answers"]["facts"] == TRAP


def test_a_form_name_that_nobody_knows_is_shown_without_its_traps(forged):
    forge(forged, {**forged.payload, "kind": TRAP}, kind=TRAP)

    for arguments in (["list"], ["show", forged.reference, *forged.key]):
        code, out, _ = forged.run(*arguments)
        assert (code, traps_in(out)) == (0, [])


@pytest.mark.parametrize(
    "payload",
    [
        [],
        "texte",
        {},
        {"reference": 1, "kind": 2},
        {"answers": []},
        {"answers": {"facts": {"a": [1]}}},
        {"answers": {"when_start": "pas une date", "theme": ["x"], "urls": {"a": 1}}},
    ],
    ids=lambda payload: json.dumps(payload)[:20],
)
def test_a_record_of_another_shape_is_one_sentence_or_shown_as_it_is(forged, payload):
    whole = {**forged.payload, **payload} if isinstance(payload, dict) and payload else payload
    forge(forged, whole)

    code, out, err = forged.run("show", forged.reference, *forged.key)

    assert code in (0, 2)
    assert "Traceback" not in out + err
    assert (code == 0) or err.startswith("reperes-desk : ")


def test_a_forged_message_breaks_neither_the_desk_nor_the_page_of_the_person(world):
    page = world.press(world.checked(), "confirmer")
    (record,) = world.store.all(world.now)
    readers = [str(AGENT.to_public()), record.follow_recipient]
    for number, payload in enumerate(([], {}, {"reference": record.reference}, "x", 5)):
        sealed = seal.seal(payload, readers)
        message = SealedMessage(str(number), record.key, Author.AGENT, world.now, sealed)
        world.store.add_message(message, world.now)

    assert world.post("/api/suivi", {"code": page.code}).status == 200
    sealed = world.store.messages(record.key, world.now)
    assert len(sealed) == 5
    assert list(follow.opened(sealed, record.reference, AGENT)) == []


@pytest.mark.parametrize("name", ["../../evil.sh", "a/b.jpg", "..\\evil.bat", TRAP, "", "x" * 400])
def test_a_file_is_written_in_its_folder_only(forged, tmp_path, name):
    record = forge(forged, forged.payload)
    payload = {
        "version": 1, "kind": "attachment", "reference": record.reference,
        "name": name, "media_type": "text/plain", "data": "eA==",
    }  # fmt: skip
    attachment = SealedAttachment("k", record.key, seal.seal(payload, [forged.public]))
    SqliteAttachmentStore(forged.world.store.database).add(attachment, forged.world.now, 5)
    folder = tmp_path / "out" / "here"

    code, out, _ = forged.run("files", forged.reference, "--output", folder, *forged.key)

    assert code == 0
    (written,) = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert written.parent == folder
    assert written.read_bytes() == b"x"
    assert traps_in(out + written.name) == []
    assert not any(char in written.name for char in '/\\:*?"<>|')


def test_an_export_holds_no_trap_and_runs_no_formula(forged, tmp_path):
    answers = {**forged.payload["answers"], "facts": "=cmd|' /C calc'!A1", "place": TRAP}
    forge(forged, {**forged.payload, "answers": answers})

    forged.run("export", "--format", "csv", "--output", tmp_path / "x.csv", *forged.key)

    with (tmp_path / "x.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["facts"].startswith("'=")
    assert "answers" not in row
    assert traps_in("".join([*row, *row.values()])) == []


def test_what_people_really_write_is_not_touched():
    text = "Émoji 👩‍👧 et عربي, « espaces fines\u202f», tabulé.\nDeuxième ligne"

    assert printing.shown(text) == text
    assert json.loads(printing.to_json({"a": text})) == {"a": text}


def test_an_answer_forged_without_the_code_is_not_opened():
    """Sealing tells who can read: only what the code's key opens is shown to the person."""
    stranger, code = x25519.Identity.generate(), "7K2M9QXD4TFB7K2M9QXD"
    sealed = seal.seal({"text": "x"}, [str(stranger.to_public())])
    message = SealedMessage("k", "r", Author.AGENT, None, sealed)

    assert list(follow.opened([message], "SIG-X", derive.follow_identity(code))) == []


def test_a_forged_status_is_told_to_the_person_as_unreadable(desk):
    with desk.world.store.database.writing() as connection:
        connection.execute("update submission set status = 'zut<script>'")

    page = desk.follow(desk.code, None)
    assert page.status == 200
    assert "État illisible" in page.text
    assert "zut" not in page.html
