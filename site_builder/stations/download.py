"""Fetches an official file over https, with a size limit, a time-out and a checksum."""

from __future__ import annotations

import hashlib
import os
import re
import time
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from site_builder.errors import SiteBuilderError
from site_builder.stations.tables import MAX_BYTES

TIMEOUT_S = 30.0  # for the whole file
_CHUNK = 64 * 1024
_LOCAL = {"127.0.0.1", "localhost", "::1"}


class _SafeRedirects(HTTPRedirectHandler):
    """Follows redirections, never to plain http nor to another scheme."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        _check_address(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def is_address(source: str) -> bool:
    """Whether the argument of the command is an address rather than a file."""
    return re.match(r"[a-z][a-z0-9+.-]+://", source, re.IGNORECASE) is not None


def fetch(
    address: str,
    folder: Path,
    sha256: str = "",
    *,
    timeout_s: float = TIMEOUT_S,
    max_bytes: int = MAX_BYTES,
) -> Path:
    """Download into `folder`; the file bears the date that the server gives it.

    Raises:
        SiteBuilderError: not https, too large, too slow, refused, or not the expected checksum.
    """
    _check_address(address)
    target = folder / (Path(urlsplit(address).path).name or "stations")
    deadline = time.monotonic() + timeout_s
    request = Request(address, headers={"Accept-Encoding": "identity"})  # noqa: S310 - https only
    try:
        with build_opener(_SafeRedirects).open(request, timeout=timeout_s) as answer:
            body = _read(answer, address, deadline, max_bytes)
            modified = answer.headers.get("Last-Modified")
    except (URLError, HTTPException, OSError) as error:
        raise SiteBuilderError(f"« {address} » n’a pas pu être lu : {_reason(error)}") from error
    found = hashlib.sha256(body).hexdigest()
    if sha256 and found != sha256.lower():
        raise SiteBuilderError(f"« {address} » n’a pas l’empreinte attendue : {found}")
    target.write_bytes(body)
    if modified:
        moment = parsedate_to_datetime(modified).timestamp()
        os.utime(target, (moment, moment))
    return target


def _check_address(address: str) -> None:
    parts = urlsplit(address)
    is_local = parts.scheme == "http" and parts.hostname in _LOCAL
    if parts.scheme != "https" and not is_local:
        raise SiteBuilderError(f"« {address} » n’est pas en https")


def _read(answer: HTTPResponse, address: str, deadline: float, max_bytes: int) -> bytes:
    chunks, size = [], 0
    while chunk := answer.read1(_CHUNK):
        size += len(chunk)
        if size > max_bytes:
            limit = f"{max_bytes / 1_000_000:g} Mo"
            raise SiteBuilderError(f"« {address} » dépasse {limit} : ce n’est pas une liste")
        if time.monotonic() > deadline:
            raise SiteBuilderError(f"« {address} » est trop lent : réessayez plus tard")
        chunks.append(chunk)
    expected = answer.headers.get("Content-Length")
    if expected and int(expected) != size:
        raise SiteBuilderError(f"« {address} » est arrivé coupé : {size} octets sur {expected}")
    return b"".join(chunks)


def _reason(error: Exception) -> str:
    code = getattr(error, "code", None)
    if code is not None:
        return f"réponse {code}"
    return "délai dépassé" if "timed out" in str(error) else "pas de réponse"
