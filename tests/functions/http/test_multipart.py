import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.errors import BodyTooLargeError, UnreadableBodyError
from chalicelib.http.exchange import Incoming
from chalicelib.http.multipart import MAX_UPLOAD_BYTES, Upload, read_multipart

TYPE = "multipart/form-data; boundary=XX"


def part(disposition, data, more=b""):
    return (
        b"--XX\r\nContent-Disposition: form-data; "
        + disposition
        + b"\r\n"
        + more
        + b"\r\n"
        + data
        + b"\r\n"
    )


def read(body, media_type=TYPE):
    return read_multipart(Incoming("POST", "/api/suivi", {"content-type": media_type}, body))


@given(st.binary(max_size=2_000).filter(lambda data: b"--XX" not in data))
def test_a_file_arrives_byte_for_byte(data):
    body = part(b'name="file"; filename="a.jpg"', data) + b"--XX--\r\n"

    assert read(body) == ({}, {"file": Upload("a.jpg", data)})


def test_fields_and_files_are_told_apart():
    body = part(b'name="code"', b"7K2M") + part(b'name="file"; filename=""', b"") + b"--XX--"

    assert read(body) == ({"code": ["7K2M"]}, {"file": Upload("", b"")})


def test_a_name_with_accents_is_read():
    body = part('name="file"; filename="été.jpg"'.encode(), b"x") + b"--XX--"

    _, files = read(body)

    assert files["file"] == Upload("été.jpg", b"x")


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        (b"", TYPE),
        (b"--XX--", TYPE),
        (part(b'name="a"', b"x"), TYPE),
        (part(b'name="a"', b"x") + b"--XX--", "multipart/form-data; boundary=YY"),
        (part(b'name="a"', b"x") + b"--XX--", "multipart/form-data"),
        (part(b'name="a"', b"x") + b"--XX--", "multipart/form-data; boundary="),
        (part(b'filename="a"', b"x") + b"--XX--", TYPE),
        (part(b'name="a"', b"\xff") + b"--XX--", TYPE),
        (part(b'name="a"', b"x") * 21 + b"--XX--", TYPE),
        (
            part(
                b'name="a"',
                b"--YY\r\n\r\nx\r\n--YY--",
                b"Content-Type: multipart/mixed; boundary=YY\r\n",
            )
            + b"--XX--",
            TYPE,
        ),
    ],
    ids=[
        "empty", "no part", "no end", "wrong boundary", "no boundary", "empty boundary",
        "no name", "not UTF-8", "21 parts", "nested",
    ],
)  # fmt: skip
def test_a_body_that_is_not_what_it_says_is_unreadable(body, media_type):
    with pytest.raises(UnreadableBodyError):
        read(body, media_type)


def test_over_the_limit_nothing_is_read():
    with pytest.raises(BodyTooLargeError):
        read(b"a" * (MAX_UPLOAD_BYTES + 1))


@pytest.mark.parametrize(
    "body",
    [
        b"--XX\r\n\r\nx\r\n" * 250_000 + b"--XX--\r\n",
        b"--XX\r\n" + b"X: y\r\n" * 500_000 + b"\r\nx\r\n--XX--\r\n",
        b"--XX\r\nContent-Type: multipart/mixed; boundary=C\r\nContent-Disposition: form-data; "
        b'name="a"\r\n\r\n' + b"--C\r\n\r\nx\r\n" * 250_000 + b"--C--\r\n\r\n--XX--\r\n",
    ],
    ids=["parts", "headers", "parts in a part"],
)
def test_a_body_made_to_be_slow_is_refused_at_once(body):
    before = time.process_time()

    with pytest.raises(UnreadableBodyError):
        read(body)

    assert time.process_time() - before < 2  # it took twenty seconds
