"""Files added with the code: one a request, cleaned, sealed, counted, erased."""

import io

import pytest
from intake_world import AGENT
from PIL import Image

from reperes_desk import reading

TEXT = b"La plaque finit par ZZ."


@pytest.fixture
def opened(world):
    sent = world.press(world.checked(), "confirmer")
    return world.post("/api/suivi", {"code": sent.code})


def the_record(world):
    (record,) = world.store.all(world.now)
    return record


def files(world):
    return reading.attachments(world.store, the_record(world), AGENT, world.now)


def test_a_file_reaches_the_agent_sealed(world, opened):
    page = world.upload(opened, "notes.txt", TEXT)

    (file,) = files(world)
    data = b"".join(each.read_bytes() for each in world.state.iterdir())
    assert page.status == 200
    assert "« notes.txt » est ajouté" in page.text
    assert (file.name, file.data) == ("notes.txt", TEXT)
    assert b"notes.txt" not in data
    assert b"plaque" not in data


def test_a_photo_is_cleaned_before_it_is_sealed(world, opened):
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x0110] = "MARKER"
    Image.new("RGB", (10, 10)).save(out, "JPEG", exif=exif)

    world.upload(opened, "photo.jpg", out.getvalue())

    assert b"MARKER" not in files(world)[0].data


def test_the_same_page_sent_twice_is_one_file(world, opened):
    world.upload(opened, "notes.txt", TEXT)
    world.upload(opened, "notes.txt", TEXT)

    assert len(files(world)) == 1


def test_a_refused_file_is_named_with_the_reason_and_loses_nothing(world, opened):
    page = world.upload(opened, "virus.exe", b"MZ\x90\x00")

    assert page.status == 422
    assert "pas ce genre de fichier" in page.errors["file"]
    assert files(world) == []
    assert world.upload(page, "notes.txt", TEXT).status == 200


def test_no_file_chosen_is_explained(world, opened):
    assert "aucun n’est choisi" in world.upload(opened, "", b"").errors["file"]


def test_three_files_and_no_more(world, opened):
    page = opened
    for number in range(3):
        page = world.upload(page, f"{number}.txt", TEXT)
    fourth = world.upload(page, "4.txt", TEXT)

    assert 'type="file"' not in page.html
    assert fourth.status == 422
    assert "tous les fichiers permis" in fourth.text
    assert len(files(world)) == 3


def test_files_are_erased_with_their_record(world, opened):
    world.upload(opened, "notes.txt", TEXT)
    record = the_record(world)
    (sealed,) = world.services.attachments().of(record.key, world.now)

    world.press(world.press(opened, "retirer"), "effacer")

    data = b"".join(each.read_bytes() for each in world.state.iterdir())
    assert world.services.attachments().of(record.key, world.now) == []
    assert sealed.ciphertext[200:260] not in data


def test_files_are_purged_with_their_record(world, opened):
    world.upload(opened, "notes.txt", TEXT)
    key = the_record(world).key
    world.later(days=200)

    assert world.services.attachments().of(key, world.now) == []
    world.store.purge(world.now)

    with world.store.database.locked() as connection:
        assert connection.execute("select count(*) from attachment").fetchone() == (0,)


def test_a_file_needs_the_code(world, opened):
    page = world.upload(opened, "notes.txt", TEXT, code="0000-0000-0000-0000-0000")

    assert page.status == 422
    assert files(world) == []


def test_where_files_are_not_taken_nothing_offers_it(world, opened):
    elsewhere = world.second_window(attachments=lambda: None)

    page = elsewhere.press(opened, "ouvrir")
    refused = elsewhere.upload(opened, "notes.txt", TEXT)

    assert 'type="file"' not in page.html
    assert refused.status == 415


def test_nothing_of_a_file_reaches_a_log(world, opened, caplog, capfd):
    world.upload(opened, "MARQUEUR.txt", b"MARQUEUR")
    world.upload(opened, "MARQUEUR.exe", b"MZ\x00MARQUEUR")
    world.upload(opened, "MARQUEUR.jpg", b"\xff\xd8\xffMARQUEUR")

    assert "MARQUEUR" not in caplog.text + "".join(capfd.readouterr())
