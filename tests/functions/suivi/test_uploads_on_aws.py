"""A file sent from `/suivi/` on AWS: whatever breaks in S3, the page says what is true."""

from dataclasses import replace

import pytest
from aws_world import HURRIED, calls, make_bucket, make_files, make_table, objects_of
from faulty_proxy import FAULTS, faulty_proxy
from intake_world import World

from chalicelib.stores.dynamodb import DynamodbSubmissionStore

NOT_RECORDED = "Rien n’a été enregistré"
NOT_KNOWN = "Nous ne savons pas si votre envoi est enregistré"
PATIENCE = replace(HURRIED, answer_s=1.0)


@pytest.fixture
def world(assets, tmp_path, dynamodb, moto):
    with faulty_proxy(moto) as (proxy, address), World(assets, tmp_path / "state") as made:
        made.store.close()
        made.proxy, made.moto, made.bucket = proxy, moto, make_bucket(moto)
        files = make_files(moto, made.bucket, PATIENCE, address)
        made.store = DynamodbSubmissionStore(make_table(dynamodb), calls(dynamodb), files)
        yield made


@pytest.fixture
def opened(world):
    return world.post("/api/suivi", {"code": world.press(world.checked(), "confirmer").code})


def test_a_file_is_sealed_and_kept(world, opened):
    page = world.upload(opened, "notes.txt", b"La plaque finit par ZZ.")

    assert page.status == 200
    assert "« notes.txt » est ajouté" in page.text
    ((name, body),) = objects_of(world.moto, world.bucket).items()
    assert name.endswith("/0")
    assert b"notes.txt" not in body
    assert b"plaque" not in body


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("call", ["HEAD", "PUT"])
def test_a_fault_that_lasts_is_told_as_it_is(world, opened, call, fault):
    broken = set()

    def from_then_on(number):
        if world.proxy.operations[number] == call:
            broken.add(number)
        return fault if broken else ""

    world.proxy.plan(from_then_on)

    page = world.upload(opened, "notes.txt", b"La plaque finit par ZZ.")

    assert page.status == 503
    if NOT_RECORDED in page.text:
        assert objects_of(world.moto, world.bucket) == {}
    else:
        assert NOT_KNOWN in page.text
        assert call == "PUT"
        assert fault not in ("refused", "forbidden")
    world.proxy.plan(lambda number: "")
    assert world.upload(opened, "notes.txt", b"La plaque finit par ZZ.").status == 200
    assert len(objects_of(world.moto, world.bucket)) == 1
