"""The built site, and what surrounds every answer: security headers, a helpful 404."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from whitenoise import WhiteNoise

from chalicelib.http.edge import broken, to_response
from chalicelib.http.services import Services
from reperes_server.gateway import GatewayApp

if TYPE_CHECKING:
    from _typeshed import OptExcInfo
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment
API = "/api/"


class SiteApp:
    """The functions under /api/, the site everywhere else."""

    def __init__(self, api: GatewayApp, site: Path, autorefresh: bool) -> None:
        self._api = api
        self._not_found = site / "404.html"
        self._files = WhiteNoise(
            self._missing,
            root=str(site),
            prefix="/",
            autorefresh=autorefresh,
            max_age=None,  # said by headers.json
            allow_all_origins=False,
            index_file=True,
            mimetypes={
                ".geojson": "application/geo+json",
                ".atom": "application/atom+xml",
                ".webmanifest": "application/manifest+json",
                "cap.xml": "application/cap+xml",
            },
        )

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """One request."""
        app: WSGIApplication = self._api if _path(environ).startswith(API) else self._files
        return app(environ, start_response)

    def _missing(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        try:
            body = self._not_found.read_bytes()
        except FileNotFoundError:
            body = str(self._api.unknown()["body"]).encode()
        headers = [
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Length", str(len(body))),
        ]
        start_response("404 Not Found", headers)
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]


class HeadersApp:
    """Puts the headers of the site on every answer that has not its own."""

    def __init__(self, app: WSGIApplication, services: Services) -> None:
        self._app = app
        self._services = services

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """One request."""

        def start(
            status: str, headers: list[tuple[str, str]], exc_info: OptExcInfo | None = None
        ) -> object:
            own = {name.lower() for name, _ in headers}
            site = self._services.assets().headers(_path(environ))
            headers += [(name, value) for name, value in site.items() if name.lower() not in own]
            return start_response(status, headers, exc_info)

        try:
            return self._app(environ, start)  # type: ignore[arg-type] # waitress ignores write()
        except Exception as error:  # the outer edge: a bug is logged by its name, no address
            outgoing = broken(self._services, error, "server")
            page = to_response(self._services, "/", outgoing)
            body = str(page.body).encode()
            headers = [(name, str(value)) for name, value in page.headers.items()]
            start("500 Internal Server Error", [*headers, ("Content-Length", str(len(body)))])
            return [body]


def _path(environ: WSGIEnvironment) -> str:
    return str(environ.get("PATH_INFO", ""))
