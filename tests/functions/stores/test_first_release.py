"""What the first release stored still opens: with the code, at the desk, and it still expires.

`first_release/` holds one record with a message (and a file, beside SQLite) as version 0.1.0
wrote them: a dump of its database, the items of its table. They are never written anew.
"""

import base64
import json
import sqlite3
from pathlib import Path

import pytest
from aws_world import calls, client, items_of, make_bucket, make_files, make_table
from intake_world import AGENT, SIGNALEMENT, World

from chalicelib.intake import seal
from chalicelib.stores.dynamodb import DynamodbSubmissionStore
from chalicelib.stores.sqlite import SqliteSubmissionStore

FIRST = Path(__file__).parent / "first_release"
REFERENCE, CODE = "SIG-XZ1A-GDTG-WJ43", "XS97-CDAP-DHTY-6A5E-7RJ0"


def sqlite_store(folder):
    path = folder / "first.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript((FIRST / "submissions.sql").read_text("utf-8"))
    connection.close()
    return SqliteSubmissionStore(path)


def dynamodb_store(request):
    address, moto = request.getfixturevalue("dynamodb"), request.getfixturevalue("moto")
    table = make_table(address)
    for item in json.loads((FIRST / "items.json").read_text("utf-8")):
        client("dynamodb", address).put_item(TableName=table, Item=decoded(item))
    files = make_files(moto, make_bucket(moto))
    return DynamodbSubmissionStore(table, calls(address), files), address, table


def decoded(item):
    return {
        name: {"B": base64.b64decode(value["B"])} if "B" in value else value
        for name, value in item.items()
    }


@pytest.fixture(params=["sqlite", "dynamodb"])
def world(request, assets, tmp_path):
    with World(assets, tmp_path / "state") as made:
        made.store.close()
        if request.param == "sqlite":
            made.store = sqlite_store(tmp_path)
            made.left = lambda: list(made.store.all(made.now))
        else:
            made.store, address, table = dynamodb_store(request)
            made.left = lambda: items_of(address, table)
        yield made


def test_an_agent_opens_it(world):
    (record,) = world.store.all(world.now)
    (message,) = world.store.messages(record.key, world.now)

    assert record.reference == REFERENCE
    assert seal.unseal(record.ciphertext, [AGENT])["answers"]["facts"] == SIGNALEMENT["facts"]
    assert seal.unseal(message.ciphertext, [AGENT])["text"] == "Cela recommence."


def test_the_code_still_opens_it_and_adds_to_it(world):
    page = world.post("/api/suivi", {"code": CODE})
    assert (page.status, page.reference) == (200, REFERENCE)

    assert world.press(page, "ecrire", message="Encore.").status == 200
    added = world.upload(world.post("/api/suivi", {"code": CODE}), "notes.txt", b"Trois lignes.")

    assert added.status == 200
    assert len(world.store.messages(next(world.store.all(world.now)).key, world.now)) == 2


def test_its_file_is_still_there(assets, tmp_path):
    with World(assets, tmp_path / "state") as world:
        store = sqlite_store(tmp_path)
        (record,) = store.all(world.now)
        (file,) = store.attachments.of(record.key, world.now)
        store.close()

    opened = seal.unseal(file.ciphertext, [AGENT])
    assert (opened["name"], opened["version"]) == ("notes.txt", 1)
    assert base64.b64decode(opened["data"]) == b"La plaque finit par ZZ."


def test_it_still_goes_at_its_date_and_when_asked(world):
    (record,) = world.store.all(world.now)

    assert world.store.purge(record.expires_at) == 1
    assert world.left() == []


def test_its_person_can_still_erase_it(world):
    page = world.post("/api/suivi", {"code": CODE})

    world.press(world.press(page, "retirer"), "effacer")

    assert world.post("/api/suivi", {"code": CODE}).status == 422
