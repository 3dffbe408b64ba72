"""Every store keeps the promises of `SubmissionStore`."""

from datetime import UTC, datetime, timedelta

import pytest
from aws_world import calls, make_table

from chalicelib.errors import StoreUnavailableError
from chalicelib.intake.ports import Author, SealedMessage, SealedSubmission, Status
from chalicelib.stores.dynamodb import DynamodbSubmissionStore
from chalicelib.stores.sqlite import SqliteSubmissionStore

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
EXPIRY = NOW + timedelta(days=90)


def make_submission(**changes):
    defaults = {
        "key": "key-1",
        "reference": "SIG-7K2M-9QXD-4TFB",
        "kind": "signalement",
        "received_at": NOW,
        "expires_at": EXPIRY,
        "ciphertext": b"\x00sealed\xff",
        "follow_lookup": "lookup-1",
        "follow_recipient": "age1follow",
    }
    return SealedSubmission(**{**defaults, **changes})


@pytest.fixture(params=["sqlite", "dynamodb"])  # the same promises, no test of one store
def store(request, tmp_path):
    if request.param == "sqlite":
        made = SqliteSubmissionStore(tmp_path / "submissions.sqlite")
    else:
        address = request.getfixturevalue("dynamodb")
        made = DynamodbSubmissionStore(make_table(address), calls(address))
    yield made
    made.close()


def test_what_is_added_is_found_whole(store):
    submission = make_submission()

    assert store.add(submission) == submission
    assert store.find("key-1", NOW) == submission
    assert store.find_by_reference("SIG-7K2M-9QXD-4TFB", NOW) == submission
    assert store.find_by_lookup("lookup-1", NOW) == submission
    assert list(store.all(NOW)) == [submission]


def test_same_key_twice_gives_the_first_record(store):
    first = make_submission()
    store.add(first)

    again = store.add(make_submission(reference="SIG-BBBB-BBBB-BBBB", ciphertext=b"other"))

    assert again == first
    assert list(store.all(NOW)) == [first]


def test_different_keys_are_different_submissions(store):
    second = make_submission(key="key-2", reference="SIG-B", follow_lookup="lookup-2")
    store.add(make_submission())

    assert store.add(second) == second
    assert len(list(store.all(NOW))) == 2


def test_many_may_refuse_follow_up(store):
    for number in range(2):
        store.add(make_submission(key=f"k{number}", reference=f"SIG-{number}", follow_lookup=""))

    assert len(list(store.all(NOW))) == 2
    assert store.find_by_lookup("", NOW) is None


def test_what_nobody_added_is_not_found(store):
    assert store.find("other", NOW) is None
    assert store.find_by_reference("SIG-OTHER", NOW) is None
    assert store.find_by_lookup("other", NOW) is None


def test_oldest_first(store):
    new = make_submission(key="k1", reference="SIG-1", follow_lookup="l1")
    old = make_submission(
        key="k2", reference="SIG-2", follow_lookup="l2", received_at=NOW - timedelta(days=1)
    )
    store.add(new)
    store.add(old)

    assert [record.key for record in store.all(NOW)] == ["k2", "k1"]


@pytest.mark.promise("erased-in-time")
def test_one_second_after_its_expiry_nobody_sees_it_purged_or_not(store):
    store.add(make_submission())

    last, after = EXPIRY - timedelta(seconds=1), EXPIRY
    assert store.find("key-1", last) is not None
    assert store.find("key-1", after) is None
    assert store.find_by_reference("SIG-7K2M-9QXD-4TFB", after) is None
    assert store.find_by_lookup("lookup-1", after) is None
    assert list(store.all(after)) == []


@pytest.mark.promise("erased-in-time")
def test_a_purge_erases_what_has_expired_and_only_that(store):
    store.add(make_submission())
    kept = make_submission(
        key="k2", reference="SIG-2", follow_lookup="l2", expires_at=EXPIRY + timedelta(days=1)
    )
    store.add(kept)

    assert store.purge(EXPIRY) == 1
    assert list(store.all(NOW)) == [kept]


def test_the_status_changes_and_nothing_else(store):
    store.add(make_submission())

    store.set_status("key-1", Status.READ)

    assert store.find("key-1", NOW) == make_submission(status=Status.READ)


def test_outage_says_nothing_was_recorded(store):
    store.close()

    with pytest.raises(StoreUnavailableError):
        store.add(make_submission())


def make_message(**changes):
    defaults = {
        "key": "message-1",
        "submission_key": "key-1",
        "author": Author.AGENT,
        "sent_at": NOW,
        "ciphertext": b"\x00sealed\xff",
    }
    return SealedMessage(**{**defaults, **changes})


