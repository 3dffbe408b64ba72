"""The one place where failures become pages and where headers are put."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from secrets import token_hex

from chalice.app import Request, Response

from chalicelib.errors import (
    CrossSiteError,
    IntakeError,
    MethodRefusedError,
    TooManyRequestsError,
    UnsupportedBodyError,
)
from chalicelib.forms.render import draw
from chalicelib.forms.words import fill
from chalicelib.http.exchange import Incoming, Outgoing
from chalicelib.http.problems import problem
from chalicelib.http.services import Services

Handler = Callable[[Incoming], Outgoing]
_log = logging.getLogger("reperes")
# A line that cannot be written would print the error that it tells of, with what was sent.
logging.raiseExceptions = False


def answer(services: Services, request: Request, handler: Handler) -> Response:
    """Run `handler` on a request of Chalice."""
    headers = {name: request.headers[name] for name in request.headers}
    body = request.raw_body
    raw = body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass")
    incoming = Incoming(request.method, request.path, headers, raw)
    return to_response(services, incoming.route, outcome(services, incoming, handler))


def outcome(services: Services, incoming: Incoming, handler: Handler) -> Outgoing:
    """What `handler` answers, or the page of what stopped it; never raises."""
    try:
        _require_same_site(incoming)
        return handler(incoming)
    except IntakeError as error:
        return _refusal(services, incoming, error)
    except Exception as error:  # the edge: nothing else than its name leaves it
        return broken(services, error, incoming.route, speaks_json=incoming.speaks_json)


def broken(services: Services, error: Exception, route: str, speaks_json: bool = False) -> Outgoing:
    """A bug: a number to quote, and its type in the log, without what it says."""
    error_id = token_hex(4)
    _log.error("%s %s %s", type(error).__name__, error_id, route)
    if speaks_json:
        return problem(services.assets().common, IntakeError(), error_id)
    return refused(services, IntakeError(), error_id)


def _refusal(services: Services, incoming: Incoming, error: IntakeError) -> Outgoing:
    """A page for people, a problem for programs."""
    if incoming.speaks_json:
        return problem(services.assets().common, error)
    return refused(services, error)


def _require_same_site(incoming: Incoming) -> None:
    """Without a cookie there is no authority to steal, but nobody sends unknowingly.

    `Origin` tells nothing here: under `no-referrer` browsers send `null`.
    """
    if incoming.method == "POST" and incoming.headers.get("sec-fetch-site") == "cross-site":
        raise CrossSiteError


def refused(services: Services, error: IntakeError, error_id: str = "") -> Outgoing:
    """The page that says why a request cannot be answered, and what to do."""
    common = services.assets().common
    words = common.pages[error.code]
    headers, values = {}, {}
    if isinstance(error, TooManyRequestsError):
        headers["Retry-After"] = values["seconds"] = str(error.retry_after_s)
    main = draw(
        "refused.html",
        title=words.title,
        text=fill(words.text, values),
        labels=common.labels,
        error_id=error_id,
    )
    return Outgoing(error.status, words.title, main, headers)


def refused_by_chalice(services: Services, response: Response, route: str) -> Response:
    """Chalice answers some requests itself, in English JSON: say it in our words."""
    known: dict[int, type[IntakeError]] = {405: MethodRefusedError, 415: UnsupportedBodyError}
    error = known.get(response.status_code, IntakeError)()
    outgoing = _refusal(services, Incoming("", route, {}), error)
    if "Allow" in response.headers:
        outgoing.headers["Allow"] = str(response.headers["Allow"])
    return to_response(services, route, outgoing)


def to_response(services: Services, route: str, outgoing: Outgoing) -> Response:
    """An answer as Chalice sends it, with the headers of the site."""
    assets = services.assets()
    headers: dict[str, str | list[str]] = {**assets.headers(route), "Cache-Control": "no-store"}
    headers |= outgoing.headers
    if outgoing.json is not None:
        headers.setdefault("Content-Type", "application/json")
        return Response(json.dumps(outgoing.json), headers, outgoing.status)
    if outgoing.body:
        return Response(outgoing.body, headers, outgoing.status)
    headers["Content-Type"] = "text/html; charset=utf-8"
    body = assets.page(outgoing.title, outgoing.main) if outgoing.main else ""
    return Response(body, headers, outgoing.status)
