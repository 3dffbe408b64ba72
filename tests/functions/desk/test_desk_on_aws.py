"""The same commands on a table of AWS."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from aws_world import calls, make_table
from click.testing import CliRunner
from intake_world import AGENT, SIGNALEMENT, World

from chalicelib.stores.dynamodb import DynamodbSubmissionStore
from reperes_desk import cli, identity


@pytest.fixture
def world(assets, tmp_path, dynamodb, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", dynamodb)
    with World(assets, tmp_path / "state") as made:
        made.table = make_table(dynamodb)
        made.store.close()
        made.store = DynamodbSubmissionStore(made.table, calls(dynamodb))
        made.services = replace(made.services, store=lambda: made.store)
        made.now = datetime.now(UTC)
        yield made


def run(world, *arguments):
    done = CliRunner().invoke(cli.desk, ["--table", world.table, *map(str, arguments)])
    assert done.exception is None, done.output
    return done.output


def test_an_agent_lists_reads_and_closes_on_a_table(world, monkeypatch):
    monkeypatch.setattr(identity, "open_identity", lambda path, passphrase: AGENT)
    sent = world.press(world.checked(), "confirmer")
    key = ["--identity", "agent.age", "--passphrase-file", __file__]

    assert sent.reference in run(world, "list")
    shown = json.loads(run(world, "show", sent.reference, *key, "--json"))
    run(world, "close", sent.reference)

    assert shown["answers"]["facts"] == SIGNALEMENT["facts"]
    (row,) = json.loads(run(world, "list", "--json"))
    assert row["status"] == "closed"
