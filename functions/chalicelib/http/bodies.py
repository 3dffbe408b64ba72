"""Bodies of requests → fields."""

from __future__ import annotations

import base64
from urllib.parse import parse_qsl

from chalicelib.errors import BodyTooLargeError, UnreadableBodyError, UnsupportedBodyError
from chalicelib.http.exchange import Incoming, Upload
from chalicelib.intake.derive import NONCE_BYTES

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
# The longest form is 10,000 characters of 4 bytes, each written %XX, and its small fields.
MAX_FORM_BYTES = 512 * 1024
_MAX_FIELDS = 1_000


def read_form(incoming: Incoming) -> dict[str, list[str]]:
    """The fields of a posted form.

    Raises:
        UnsupportedBodyError, BodyTooLargeError, UnreadableBodyError: nothing was read.
    """
    if incoming.media_type != FORM:
        raise UnsupportedBodyError
    if len(incoming.body) > MAX_FORM_BYTES:
        raise BodyTooLargeError
    try:
        pairs = parse_qsl(
            incoming.body.decode(),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MAX_FIELDS,
        )
    except ValueError:
        raise UnreadableBodyError from None  # the error would quote what was typed
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return fields


def read_fields(
    incoming: Incoming, with_files: bool
) -> tuple[dict[str, list[str]], dict[str, Upload]]:
    """The fields of a posted form and, where files are taken, its files.

    Raises:
        UnsupportedBodyError, BodyTooLargeError, UnreadableBodyError: nothing was read.
    """
    if with_files and incoming.media_type == MULTIPART:
        # Imported here: the parser of e-mails is heavy, and only files need it.
        from chalicelib.http.multipart import read_multipart

        return read_multipart(incoming)
    return read_form(incoming), {}


def last(fields: dict[str, list[str]], name: str) -> str:
    """The last value of a field, or nothing."""
    return fields.get(name, [""])[-1]


def nonce_in(fields: dict[str, list[str]]) -> bytes:
    """The nonce that a page carried, so that what it sends counts once.

    Raises:
        UnreadableBodyError: it is not one of ours.
    """
    try:
        nonce = base64.b64decode(last(fields, "nonce"), altchars=b"-_", validate=True)
    except ValueError:
        raise UnreadableBodyError from None
    if len(nonce) != NONCE_BYTES:
        raise UnreadableBodyError
    return nonce
