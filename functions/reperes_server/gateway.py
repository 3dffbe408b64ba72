"""The Chalice application as WSGI, through Chalice's own local gateway."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from chalice.app import Chalice
from chalice.config import Config
from chalice.local import ForbiddenError, LocalChalice, LocalGateway

from chalicelib.errors import UnknownPageError
from chalicelib.http.edge import refused, to_response
from chalicelib.http.services import Services

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


class ThreadedChalice(LocalChalice, Chalice):
    """Chalice with one current request for each thread."""


class GatewayApp:
    """Answers everything under /api/."""

    def __init__(self, app: Chalice, services: Services) -> None:
        self._gateway = LocalGateway(app, Config())
        self._services = services

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """One request; HEAD is GET without the body."""
        method = environ["REQUEST_METHOD"]
        asked = "GET" if method == "HEAD" else method
        try:
            answer = self._gateway.handle_request(
                method=asked, path=_path(environ), headers=_headers(environ), body=_body(environ)
            )
        except ForbiddenError:  # what a real gateway answers when no route matches
            answer = self.unknown()
        body = answer.get("body") or b""
        if answer.get("isBase64Encoded"):
            body = base64.b64decode(body)
        raw = body if isinstance(body, bytes) else body.encode()
        status = HTTPStatus(answer["statusCode"])
        headers = [(name, str(value)) for name, value in answer["headers"].items()]
        headers.append(("Content-Length", str(len(raw))))
        start_response(f"{status.value} {status.phrase}", headers)
        return [b"" if method == "HEAD" else raw]

    def unknown(self) -> dict[str, Any]:
        """The page for an address that is not ours, as the gateway would give it."""
        outgoing = refused(self._services, UnknownPageError())
        answer: dict[str, Any] = to_response(self._services, "/api/", outgoing).to_dict()
        return answer


def _path(environ: WSGIEnvironment) -> str:
    """The address as it was sent: WSGI gives it decoded as Latin-1 (PEP 3333)."""
    path = quote(environ["PATH_INFO"].encode("latin-1"))
    query = environ.get("QUERY_STRING", "")
    return f"{path}?{query}" if query else path


def _headers(environ: WSGIEnvironment) -> dict[str, str]:
    headers = {
        name[5:].replace("_", "-").lower(): value
        for name, value in environ.items()
        if name.startswith("HTTP_")
    }
    media_type, _, parameters = environ.get("CONTENT_TYPE", "").partition(";")
    if media_type.strip().lower() == "multipart/form-data":
        # The gateway compares the whole header with the binary types.
        headers["x-boundary"] = parameters.strip()
    headers["accept"] = "*/*"  # we offer no choice, and Chalice gives no file without being asked
    headers["content-type"] = media_type.strip() or "application/octet-stream"
    return headers


def _body(environ: WSGIEnvironment) -> bytes:
    length = int(environ.get("CONTENT_LENGTH") or 0)
    return bytes(environ["wsgi.input"].read(length)) if length else b""
