"""What the DynamoDB store promises beyond every store: pages, batches, nothing left behind."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from aws_world import calls, items_of, make_table

from chalicelib.intake.ports import Author, SealedMessage, SealedSubmission, Status
from chalicelib.stores.dynamodb import DynamodbSubmissionStore
from chalicelib.stores.dynamodb_items import PURGED_WITHIN
from chalicelib.stores.dynamodb_table import DynamodbTable

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
EXPIRY = NOW + timedelta(days=90)


def make_submission(number):
    """Keys are hashes, as they really are: they fall into every shard."""
    key = hashlib.sha256(str(number).encode()).hexdigest()
    received_at = NOW + timedelta(hours=number)
    return SealedSubmission(
        key, f"SIG-{number}", "signalement", received_at, EXPIRY, b"x", f"lookup-{number}"
    )


def make_message(record, number):
    return SealedMessage(f"m{number}", record.key, Author.PERSON, NOW, b"sealed")


@pytest.fixture
def table(dynamodb):
    return make_table(dynamodb)


@pytest.fixture
def store(dynamodb, table):
    made = DynamodbSubmissionStore(table, calls(dynamodb))
    yield made
    made.close()


def test_more_records_than_one_batch_come_oldest_first(store):
    submissions = [make_submission(number) for number in range(60)]
    for submission in reversed(submissions):
        store.add(submission)

    assert list(store.all(NOW)) == submissions


def test_a_query_goes_on_to_its_last_page(store, dynamodb, table):
    record = make_submission(0)
    store.add(record)
    for number in range(3):
        store.add_message(make_message(record, number), NOW)

    found = DynamodbTable(table, calls(dynamodb)).query(
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": {"S": record.key}},
        Limit=1,
    )

    assert [item["sk"]["S"] for item in found] == [
        "message#m0",
        "message#m1",
        "message#m2",
        "record",
    ]


def test_a_long_conversation_is_withdrawn_whole(store, dynamodb, table):
    record = make_submission(0)
    store.add(record)
    for number in range(101):  # more than one transaction may hold
        store.add_message(make_message(record, number), NOW)

    store.withdraw(record.key, NOW + timedelta(days=2))

    left = {(item["pk"]["S"], item["sk"]["S"]) for item in items_of(dynamodb, table)}
    assert left == {(record.key, "record"), ("reference#SIG-0", "pointer")}
    assert store.find(record.key, NOW).status == Status.WITHDRAWN


def test_a_purge_leaves_nothing_of_a_record(store, dynamodb, table):
    record = make_submission(0)
    store.add(record)
    store.add_message(make_message(record, 0), NOW)

    assert store.purge(EXPIRY) == 1

    assert items_of(dynamodb, table) == []


def test_what_belongs_to_a_record_is_kept_as_long_as_it(store, dynamodb, table):
    record = make_submission(0)
    store.add(record)
    store.add_message(make_message(record, 0), NOW)
    later = EXPIRY + timedelta(days=30)

    store.set_expiry(record.key, later)

    found = items_of(dynamodb, table)
    assert {int(item["expires_at"]["N"]) for item in found} == {int(later.timestamp())}
    forgotten_at = int((later + PURGED_WITHIN).timestamp())
    assert {int(item["forgotten_at"]["N"]) for item in found} == {forgotten_at}


def test_a_status_never_makes_a_record_anew(store, dynamodb, table):
    store.set_status("0" * 64, Status.READ)

    assert items_of(dynamodb, table) == []


def test_nothing_in_the_table_is_in_clear_but_what_is_told(store, dynamodb, table):
    """docs/threat-model.md lists what is held."""
    store.add(make_submission(0))

    names = {name for item in items_of(dynamodb, table) for name in item}

    assert names == {
        *("pk", "sk", "reference", "kind", "received_at", "expires_at", "ciphertext"),
        *("follow_lookup", "follow_recipient", "status", "shard", "arrival", "target"),
        *("follow_route", "forgotten_at"),
    }
