"""K on AWS, on moto's SSM over HTTP: every copy of the function knows every key in time."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from aws_world import CREDENTIALS, HURRIED, client

from chalicelib.errors import StoreUnavailableError
from chalicelib.stores.aws_calls import AwsCalls
from chalicelib.stores.ssm_keys import ANNOUNCED_BEFORE, READ_AGAIN_AFTER, SsmKeys

NOW = datetime(2026, 11, 22, tzinfo=UTC)
MONTH = timedelta(days=30)


@pytest.fixture
def parameter(moto, monkeypatch):
    for name, value in CREDENTIALS.items():
        monkeypatch.setenv(name, value)
    return f"/reperes/{uuid4().hex}/keys"


@pytest.fixture
def make_copy(parameter, moto):
    """Another copy of the function."""
    return lambda: SsmKeys(parameter, AwsCalls("ssm", moto, HURRIED))


def make_random(letter):
    return lambda count: letter.encode() * count


def secrets(keys):
    return [key and key.secret[:1] for key in (keys.current, keys.previous)]


def test_before_the_first_key_forms_are_closed_for_a_while(make_copy):
    with pytest.raises(StoreUnavailableError):
        make_copy()(NOW)


def test_the_first_key_is_used_at_once_and_is_encrypted(make_copy, parameter, moto):
    assert make_copy().rotate(NOW, make_random("a"))

    assert secrets(make_copy()(NOW)) == [b"a", None]
    assert client("ssm", moto).get_parameter(Name=parameter)["Parameter"]["Type"] == "SecureString"


def test_a_key_that_is_not_due_stays(make_copy):
    copy = make_copy()
    copy.rotate(NOW, make_random("a"))

    assert not copy.rotate(NOW + MONTH - ANNOUNCED_BEFORE - timedelta(seconds=1), make_random("b"))


def test_the_next_key_is_known_to_every_copy_before_it_is_used(make_copy):
    make_copy().rotate(NOW, make_random("a"))
    late_reader, used_from = make_copy(), NOW + MONTH
    late_reader(used_from - ANNOUNCED_BEFORE)  # read just before the announcement

    make_copy().rotate(used_from - ANNOUNCED_BEFORE, make_random("b"))

    assert secrets(late_reader(used_from - timedelta(seconds=1))) == [b"a", None]
    assert secrets(late_reader(used_from)) == [b"b", b"a"]
    assert secrets(make_copy()(used_from)) == [b"b", b"a"]
    assert READ_AGAIN_AFTER < ANNOUNCED_BEFORE


def test_three_generations_are_kept(make_copy, parameter, moto):
    for number, letter in enumerate("abcd"):
        make_copy().rotate(NOW + number * MONTH, make_random(letter))

    assert secrets(make_copy()(NOW + 5 * MONTH)) == [b"d", b"c"]
    value = client("ssm", moto).get_parameter(Name=parameter)["Parameter"]["Value"]
    assert value.count("secret") == 3


def test_the_known_keys_serve_while_ssm_is_down(make_copy):
    copy = make_copy()
    copy.rotate(NOW, make_random("a"))
    copy(NOW)
    copy._calls.close()

    assert secrets(copy(NOW + timedelta(hours=1))) == [b"a", None]


def test_a_spoiled_parameter_is_an_outage_not_a_new_key(make_copy, parameter, moto):
    client("ssm", moto).put_parameter(Name=parameter, Value="{}x", Type="SecureString")

    with pytest.raises(StoreUnavailableError):
        make_copy()(NOW)
    with pytest.raises(StoreUnavailableError):
        make_copy().rotate(NOW, make_random("a"))
