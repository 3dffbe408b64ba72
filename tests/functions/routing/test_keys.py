"""A key that cannot be sealed to is refused in a sentence, never by a crash at the first record."""

import bech32
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyrage import x25519

from chalicelib.intake import seal
from chalicelib.routing.keys import is_recipient, wrong_key

PRIME = 2**255 - 19
# https://cr.yp.to/ecdh.html, « Validate »: a point of order 8; its inverse is the other one.
ORDER_8 = 325606250916557431795983626356110631294008115727848805560023387167927233504
SMALL = (0, 1, ORDER_8, pow(ORDER_8, -1, PRIME), PRIME - 1, PRIME, PRIME + 1)


def written(number):
    return bech32.bech32_encode("age", bech32.convertbits(number.to_bytes(32, "little"), 8, 5))


@pytest.mark.parametrize("number", SMALL)
@pytest.mark.parametrize("top_bit", [0, 1 << 255])
def test_a_point_that_makes_age_panic_is_refused(number, top_bit):
    key = written(number | top_bit)

    assert not is_recipient(key)
    with pytest.raises(BaseException, match="all-zero"):  # what would stop the program otherwise
        seal.seal({}, [key])


@given(st.binary(min_size=32, max_size=32))
def test_any_other_point_is_taken_and_can_be_sealed_to(seed):
    words = bech32.convertbits(seed, 8, 5)
    identity = x25519.Identity.from_str(bech32.bech32_encode("age-secret-key-", words).upper())
    key = str(identity.to_public())

    assert is_recipient(key)
    assert is_recipient(key.upper())
    assert seal.unseal(seal.seal({"a": 1}, [key]), [identity]) == {"a": 1}


@pytest.mark.parametrize(
    "text",
    ["", "age1", "age1nimporte", "é", "ssh-ed25519 AAAA", str(x25519.Identity.generate())],
    ids=["empty", "short", "wrong", "accent", "ssh", "secret"],
)
def test_what_is_no_public_key_is_refused(text):
    assert not is_recipient(text)


def test_the_sentence_says_what_to_do():
    assert "« age1faux » n’est pas une clé publique age" in wrong_key("age1faux")


def test_the_sentence_never_repeats_a_secret_key():
    secret = str(x25519.Identity.generate())

    for written in (secret, secret.lower()):
        assert "clé secrète" in wrong_key(written)
        assert written not in wrong_key(written)
