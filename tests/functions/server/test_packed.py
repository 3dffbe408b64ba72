"""Answers are light on the way, and the same once there."""

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reperes_server.packed import Packer, is_worth_it, takes_gzip

BEGINNING = b"<!doctype html>" + bytes(range(256)) * 40


@given(st.binary(max_size=5_000))
def test_a_page_comes_back_as_it_was(rest):
    packer = Packer(BEGINNING)

    for page in (BEGINNING + rest, rest):
        assert gzip.decompress(packer.pack(page)) == page


def test_pages_do_not_see_one_another():
    packer = Packer(BEGINNING)
    alone = packer.pack(BEGINNING + b"secret of one reader" * 20)

    for _ in range(3):
        packer.pack(BEGINNING + b"secret of another reader" * 20)

    assert packer.pack(BEGINNING + b"secret of one reader" * 20) == alone


def test_a_browser_reads_it_as_one_stream():
    packed = Packer(BEGINNING).pack(BEGINNING + b"<p>" * 300)

    reader = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    assert reader.decompress(packed) == BEGINNING + b"<p>" * 300
    assert reader.eof
    assert reader.unused_data == b""


@pytest.mark.parametrize(
    ("header", "takes"),
    [
        ("gzip, deflate, br", True),
        ("br;q=1.0, GZIP;q=0.5", True),
        ("x-gzip", True),
        ("", False),
        ("identity", False),
        ("br", False),
        ("gzip;q=0", False),
        ("gzip ; q=0.000, br", False),
        ("notgzip", False),
    ],
)
def test_only_who_takes_gzip_gets_it(header, takes):
    assert takes_gzip(header) is takes


def test_short_answers_and_files_are_left_alone():
    assert is_worth_it("text/html; charset=utf-8", bytes(2_000))
    assert not is_worth_it("text/html; charset=utf-8", bytes(20))
    assert not is_worth_it("application/pdf", bytes(2_000))
    assert not is_worth_it("application/problem+json", bytes(2_000))
