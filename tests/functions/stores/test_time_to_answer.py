"""Whatever is slow on AWS, the person gets a page of ours before Lambda cuts the function."""

from dataclasses import replace

import pytest
from aws_world import HURRIED, make_table
from faulty_proxy import faulty_proxy

from chalicelib.errors import StoreUnavailableError, StoreUncertainError
from chalicelib.stores.aws_calls import AwsCalls, answered_within


class Clock:
    """Seconds that pass only when somebody waits."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def proxied(dynamodb):
    with faulty_proxy(dynamodb) as (proxy, address):
        yield proxy, address, make_table(dynamodb)


def asking(clock, address, **changes):
    patience = replace(
        HURRIED, tries=100, budget_s=50.0, pause_s=1.0, jitter=lambda: 1.0, **changes
    )
    return AwsCalls("dynamodb", address, replace(patience, sleep=clock.sleep, seconds=clock))


def test_no_try_starts_once_the_request_must_be_answered(clock, proxied):
    proxy, address, table = proxied
    proxy.plan(lambda number: "refused")
    calls = asking(clock, address)

    with answered_within(14, clock), pytest.raises(StoreUnavailableError):
        calls("get_item", TableName=table, Key={"pk": {"S": "a"}, "sk": {"S": "b"}})

    assert clock.now <= 14
    assert len(proxy.operations) == 3  # pauses of 2 and 4 seconds; 8 more would be too late
    calls.close()


def test_a_call_that_comes_too_late_is_not_sent_and_leaves_no_doubt(clock, proxied):
    proxy, address, table = proxied
    proxy.plan(lambda number: "")
    calls = asking(clock, address)

    with answered_within(14, clock):
        clock.sleep(14)
        with pytest.raises(StoreUnavailableError) as told:
            calls("delete_item", TableName=table, Key={"pk": {"S": "a"}, "sk": {"S": "b"}})

    assert proxy.operations == []
    assert not isinstance(told.value, StoreUncertainError)
    calls.close()


def test_the_next_request_has_all_its_time(clock, proxied):
    proxy, address, table = proxied
    proxy.plan(lambda number: "")
    calls = asking(clock, address)
    with answered_within(14, clock):
        clock.sleep(20)

    with answered_within(14, clock):
        calls("get_item", TableName=table, Key={"pk": {"S": "a"}, "sk": {"S": "b"}})

    assert proxy.operations == ["GetItem"]
    calls.close()
