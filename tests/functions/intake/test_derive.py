import re

import pyrage

from chalicelib.intake import derive

NONCE, OTHER = bytes(range(32)), bytes(range(1, 33))
SECRET = b"K" * 32


def test_hkdf_gives_the_first_block_of_the_rfc():
    # RFC 5869, appendix A.1, whose info is binary: read as Latin-1 it is not ours, so A.3.
    expected = "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"

    assert derive.hkdf(b"\x0b" * 22, b"", "").hex() == expected


def test_a_reference_is_twelve_characters_after_its_prefix():
    reference = derive.reference_of(NONCE, "SIG")

    assert re.fullmatch(r"SIG(-[0-9A-HJKMNP-TV-Z]{4}){3}", reference)
    assert reference != derive.reference_of(OTHER, "SIG")


def test_a_code_is_a_hundred_bits_of_the_secret_and_the_nonce():
    code = derive.code_of(SECRET, NONCE)

    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{20}", code)
    assert code == derive.code_of(SECRET, NONCE)
    assert len({code, derive.code_of(b"k" * 32, NONCE), derive.code_of(SECRET, OTHER)}) == 3


def test_what_is_stored_tells_nothing_of_the_code():
    code = derive.code_of(SECRET, NONCE)

    assert code not in derive.lookup_of(code)
    assert derive.lookup_of(code) != derive.lookup_of(code[::-1])


def test_the_code_alone_opens_what_is_sealed_to_its_recipient():
    code = derive.code_of(SECRET, NONCE)
    recipient = pyrage.x25519.Recipient.from_str(derive.follow_recipient(code))

    sealed = pyrage.encrypt(b"answer", [recipient])

    assert pyrage.decrypt(sealed, [derive.follow_identity(code)]) == b"answer"
