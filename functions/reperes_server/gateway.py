"""The Chalice application as WSGI: what API Gateway does on AWS."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from wsgiref.headers import Headers

from chalice.app import Chalice
from chalice.local import LocalChalice

from chalicelib.errors import UnknownPageError
from chalicelib.http.edge import refused, to_response
from chalicelib.http.services import Services
from reperes_server.packed import Packer, is_worth_it, takes_gzip

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


class ThreadedChalice(LocalChalice, Chalice):
    """Chalice with one current request for each thread."""


class GatewayApp:
    """Answers everything under /api/."""

    def __init__(self, app: Chalice, services: Services) -> None:
        self._app = app
        self._services = services
        self._packer: Packer | None = None

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """One request; HEAD is GET without the body."""
        method = environ["REQUEST_METHOD"]
        path = environ["PATH_INFO"].removesuffix("/")
        answer = self._app(_event(environ, path), None) if path in self._app.routes else None
        answer = answer or self.unknown()
        body = answer.get("body") or b""
        if answer.get("isBase64Encoded"):
            body = base64.b64decode(body)
        raw = body if isinstance(body, bytes) else body.encode()
        status = HTTPStatus(answer["statusCode"])
        headers = [(name, str(value)) for name, value in answer["headers"].items()]
        if is_worth_it(Headers(headers).get("Content-Type", ""), raw):
            headers.append(("Vary", "Accept-Encoding"))
            if takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")):
                raw = self._packed(raw)
                headers.append(("Content-Encoding", "gzip"))
        headers.append(("Content-Length", str(len(raw))))
        start_response(f"{status.value} {status.phrase}", headers)
        return [b"" if method == "HEAD" else raw]

    def _packed(self, page: bytes) -> bytes:
        beginning = self._services.assets().beginning
        packer = self._packer
        if packer is None or packer.beginning != beginning:  # the first page, or a new build
            packer = self._packer = Packer(beginning)
        return packer.pack(page)

    def unknown(self) -> dict[str, Any]:
        """The page for an address that is not ours, as the gateway would give it."""
        outgoing = refused(self._services, UnknownPageError())
        answer: dict[str, Any] = to_response(self._services, "/api/", outgoing).to_dict()
        return answer


def _event(environ: WSGIEnvironment, path: str) -> dict[str, Any]:
    """A request as API Gateway gives it to Chalice; our routes hold no parameter."""
    method = environ["REQUEST_METHOD"]
    return {
        "requestContext": {
            "httpMethod": "GET" if method == "HEAD" else method,
            "resourcePath": path,
            "path": path,
        },
        "headers": _headers(environ),
        "pathParameters": {},
        "multiValueQueryStringParameters": None,  # no answer in an address (ADR 3)
        "stageVariables": {},
        "body": _body(environ),
    }


def _headers(environ: WSGIEnvironment) -> dict[str, str]:
    headers = {
        name[5:].replace("_", "-").lower(): value
        for name, value in environ.items()
        if name.startswith("HTTP_")
    }
    headers["accept"] = "*/*"  # we offer no choice, and Chalice gives no file without being asked
    headers["content-type"] = environ.get("CONTENT_TYPE") or "application/octet-stream"
    return headers


def _body(environ: WSGIEnvironment) -> bytes:
    length = int(environ.get("CONTENT_LENGTH") or 0)
    return bytes(environ["wsgi.input"].read(length)) if length else b""
