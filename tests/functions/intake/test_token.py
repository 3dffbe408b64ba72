from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.errors import TokenUnreadableError
from chalicelib.intake import token
from chalicelib.intake.keys import SigningKey

NOW = datetime(2026, 11, 22, 9, 41, tzinfo=UTC)
KEY = SigningKey(b"k" * 32, NOW)
ISSUED = token.issue(KEY, "signalement", bytes(32), NOW, b"{}")


def test_a_token_is_read_as_it_was_written():
    assert token.read(str(ISSUED)) == ISSUED
    assert token.read(str(ISSUED)).is_signed_by(KEY, "signalement")


def test_another_form_or_another_key_did_not_sign_it():
    assert not ISSUED.is_signed_by(KEY, "pre-plainte")
    assert not ISSUED.is_signed_by(SigningKey(b"j" * 32, NOW), "signalement")


@given(st.integers(0, 108), st.integers(0, 7))
def test_one_changed_bit_is_seen(position, bit):
    data = bytearray(ISSUED.body() + ISSUED.mac)
    data[position] ^= 1 << bit
    text = token.base64.urlsafe_b64encode(bytes(data)).decode()

    try:
        believed = token.read(text).is_signed_by(KEY, "signalement")
    except TokenUnreadableError:
        believed = False

    assert not believed


@given(st.text())
def test_any_other_text_is_unreadable(text):
    with pytest.raises(TokenUnreadableError):
        token.read(text)


def test_it_lives_for_a_day():
    assert ISSUED.is_alive(NOW)
    assert ISSUED.is_alive(NOW + timedelta(hours=24, seconds=-1))
    assert not ISSUED.is_alive(NOW + timedelta(hours=24))
    assert not ISSUED.is_alive(NOW - timedelta(minutes=6))
