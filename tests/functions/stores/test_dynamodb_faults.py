"""Whatever breaks, and whenever, the person is told the truth: every fault at every call."""

from dataclasses import replace

import pytest
from aws_world import HURRIED, calls, items_of, make_table
from faulty_proxy import FAULTS, faulty_proxy
from intake_world import World

from chalicelib.stores.dynamodb import DynamodbSubmissionStore

PATIENCE = replace(HURRIED, tries=2, answer_s=0.6)
NOT_RECORDED = "Rien n’a été enregistré"
NOT_KNOWN = "Nous ne savons pas si votre envoi est enregistré"


class BrokenWorld(World):
    """The whole application on DynamoDB, behind a proxy that breaks."""

    def __init__(self, assets, state, address, moto, proxy):
        super().__init__(assets, state)
        self.store.close()
        self.address, self.proxied, self.proxy = moto, address, proxy
        self.table = make_table(moto)
        self.store = DynamodbSubmissionStore(self.table, calls(address, PATIENCE))

    def recorded(self):
        """How many records the table really has, asked past the proxy."""
        items = items_of(self.address, self.table)
        return sum(item["sk"]["S"] == "record" for item in items)


@pytest.fixture
def broken(assets, tmp_path, dynamodb):
    with (
        faulty_proxy(dynamodb) as (proxy, address),
        BrokenWorld(assets, tmp_path / "state", address, dynamodb, proxy) as made,
    ):
        yield made


def test_one_confirmation_is_one_call(broken):
    checked = broken.checked()
    broken.proxy.plan(lambda number: "")

    assert broken.press(checked, "confirmer").reference != ""

    assert broken.proxy.operations == ["TransactWriteItems"]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_that_passes_is_not_seen(broken, fault):
    checked = broken.checked()
    broken.proxy.plan(lambda number: fault if number == 0 and fault != "forbidden" else "")

    page = broken.press(checked, "confirmer")

    assert (page.status, broken.recorded()) == (200, 1)
    assert page.reference != ""


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("first", [0, 1, 2])
def test_a_fault_that_lasts_is_told_as_it_is(broken, fault, first):
    checked = broken.checked()
    # A cut after the work, then whatever follows: the calls before `first` are cut, done.
    broken.proxy.plan(lambda number: fault if number >= first else "cut_after")

    page = broken.press(checked, "confirmer")

    recorded = broken.recorded()
    if page.status == 200:
        assert recorded == 1
    else:
        assert page.status == 503
        if NOT_RECORDED in page.text:
            assert recorded == 0
        else:
            assert NOT_KNOWN in page.text
    if first == 0 and fault in ("refused", "forbidden"):
        assert NOT_RECORDED in page.text  # certain: it is not left in doubt
    if recorded and fault != "cut_after":
        assert NOT_RECORDED not in page.text


@pytest.mark.parametrize("fault", FAULTS)
def test_after_the_fault_the_same_page_is_recorded_once(broken, fault):
    checked = broken.checked()
    broken.proxy.plan(lambda number: fault)
    broken.press(checked, "confirmer")
    broken.proxy.plan(lambda number: "")

    again = broken.press(checked, "confirmer")

    assert (again.status, broken.recorded()) == (200, 1)
    items = items_of(broken.address, broken.table)
    assert {"S": again.reference} in [item.get("reference") for item in items]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_reading_that_fails_never_leaves_a_doubt(broken, fault):
    code = broken.press(broken.checked(), "confirmer").code
    broken.proxy.plan(lambda number: fault)

    page = broken.post("/api/suivi", {"code": code})

    assert page.status == 503
    assert NOT_KNOWN not in page.text


def test_the_time_budget_bounds_the_tries(broken):
    waited = []
    slow = replace(
        PATIENCE, tries=100, budget_s=10, sleep=waited.append, pause_s=1, jitter=lambda: 1.0
    )
    seconds = iter(range(0, 1_000, 3))
    slow = replace(slow, seconds=lambda: next(seconds))
    broken.store = DynamodbSubmissionStore(broken.table, calls(broken.proxied, slow))
    checked = broken.checked()
    broken.proxy.plan(lambda number: "refused")

    assert broken.press(checked, "confirmer").status == 503
    assert (len(broken.proxy.operations), waited) == (2, [2.0])


def test_a_missing_table_is_an_outage_not_a_trace(broken):
    store = DynamodbSubmissionStore("no-such-table", calls(broken.address, PATIENCE))
    broken.store, store = store, broken.store

    page = broken.press(broken.checked(), "confirmer")

    assert (page.status, NOT_RECORDED in page.text) == (503, True)
    store.close()


def test_the_health_page_asks_the_table(broken):
    assert broken.request("GET", "/api/health").status == 200
    broken.proxy.plan(lambda number: "refused")

    assert broken.request("GET", "/api/health").status == 503
