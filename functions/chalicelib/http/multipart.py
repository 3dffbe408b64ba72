"""Bodies of forms that carry a file."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from email.parser import HeaderParser
from email.policy import HTTP

from chalicelib.errors import BodyTooLargeError, UnreadableBodyError
from chalicelib.files.cleaning import MAX_BYTES
from chalicelib.http.exchange import Incoming, Upload

MAX_UPLOAD_BYTES = MAX_BYTES + 64 * 1024
_MAX_PARTS = 20
_MAX_HEAD_BYTES = 4_096  # of one part: its name, the name of the file


def read_multipart(incoming: Incoming) -> tuple[dict[str, list[str]], dict[str, Upload]]:
    """The fields and the files of a body.

    Raises:
        BodyTooLargeError, UnreadableBodyError: nothing was read.
    """
    if len(incoming.body) > MAX_UPLOAD_BYTES:
        raise BodyTooLargeError
    fields: dict[str, list[str]] = {}
    files: dict[str, Upload] = {}
    for head, data in _parts(incoming.body, _boundary(incoming)):
        name = head.get_param("name", header="content-disposition")
        if not isinstance(name, str) or head.get_content_maintype() == "multipart":
            raise UnreadableBodyError
        file_name = head.get_filename()
        if file_name is not None:
            files[name] = Upload(file_name, data)
            continue
        try:
            fields.setdefault(name, []).append(data.decode())
        except UnicodeDecodeError:
            raise UnreadableBodyError from None
    return fields, files


def _boundary(incoming: Incoming) -> bytes:
    media_type = incoming.headers.get("content-type", "")
    if not media_type.isascii() or "\n" in media_type:
        raise UnreadableBodyError
    boundary = _head(f"Content-Type: {media_type}".encode()).get_boundary() or ""
    if not 0 < len(boundary) <= 70:  # RFC 2046 §5.1.1
        raise UnreadableBodyError
    return boundary.encode()


def _parts(body: bytes, boundary: bytes) -> Iterator[tuple[EmailMessage, bytes]]:
    """Head and content of each part (RFC 7578).

    Cut here and not by `email`, which reads a body line by line, and holds the processor
    for twenty seconds on 4 MB of empty parts.
    """
    pieces = (b"\r\n" + body).split(b"\r\n--" + boundary, _MAX_PARTS + 2)
    if not 3 <= len(pieces) <= _MAX_PARTS + 2 or not pieces[-1].startswith(b"--"):
        raise UnreadableBodyError
    for piece in pieces[1:-1]:
        start, _, rest = piece.partition(b"\r\n")
        head, between, data = rest.partition(b"\r\n\r\n")
        if start.strip() or not between or len(head) > _MAX_HEAD_BYTES:
            raise UnreadableBodyError
        yield _head(head), data


def _head(head: bytes) -> EmailMessage:
    try:
        message = HeaderParser(policy=HTTP).parsestr(head.decode())
    except UnicodeDecodeError:
        raise UnreadableBodyError from None
    if message.defects or not isinstance(message, EmailMessage):
        raise UnreadableBodyError
    return message
