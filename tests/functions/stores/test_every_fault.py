"""Every call of every operation of the stores on AWS × every fault: what is said is true.

An operation that fails « unavailable » has recorded nothing; one whose answer was lost says
so; and the same operation again, once the fault has passed, ends as if there had been none.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from types import SimpleNamespace

import pytest
from aws_world import CREDENTIALS, HURRIED, make_bucket, make_table
from faulty_proxy import FAULTS, faulty_proxy

from chalicelib.errors import StoreUnavailableError, StoreUncertainError
from chalicelib.intake.ports import (
    Author,
    SealedAttachment,
    SealedMessage,
    SealedSubmission,
    Status,
)
from chalicelib.stores.aws_calls import AwsCalls
from chalicelib.stores.dynamodb import DynamodbSubmissionStore
from chalicelib.stores.s3_files import S3Files
from chalicelib.stores.ssm_keys import SsmKeys

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
EXPIRY = NOW + timedelta(days=90)
LATER = EXPIRY + timedelta(days=30)
SHORT_OF_TIME = replace(HURRIED, answer_s=0.5)  # for an answer that never comes
CERTAIN = {"refused", "forbidden"}  # the service said no: never in doubt
_numbers = count(1)


@dataclass(frozen=True)
class Operation:
    """One method of a port, on a record that was there before.

    `seen` is what anybody can read afterwards, `done` once it is done; `calls` what the method
    asks, in this order.
    """

    act: object
    calls: list[str]
    seen: object = lambda store, key: None
    done: object = None

    @property
    def is_reading(self):
        return self.done is None


def make_record(key):
    return SealedSubmission(key, f"SIG-{key}", "signalement", NOW, EXPIRY, b"x", f"lookup-{key}")


def make_message(key):
    return SealedMessage("said", key, Author.PERSON, NOW, b"sealed")


def make_file(key):
    return SealedAttachment("file", key, b"sealed file")


def added(store, key):
    return store.find(f"new-{key}", NOW) is not None


def said(store, key):
    return [message.key for message in store.messages(key, NOW)]


def files(store, key):
    return [file.ciphertext for file in store.attachments.of(key, NOW)]


def status(store, key):
    return store.find(key, NOW).status


def expiry(store, key):
    return store.find(key, NOW).expires_at


GET, TRANSACT, QUERY, UPDATE = "GetItem", "TransactWriteItems", "Query", "UpdateItem"
OPERATIONS = {
    "find": Operation(lambda s, key: s.find(key, NOW), [GET]),
    "find_by_lookup": Operation(lambda s, key: s.find_by_lookup(f"lookup-{key}", NOW), [GET, GET]),
    "find_by_reference": Operation(
        lambda s, key: s.find_by_reference(f"SIG-{key}", NOW), [GET, GET]
    ),
    "messages": Operation(lambda s, key: s.messages(key, NOW), [GET, QUERY]),
    "attachments.of": Operation(lambda s, key: s.attachments.of(key, NOW), [GET, "GET"]),
    "attachments.count": Operation(lambda s, key: s.attachments.count(key, NOW), [GET, "GET"]),
    "add": Operation(lambda s, key: s.add(make_record(f"new-{key}")), [TRANSACT], added, True),
    "add_message": Operation(
        lambda s, key: s.add_message(make_message(key), NOW), [GET, TRANSACT], said, ["said"]
    ),
    "set_status": Operation(
        lambda s, key: s.set_status(key, Status.READ), [UPDATE], status, Status.READ
    ),
    "set_expiry": Operation(
        lambda s, key: s.set_expiry(key, LATER),
        [GET, QUERY, "GET", *[UPDATE] * 3],
        expiry,
        LATER,
    ),
    "withdraw": Operation(
        lambda s, key: s.withdraw(key, EXPIRY),
        [GET, "GET", QUERY, TRANSACT, "GET"],
        status,
        Status.WITHDRAWN,
    ),
    "attachments.add": Operation(
        lambda s, key: s.attachments.add(make_file(key), NOW, 3),
        [GET, "HEAD", "PUT", GET],
        files,
        [b"sealed file"],
    ),
}
EACH_CALL = [(name, n) for name, each in OPERATIONS.items() for n in range(len(each.calls))]


@pytest.fixture(scope="module")
def aws(moto):
    """One table and one bucket, behind one proxy; and past it."""
    with pytest.MonkeyPatch.context() as patch, faulty_proxy(moto) as (proxy, address):
        for name, value in CREDENTIALS.items():
            patch.setenv(name, value)
        table, bucket = make_table(moto), make_bucket(moto)

        def store_at(where, patience=HURRIED):
            calls = [AwsCalls(service, where, patience) for service in ("dynamodb", "s3")]
            return DynamodbSubmissionStore(table, calls[0], S3Files(bucket, calls[1]))

        stores = {
            "plain": store_at(moto),
            "broken": store_at(address),
            "hurried": store_at(address, SHORT_OF_TIME),
        }
        yield SimpleNamespace(**stores, proxy=proxy, address=address)
        for store in stores.values():
            store.close()


@pytest.fixture
def key(aws):
    """Of a record that nobody else uses."""
    made = f"{next(_numbers):x}"
    aws.proxy.plan(lambda number: "")
    aws.plain.add(make_record(made))
    return made


@pytest.mark.parametrize("name", OPERATIONS)
def test_the_calls_are_those_that_are_broken_below(aws, key, name):
    OPERATIONS[name].act(aws.broken, key)

    assert aws.proxy.operations == OPERATIONS[name].calls


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize(("name", "first"), EACH_CALL)
def test_a_fault_that_lasts_is_told_and_leaves_nothing_that_cannot_be_done_again(
    aws, key, name, first, fault
):
    operation = OPERATIONS[name]
    before = operation.seen(aws.plain, key)
    aws.proxy.plan(lambda number: fault if number >= first else "")

    with pytest.raises(StoreUnavailableError) as told:
        operation.act(aws.hurried if fault == "silent" else aws.broken, key)

    is_certain = not isinstance(told.value, StoreUncertainError)
    assert is_certain or not (operation.is_reading or (first == 0 and fault in CERTAIN))
    if is_certain:
        assert operation.seen(aws.plain, key) == before

    aws.proxy.plan(lambda number: "")
    operation.act(aws.broken, key)
    assert operation.seen(aws.plain, key) == operation.done


@pytest.mark.parametrize("fault", ["refused", "cut_after"])
@pytest.mark.parametrize(("name", "at"), EACH_CALL)
def test_a_fault_that_passes_is_not_seen(aws, key, name, at, fault):
    operation = OPERATIONS[name]
    aws.proxy.plan(lambda number: fault if number == at else "")

    operation.act(aws.broken, key)

    assert operation.seen(aws.plain, key) == operation.done


@pytest.mark.parametrize("fault", ["refused", "forbidden", "cut_before", "cut_after", "broken"])
@pytest.mark.parametrize("call", ["Query", "BatchGetItem", "GET", "DELETE", "BatchWriteItem"])
def test_a_purge_that_was_cut_short_is_done_again(aws, key, call, fault):
    aws.plain.add_message(make_message(key), NOW)
    aws.plain.attachments.add(make_file(key), NOW, 3)
    aws.proxy.plan(lambda number: fault if aws.proxy.operations[number] == call else "")

    with pytest.raises(StoreUnavailableError):
        aws.broken.purge(EXPIRY)

    aws.proxy.plan(lambda number: "")
    assert aws.broken.purge(EXPIRY) >= (call != "BatchWriteItem" or fault != "cut_after")
    assert aws.plain.find(key, NOW) is None
    assert list(aws.plain._files.of(key)) == []
    aws.plain.add(make_record(key))
    assert aws.plain.messages(key, NOW) == []


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("first", [0, 1])
def test_keys_are_made_once_whatever_breaks(aws, fault, first):
    parameter = f"/reperes/{next(_numbers)}/keys"
    keys = SsmKeys(parameter, AwsCalls("ssm", aws.address, SHORT_OF_TIME))
    aws.proxy.plan(lambda number: fault if number >= first else "")
    with pytest.raises(StoreUnavailableError):
        keys.rotate(NOW, lambda size: b"a" * size)

    aws.proxy.plan(lambda number: "")
    keys.rotate(NOW, lambda size: b"b" * size)

    assert keys(NOW).previous is None  # one generation, whichever of the two won
    assert aws.proxy.operations[:1] == ["GetParameter"]


@pytest.mark.parametrize("fault", FAULTS)
def test_without_keys_nothing_is_signed(aws, fault):
    keys = SsmKeys(f"/reperes/{next(_numbers)}/keys", AwsCalls("ssm", aws.address, SHORT_OF_TIME))
    aws.proxy.plan(lambda number: fault)

    with pytest.raises(StoreUnavailableError) as told:
        keys(NOW)

    assert not isinstance(told.value, StoreUncertainError)
