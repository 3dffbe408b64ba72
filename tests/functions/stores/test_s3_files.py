"""What the bucket promises beyond every store: names that tell nothing, nothing left behind,
and files that live as long as their record."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from aws_world import (
    HURRIED,
    calls,
    client,
    items_of,
    make_bucket,
    make_files,
    make_table,
    objects_of,
)
from faulty_proxy import faulty_proxy

from chalicelib.errors import StoreUnavailableError
from chalicelib.intake.ports import SealedAttachment, SealedSubmission
from chalicelib.stores.dynamodb import DynamodbSubmissionStore
from chalicelib.stores.s3_files import FORGOTTEN_AFTER, MARGIN

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
EXPIRY = NOW + timedelta(days=90)
RECORD = SealedSubmission("0a", "SIG-1", "signalement", NOW, EXPIRY, b"x", "lookup")
FILE = SealedAttachment("f1", "0a", b"sealed file")


@pytest.fixture
def bucket(moto, dynamodb):
    return make_bucket(moto)


@pytest.fixture
def table(dynamodb):
    return make_table(dynamodb)


@pytest.fixture
def store(moto, dynamodb, bucket, table):
    made = DynamodbSubmissionStore(table, calls(dynamodb), make_files(moto, bucket))
    made.add(RECORD)
    yield made
    made.close()


def test_without_a_bucket_no_file_is_offered(dynamodb, table):
    store = DynamodbSubmissionStore(table, calls(dynamodb))

    assert store.attachments is None
    store.close()


def test_the_names_tell_nothing(store, moto, bucket):
    store.attachments.add(FILE, NOW, 3)

    assert objects_of(moto, bucket) == {"0a/0": b"sealed file"}
    told = client("s3", moto).head_object(Bucket=bucket, Key="0a/0")
    assert told["Metadata"] == {"key": "f1"}
    assert told["ContentType"] == "binary/octet-stream"
    assert told["ServerSideEncryption"] == "AES256"


def test_a_withdrawal_and_a_purge_leave_no_file(store, moto, bucket):
    store.attachments.add(FILE, NOW, 3)
    store.withdraw("0a", NOW + timedelta(days=2))
    assert objects_of(moto, bucket) == {}

    store.purge(NOW + timedelta(days=2))
    store.add(RECORD)
    store.attachments.add(FILE, NOW, 3)
    store.purge(EXPIRY)
    assert objects_of(moto, bucket) == {}


def test_a_file_that_nobody_ever_acknowledged_is_erased_too(store, moto, bucket, dynamodb, table):
    """Its bytes arrived, and the function was cut before it could say so."""
    store._files.add(SealedAttachment("cut", "0a", b"sealed"), 3)

    store.purge(EXPIRY)

    assert objects_of(moto, bucket) == {}
    assert items_of(dynamodb, table) == []


def test_a_file_on_its_way_during_a_withdrawal_is_refused_and_erased(
    store, moto, dynamodb, bucket, table
):
    with faulty_proxy(moto) as (proxy, address):
        slow = DynamodbSubmissionStore(
            table, calls(dynamodb), make_files(moto, bucket, HURRIED, address)
        )
        withdrawn = threading.Event()

        def withdraw_first(number):
            if proxy.operations[number] == "PUT" and not withdrawn.is_set():
                store.withdraw("0a", NOW + timedelta(days=2))
                withdrawn.set()
            return ""

        proxy.plan(withdraw_first)
        added = slow.attachments.add(FILE, NOW, 3)
        slow.close()

    assert (added, withdrawn.is_set()) == (False, True)
    assert objects_of(moto, bucket) == {}


def test_the_bucket_never_forgets_a_file_before_its_record(store, moto, bucket):
    """What is kept longer is written again, and is young again for the bucket."""
    store.attachments.add(FILE, NOW, 3)
    with faulty_proxy(moto) as (proxy, address):
        files = make_files(moto, bucket, HURRIED, address)
        (written,) = client("s3", moto).list_objects_v2(Bucket=bucket)["Contents"]
        still_enough = written["LastModified"] + FORGOTTEN_AFTER - MARGIN

        files.keep("0a", still_enough)
        assert proxy.operations == ["GET"]
        files.keep("0a", still_enough + timedelta(seconds=1))
        assert proxy.operations == ["GET", "GET", "HEAD", "PUT"]
        files.close()

    assert store.attachments.of("0a", NOW) == [FILE]


def test_a_missing_bucket_is_an_outage_and_the_record_stays(moto, dynamodb, table):
    store = DynamodbSubmissionStore(table, calls(dynamodb), make_files(moto, "no-such-bucket"))
    store.add(RECORD)

    with pytest.raises(StoreUnavailableError):
        store.attachments.add(FILE, NOW, 3)
    with pytest.raises(StoreUnavailableError):
        store.purge(EXPIRY)

    assert store.find("0a", NOW) == RECORD
    store.close()