def test_messages_come_back_oldest_first(store):
    store.add(make_submission())
    late = make_message(key="a", sent_at=NOW + timedelta(hours=6), author=Author.PERSON)

    assert store.add_message(late, NOW)
    assert store.add_message(make_message(key="b"), NOW)

    assert store.messages("key-1", NOW) == [make_message(key="b"), late]
    assert store.messages("other", NOW) == []


def test_the_same_message_twice_is_one_message(store):
    store.add(make_submission())
    store.add_message(make_message(), NOW)

    assert store.add_message(make_message(ciphertext=b"other"), NOW)

    assert store.messages("key-1", NOW) == [make_message()]


def test_a_message_needs_a_record_that_is_still_there(store):
    store.add(make_submission())

    assert not store.add_message(make_message(submission_key="other"), NOW)
    assert not store.add_message(make_message(), EXPIRY)


def test_messages_expire_with_their_record(store):
    store.add(make_submission())
    store.add_message(make_message(), NOW)

    assert store.messages("key-1", EXPIRY) == []
    store.purge(EXPIRY)
    store.add(make_submission())
    assert store.messages("key-1", NOW) == []


def test_the_expiry_can_be_moved(store):
    store.add(make_submission())

    store.set_expiry("key-1", EXPIRY + timedelta(days=1))

    assert store.find("key-1", EXPIRY) == make_submission(expires_at=EXPIRY + timedelta(days=1))


def test_a_withdrawn_record_keeps_its_number_only(store):
    store.add(make_submission())
    store.add_message(make_message(), NOW)

    store.withdraw("key-1", NOW + timedelta(days=2))

    expected = make_submission(
        ciphertext=b"",
        follow_lookup="",
        follow_recipient="",
        status=Status.WITHDRAWN,
        expires_at=NOW + timedelta(days=2),
    )
    assert store.find("key-1", NOW) == expected
    assert store.add(make_submission()) == expected
    assert store.find_by_lookup("lookup-1", NOW) is None
    assert store.messages("key-1", NOW) == []
    assert not store.add_message(make_message(key="late"), NOW)


def test_what_was_read_is_replaced_and_nothing_else_changes(store):
    other = make_submission(key="k2", reference="SIG-2", follow_lookup="l2")
    store.add(make_submission())
    store.add(other)

    assert store.replace(make_submission(), b"anew\x00")

    assert store.find("key-1", NOW) == make_submission(ciphertext=b"anew\x00")
    assert store.find_by_lookup("lookup-1", NOW) == make_submission(ciphertext=b"anew\x00")
    assert store.find("k2", NOW) == other


def test_what_has_changed_since_it_was_read_is_not_replaced(store):
    store.add(make_submission())
    store.replace(make_submission(), b"by another agent")

    assert not store.replace(make_submission(), b"anew")

    assert store.find("key-1", NOW) == make_submission(ciphertext=b"by another agent")


def test_what_is_gone_does_not_come_back_by_being_replaced(store):
    store.add(make_submission())
    store.add_message(make_message(), NOW)
    store.withdraw("key-1", NOW + timedelta(days=2))

    assert not store.replace(make_submission(), b"anew")
    assert not store.replace_message(make_message(), b"anew")
    assert not store.replace(make_submission(key="never", reference="SIG-0"), b"anew")

    assert store.find("key-1", NOW).ciphertext == b""
    assert store.messages("key-1", NOW) == []


def test_a_message_is_replaced_like_a_record(store):
    store.add(make_submission())
    store.add_message(make_message(), NOW)
    store.add_message(make_message(key="message-2"), NOW)

    assert store.replace_message(make_message(), b"anew")
    assert not store.replace_message(make_message(), b"anew again")

    first, second = store.messages("key-1", NOW)
    assert (first, second) == (make_message(ciphertext=b"anew"), make_message(key="message-2"))


def test_a_record_that_was_replaced_expires_as_before(store):
    store.add(make_submission())
    store.replace(make_submission(), b"anew")

    assert store.find("key-1", EXPIRY) is None
    assert store.purge(EXPIRY) == 1


def test_an_unknown_status_or_author_is_said_to_be_unknown(store):
    """Whoever writes the store may write anything: it must not hide the other records."""
    store.add(make_submission(status="zut"))
    store.add_message(make_message(author="zut"), NOW)

    (record,) = store.all(NOW)
    (message,) = store.messages("key-1", NOW)
    assert record.status is Status.UNKNOWN
    assert message.author is Author.UNKNOWN


def test_the_mark_of_a_route_is_kept_and_goes_with_what_it_marks(store):
    marked = make_submission(follow_route="mark-1")
    store.add(marked)
    assert store.find_by_lookup("lookup-1", NOW) == marked

    store.replace(marked, b"anew")
    assert store.find("key-1", NOW).follow_route == "mark-1"

    store.withdraw("key-1", NOW + timedelta(days=2))
    assert store.find("key-1", NOW).follow_route == ""
