"""Identities are written as the library writes them."""

import bech32
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyrage import x25519

from chalicelib.intake.age_key import secret_key


@given(st.binary(min_size=32, max_size=32))
def test_a_key_is_written_as_the_library_writes_it_and_age_reads_it(seed):
    words = bech32.convertbits(seed, 8, 5)

    text = secret_key(seed)

    assert text == bech32.bech32_encode("age-secret-key-", words).upper()
    assert str(x25519.Identity.from_str(text)) == text


@pytest.mark.parametrize("length", [0, 31, 33])
def test_another_length_is_refused(length):
    with pytest.raises(ValueError, match="32 bytes"):
        secret_key(bytes(length))
