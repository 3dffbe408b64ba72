import json
import shutil
import subprocess

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyrage import x25519

from chalicelib.intake import seal

FIRST, SECOND, STRANGER = (x25519.Identity.generate() for _ in range(3))
RECIPIENTS = [str(FIRST.to_public()), str(SECOND.to_public())]
PAYLOAD = {"kind": "signalement", "answers": {"facts": "l’été « ici »"}}


@pytest.mark.parametrize("identity", [FIRST, SECOND])
def test_any_recipient_opens_it(identity):
    assert seal.unseal(seal.seal(PAYLOAD, RECIPIENTS), [identity]) == PAYLOAD


@pytest.mark.promise("sealed")
def test_nobody_else_does():
    with pytest.raises(pyrage.DecryptError):
        seal.unseal(seal.seal(PAYLOAD, RECIPIENTS), [STRANGER])


def test_short_and_less_short_texts_have_the_same_length_inside():
    sealed = [seal.seal({"facts": "a" * n}, RECIPIENTS) for n in (1, 30, 500, 1000)]

    # Outside, age adds a random number of bytes of its own.
    assert {len(pyrage.decrypt(each, [FIRST])) for each in sealed} == {1024}


@given(st.binary(max_size=200_000))
def test_padding_reaches_a_bucket_and_keeps_the_text(text):
    padded = seal.padded(text)

    assert padded.startswith(text)
    assert padded[len(text) :].strip(b" ") == b""
    assert len(padded) in seal.BUCKETS or len(padded) % seal.BUCKETS[-1] == 0


@given(st.integers(0, 3_000), st.integers(0, 3_000))
def test_the_size_of_what_is_sealed_tells_the_bucket_and_nothing_more(one, other):
    sizes = [body_size(seal.seal({"facts": "é" * count}, RECIPIENTS)) for count in (one, other)]
    buckets = [
        len(
            seal.padded(
                json.dumps(
                    {"facts": "é" * count}, ensure_ascii=False, separators=(",", ":")
                ).encode()
            )
        )
        for count in (one, other)
    ]

    assert (sizes[0] == sizes[1]) == (buckets[0] == buckets[1])


def body_size(sealed):
    """Without the header, whose last line is `--- ` and a MAC."""
    header = sealed.index(b"\n--- ") + 1
    return len(sealed) - sealed.index(b"\n", header)


def test_the_age_command_opens_what_was_sealed(tmp_path):
    if shutil.which("age") is None:
        pytest.skip("the age command is not installed on this machine")
    (tmp_path / "key").write_text(str(FIRST))
    (tmp_path / "sealed").write_bytes(seal.seal(PAYLOAD, RECIPIENTS))

    opened = subprocess.run(
        ["age", "--decrypt", "--identity", tmp_path / "key", tmp_path / "sealed"],
        capture_output=True,
        check=True,
    )

    assert json.loads(opened.stdout) == PAYLOAD


def test_decoys_hide_how_many_agents_can_read():
    few = seal.seal(PAYLOAD, RECIPIENTS[:1], decoys=1)

    assert stanzas(few) == stanzas(seal.seal(PAYLOAD, RECIPIENTS)) == 2
    assert seal.unseal(few, [FIRST]) == PAYLOAD
    with pytest.raises(pyrage.DecryptError):
        seal.unseal(few, [SECOND])


def stanzas(sealed):
    """How many keys whoever holds the file can count."""
    return sealed.count(b"-> X25519 ")
