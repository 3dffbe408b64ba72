"""The same commands on a table of AWS."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from age_files import PASSPHRASE, write_identity
from aws_world import calls, items_of, make_table
from click.testing import CliRunner
from intake_world import AGENT, SIGNALEMENT, World, make_assets
from pyrage import x25519

from chalicelib.intake import seal
from chalicelib.stores.dynamodb import DynamodbSubmissionStore
from reperes_desk import cli


@pytest.fixture
def world(assets, tmp_path, dynamodb, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", dynamodb)
    with World(assets, tmp_path / "state") as made:
        made.address = dynamodb
        made.table = make_table(dynamodb)
        made.store.close()
        made.store = DynamodbSubmissionStore(made.table, calls(dynamodb))
        made.services = replace(made.services, store=lambda: made.store)
        made.now = datetime.now(UTC)
        write_identity(tmp_path / "agent.age", AGENT)
        (tmp_path / "p").write_text(f"{PASSPHRASE}\n")
        made.key = ["--identity", tmp_path / "agent.age", "--passphrase-file", tmp_path / "p"]
        yield made


def run(world, *arguments):
    done = CliRunner().invoke(cli.desk, ["--table", world.table, *map(str, arguments)])
    assert done.exception is None, done.output
    return done.output


def test_an_agent_lists_and_follows_on_a_table(world):
    sent = world.press(world.checked(), "confirmer")

    assert sent.reference in run(world, "list")
    run(world, "status", sent.reference, "in_progress", *world.key)

    (row,) = json.loads(run(world, "list", "--json"))
    assert (row["reference"], row["status"]) == (sent.reference, "in_progress")
    assert "a changé l’état : en cours" in run(world, "trail", sent.reference, *world.key)
    (opened,) = world.opened()
    assert opened["answers"]["facts"] == SIGNALEMENT["facts"]


def test_everything_is_resealed_on_a_table(world, assets):
    newcomer = x25519.Identity.generate()
    code = world.press(world.checked(), "confirmer").code
    opened = world.post("/api/suivi", {"code": code})
    world.press(opened, "ecrire", message="Cela recommence.")
    make_assets(assets, recipients=[str(newcomer.to_public())])

    done = run(world, "--assets", assets, "reseal", "--yes", "--json", *world.key)

    (record,) = world.store.all(world.now)
    (message,) = world.store.messages(record.key, world.now)
    assert json.loads(done[done.index("{") :])["resealed"] == 2
    assert seal.unseal(record.ciphertext, [newcomer])["reference"] == record.reference
    assert seal.unseal(message.ciphertext, [newcomer])["text"] == "Cela recommence."


def test_a_purge_of_the_table_erases_what_has_expired(world):
    world.press(world.checked(), "confirmer")
    (record,) = world.store.all(world.now)
    world.store.set_expiry(record.key, world.now)

    assert run(world, "purge") == "1 dossier effacé.\n"
    assert items_of(world.address, world.table) == []
