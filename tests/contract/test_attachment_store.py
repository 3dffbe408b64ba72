"""Every store of files keeps the promises of `AttachmentStore`, and erases with the record."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from aws_world import calls, make_bucket, make_files, make_table

from chalicelib.intake.ports import SealedAttachment, SealedSubmission
from chalicelib.stores.dynamodb import DynamodbSubmissionStore
from chalicelib.stores.sqlite import SqliteSubmissionStore

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
EXPIRY = NOW + timedelta(days=90)
MOST = 3


@pytest.fixture(params=["sqlite", "s3"])
def store(request, tmp_path):
    if request.param == "sqlite":
        made = SqliteSubmissionStore(tmp_path / "submissions.sqlite")
    else:
        address = request.getfixturevalue("dynamodb")
        moto = request.getfixturevalue("moto")
        files = make_files(moto, make_bucket(moto))
        made = DynamodbSubmissionStore(make_table(address), calls(address), files)
    made.add(make_record("0a"))
    yield made
    made.close()


def make_record(key):
    return SealedSubmission(key, f"SIG-{key}", "signalement", NOW, EXPIRY, b"x", f"lookup-{key}")


def make_file(name, submission_key="0a"):
    return SealedAttachment(name, submission_key, f"sealed {name}\x00".encode())


def test_what_is_added_is_read_whole(store):
    assert store.attachments.add(make_file("f2"), NOW, MOST)
    assert store.attachments.add(make_file("f1"), NOW, MOST)

    assert store.attachments.of("0a", NOW) == [make_file("f1"), make_file("f2")]
    assert store.attachments.count("0a", NOW) == 2


def test_the_same_file_twice_is_one_file(store):
    store.attachments.add(make_file("f1"), NOW, MOST)

    again = SealedAttachment("f1", "0a", b"sealed anew")

    assert store.attachments.add(again, NOW, MOST)
    assert store.attachments.of("0a", NOW) == [make_file("f1")]


def test_so_many_and_no_more_but_the_same_again(store):
    added = [store.attachments.add(make_file(f"f{n}"), NOW, MOST) for n in range(5)]

    assert added == [True, True, True, False, False]
    assert store.attachments.add(make_file("f0"), NOW, MOST)
    assert store.attachments.count("0a", NOW) == MOST


def test_at_the_same_instant_no_more_either(store):
    together, added = Barrier(6), []

    def add(number):
        together.wait()
        added.append(store.attachments.add(make_file(f"f{number // 2}"), NOW, 2))

    threads = [Thread(target=add, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    # Three files, each sent twice, for two places.
    assert sorted(added) == [False, False, True, True, True, True]
    assert store.attachments.count("0a", NOW) == 2


def test_a_file_needs_a_record_that_is_still_there(store):
    assert not store.attachments.add(make_file("f1", "0b"), NOW, MOST)
    assert not store.attachments.add(make_file("f1"), EXPIRY, MOST)
    assert store.attachments.of("0b", NOW) == []


def test_files_of_another_record_are_not_shown(store):
    store.add(make_record("0b"))
    store.attachments.add(make_file("f1"), NOW, MOST)

    assert store.attachments.of("0b", NOW) == []
    assert store.attachments.count("0b", NOW) == 0


@pytest.mark.promise("erased-in-time")
def test_files_expire_with_their_record(store):
    store.attachments.add(make_file("f1"), NOW, MOST)

    assert store.attachments.of("0a", EXPIRY) == []
    assert store.attachments.count("0a", EXPIRY) == 0
    store.purge(EXPIRY)
    store.add(make_record("0a"))
    assert store.attachments.of("0a", NOW) == []


@pytest.mark.promise("erased-on-demand")
def test_files_are_erased_with_their_record(store):
    store.attachments.add(make_file("f1"), NOW, MOST)

    store.withdraw("0a", NOW + timedelta(days=2))

    assert store.attachments.of("0a", NOW) == []
    assert store.attachments.count("0a", NOW) == 0
    assert not store.attachments.add(make_file("f2"), NOW, MOST)


def test_files_stay_as_long_as_a_record_that_is_kept_longer(store):
    store.attachments.add(make_file("f1"), NOW, MOST)

    store.set_expiry("0a", EXPIRY + timedelta(days=30))

    assert store.attachments.of("0a", EXPIRY) == [make_file("f1")]
    store.purge(EXPIRY)
    assert store.attachments.count("0a", EXPIRY) == 1


def test_a_file_is_replaced_once_and_the_others_are_not(store):
    store.attachments.add(make_file("f1"), NOW, MOST)
    store.attachments.add(make_file("f2"), NOW, MOST)

    assert store.attachments.replace(make_file("f1"), b"sealed anew")
    assert not store.attachments.replace(make_file("f1"), b"sealed again")

    anew = SealedAttachment("f1", "0a", b"sealed anew")
    assert store.attachments.of("0a", NOW) == [anew, make_file("f2")]


def test_a_file_that_is_gone_does_not_come_back_by_being_replaced(store):
    store.attachments.add(make_file("f1"), NOW, MOST)
    store.withdraw("0a", NOW + timedelta(days=2))

    assert not store.attachments.replace(make_file("f1"), b"sealed anew")
    assert store.attachments.of("0a", NOW) == []
