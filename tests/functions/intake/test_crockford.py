import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.intake import crockford


def test_the_first_bits_become_the_first_characters():
    assert crockford.encode(bytes([0b00000_000, 0b01_111110]), 3) == "01Z"


def test_too_few_bits_are_refused():
    with pytest.raises(ValueError, match="bits"):
        crockford.encode(b"\x00" * 7, 12)


@given(st.binary(min_size=13, max_size=32))
def test_what_is_shown_in_groups_can_be_typed_back(data):
    code = crockford.encode(data, 20)

    typed = crockford.grouped(code).lower().replace("-", " – ").replace("0", "o").replace("1", "l")

    assert crockford.normalised(typed) == code
    assert crockford.is_valid(code, 20)


@pytest.mark.parametrize("text", ["", "7K2M", "7K2M9QXD4TFBU", "UUUUUUUUUUUU", "7K2M9QXD4TF!"])
def test_other_lengths_and_letters_are_not_valid(text):
    assert not crockford.is_valid(text, 12)
