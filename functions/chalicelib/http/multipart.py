"""Bodies of forms that carry a file."""

from __future__ import annotations

from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import HTTP
from typing import NamedTuple

from chalicelib.errors import BodyTooLargeError, UnreadableBodyError
from chalicelib.files.cleaning import MAX_BYTES
from chalicelib.http.exchange import Incoming

MEDIA_TYPE = "multipart/form-data"
MAX_UPLOAD_BYTES = MAX_BYTES + 64 * 1024
_MAX_PARTS = 20


class Upload(NamedTuple):
    """A file as it was sent: neither its name nor its content is trusted."""

    name: str
    data: bytes


def read_multipart(incoming: Incoming) -> tuple[dict[str, list[str]], dict[str, Upload]]:
    """The fields and the files of a body.

    Raises:
        BodyTooLargeError, UnreadableBodyError: nothing was read.
    """
    if len(incoming.body) > MAX_UPLOAD_BYTES:
        raise BodyTooLargeError
    fields: dict[str, list[str]] = {}
    files: dict[str, Upload] = {}
    for part in _parts(incoming):
        name = part.get_param("name", header="content-disposition")
        data = part.get_payload(decode=True)
        if part.is_multipart() or not isinstance(name, str) or not isinstance(data, bytes):
            raise UnreadableBodyError
        file_name = part.get_filename()
        if file_name is not None:
            files[name] = Upload(file_name, data)
            continue
        try:
            fields.setdefault(name, []).append(data.decode())
        except UnicodeDecodeError:
            raise UnreadableBodyError from None
    return fields, files


def _parts(incoming: Incoming) -> list[EmailMessage]:
    media_type = incoming.headers.get("content-type", "")
    if "boundary=" not in media_type:  # the local gateway keeps it apart
        media_type = f"{MEDIA_TYPE}; {incoming.headers.get('x-boundary', '')}"
    if not media_type.isascii() or "\n" in media_type or "boundary=" not in media_type:
        raise UnreadableBodyError
    head = f"Content-Type: {media_type}\r\n\r\n".encode()
    message = BytesParser(policy=HTTP).parsebytes(head + incoming.body)
    parts = list(message.iter_parts()) if message.is_multipart() else []
    if not 0 < len(parts) <= _MAX_PARTS or message.defects:
        raise UnreadableBodyError
    return [part for part in parts if isinstance(part, EmailMessage)]
