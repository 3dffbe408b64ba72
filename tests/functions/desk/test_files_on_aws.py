"""Files of a record whose bucket the agent names: `reperes-desk --table … --bucket … files`."""

from datetime import UTC, datetime

import pytest
from age_files import PASSPHRASE, write_identity
from aws_world import calls, make_bucket, make_files, make_table
from click.testing import CliRunner
from intake_world import AGENT, World

from chalicelib.stores.dynamodb import DynamodbSubmissionStore
from reperes_desk import cli

TEXT = b"La plaque finit par ZZ."


@pytest.fixture
def world(assets, tmp_path, dynamodb, moto, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", dynamodb)
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", moto)
    with World(assets, tmp_path / "state") as made:
        made.store.close()
        made.table, made.bucket = make_table(dynamodb), make_bucket(moto)
        files = make_files(moto, made.bucket)
        made.store = DynamodbSubmissionStore(made.table, calls(dynamodb), files)
        made.now = datetime.now(UTC)
        write_identity(tmp_path / "agent.age", AGENT)
        (tmp_path / "p").write_text(f"{PASSPHRASE}\n")
        made.key = ["--identity", tmp_path / "agent.age", "--passphrase-file", tmp_path / "p"]
        yield made


def run(world, *arguments):
    done = CliRunner().invoke(cli.desk, [*map(str, arguments)])
    assert done.exception is None, done.output
    return done.output


def test_an_agent_writes_the_files_of_a_record(world, tmp_path):
    sent = world.press(world.checked(), "confirmer")
    world.upload(world.post("/api/suivi", {"code": sent.code}), "notes.txt", TEXT)
    place = ["--table", world.table, "--bucket", world.bucket]

    assert "notes.txt" in run(world, *place, "show", sent.reference, *world.key)
    run(world, *place, "files", sent.reference, "--output", tmp_path / "out", *world.key)

    (file,) = (tmp_path / "out").iterdir()
    assert file.read_bytes() == TEXT


def test_without_the_bucket_the_record_is_read_all_the_same(world):
    sent = world.press(world.checked(), "confirmer")
    world.upload(world.post("/api/suivi", {"code": sent.code}), "notes.txt", TEXT)

    shown = run(world, "--table", world.table, "show", sent.reference, *world.key)

    assert "Un point de vente" in shown
    assert "notes.txt" not in shown
