"""The simulation counts by DynamoDB's rules, and gives the same figures for the same seed."""

import pytest

from bench.scale import places
from bench.scale.capacity import Meter, Use, size_of, stored_by, units
from bench.scale.journeys import Step
from bench.scale.partitions import hottest, needed, one_key_a_day
from chalicelib.stores.dynamodb_items import RECORD

RECORD_ITEM = {
    "pk": {"S": "a" * 64},
    "sk": RECORD,
    "shard": {"S": "a"},
    "arrival": {"S": "000000000001#SIG"},
    "expires_at": {"N": "1795327200"},
    "ciphertext": {"B": b"x" * 1_500},
}
PUT = {"TransactItems": [{"Put": {"TableName": "t", "Item": RECORD_ITEM}}]}
KEY = {"pk": RECORD_ITEM["pk"], "sk": RECORD}


def uses(meter, operation, asked, answer=None):
    return list(meter.uses(operation, asked, answer))


@pytest.mark.parametrize(("size", "expected"), [(0, 1), (1, 1), (1_024, 1), (1_025, 2)])
def test_a_unit_is_begun_as_soon_as_there_is_a_byte(size, expected):
    assert units(size, 1) == expected


def test_a_transaction_is_paid_twice_and_each_index_once():
    assert uses(Meter(), "transact_write_items", PUT) == [
        Use("table", "a" * 64, writes=4),
        Use("desk", "a", writes=1),
        Use("purge", "a", writes=1),
    ]


def test_a_change_of_expiry_moves_the_entry_of_the_purge():
    meter = Meter()
    uses(meter, "transact_write_items", PUT)
    asked = {"Key": KEY, "ExpressionAttributeNames": {"#expires_at": "expires_at"}}

    assert uses(meter, "update_item", asked) == [
        Use("table", "a" * 64, writes=2),
        Use("desk", "a", writes=1),
        Use("purge", "a", writes=2),
    ]


def test_a_late_reading_is_half_the_price():
    values = {":shard": {"S": "a"}, ":now": {"N": "1"}}
    asked = {"IndexName": "purge", "ExpressionAttributeValues": values}

    assert uses(Meter(), "query", asked, {"Items": []}) == [Use("purge", "a", reads=0.5)]
    (read,) = uses(Meter(), "get_item", {"Key": KEY}, {"Item": {**RECORD_ITEM}})
    assert read.reads == 1


def test_what_stays_is_the_item_and_its_two_entries():
    entry = size_of({n: RECORD_ITEM[n] for n in ("pk", "sk", "shard", "arrival", "expires_at")})

    assert stored_by("transact_write_items", PUT) == size_of(RECORD_ITEM) + 2 * entry + 300
    assert stored_by("put_object", {"Body": b"12345"}) == 5
    assert stored_by("update_item", {"Key": KEY}) == 0


@pytest.fixture
def steps():
    """One write to the table and one to an index, for each record."""
    made = {name: Step() for name in places.PER_RECORD}
    made["confirm"].uses = [Use("table", "record", writes=6), Use("desk", "a", writes=1)]
    return made


def test_the_same_seed_gives_the_same_figures(steps):
    france = places.PLACES[-1]

    assert hottest(france, steps, 4) == hottest(france, steps, 4)
    assert places.month(france) == places.month(france)


def test_a_key_a_day_would_be_the_hottest_of_all(steps):
    france = places.PLACES[-1]

    spread = hottest(france, steps, 16)["desk"]
    piled = hottest(france, steps, 16, one_key_a_day)["desk"]

    assert piled > 4 * spread
    assert piled == pytest.approx(france.peak_per_s, rel=0.2)
    assert needed(france, steps) == 4


def test_the_hours_are_those_of_one_day():
    assert (len(places.HOURS), sum(places.HOURS)) == (24, 1_000)
    assert places.evening_peak(1_000) == pytest.approx(98 / 3_600)
