"""Every store keeps the promises of `ProofStore`."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from aws_world import calls, make_table

from chalicelib.intake.proofs import Proof
from chalicelib.stores.dynamodb import DynamodbSubmissionStore
from chalicelib.stores.sqlite import SqliteSubmissionStore

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@pytest.fixture(params=["sqlite", "dynamodb"])
def store(request, tmp_path):
    if request.param == "sqlite":
        made = SqliteSubmissionStore(tmp_path / "submissions.sqlite")
    else:
        address = request.getfixturevalue("dynamodb")
        made = DynamodbSubmissionStore(make_table(address), calls(address))
    yield made.proofs
    made.close()


def test_what_is_kept_is_found_until_it_expires(store):
    proof = Proof("key-1", "ab" * 32, LATER)
    store.keep(proof)
    assert store.find("key-1", NOW) == proof
    assert store.find("key-1", LATER) is None
    assert store.find("key-2", NOW) is None


def test_the_last_one_takes_the_place_of_the_others(store):
    store.keep(Proof("key-1", "ab" * 32, LATER))
    last = Proof("key-1", "cd" * 32, LATER)
    store.keep(last)
    assert store.find("key-1", NOW) == last


def test_what_is_forgotten_is_gone_and_forgetting_twice_is_fine(store):
    store.keep(Proof("key-1", "ab" * 32, LATER))
    store.forget("key-1")
    store.forget("key-1")
    assert store.find("key-1", NOW) is None


def test_a_counter_stops_where_it_is_told(store):
    assert [store.count("tries", LATER, 3) for _ in range(5)] == [True] * 3 + [False] * 2
    assert store.count("others", LATER, 3)


def test_nothing_is_counted_where_nothing_is_allowed(store):
    assert not store.count("tries", LATER, 0)
    assert store.count("tries", LATER, 1)


def test_two_at_once_never_take_the_same_place(store):
    with ThreadPoolExecutor(8) as pool:
        took = list(pool.map(lambda _: store.count("tries", LATER, 5), range(40)))
    assert took.count(True) == 5


def test_a_purge_leaves_what_is_still_of_use(store):
    store.keep(Proof("key-1", "ab" * 32, LATER))
    store.count("tries", LATER, 1)
    store.purge(LATER - timedelta(seconds=1))
    assert store.find("key-1", NOW) is not None
    assert not store.count("tries", LATER, 1)
