"""The route of « effacer mes traces »: `/api/effacer`. It reads nothing and keeps nothing."""

from __future__ import annotations

from chalice.app import Blueprint, Response

from chalicelib.http.edge import answer
from chalicelib.http.exchange import Incoming, Outgoing, see_other
from chalicelib.http.services import Services

PAGE = "/effacer-mes-traces/"
# Cookies are left out: this site sets none.
# https://www.w3.org/TR/clear-site-data/ §3.1: each type is a quoted string.
CLEARED = '"cache", "storage"'


def erase(incoming: Incoming) -> Outgoing:
    """A post erases; reading the address leads to the page with the button."""
    if incoming.method != "POST":
        return see_other(PAGE)
    outgoing = see_other(f"{PAGE}fait/")
    outgoing.headers["Clear-Site-Data"] = CLEARED
    return outgoing


def blueprint(services: Services) -> Blueprint:
    """The route, to be registered on the app."""
    routes = Blueprint(__name__)

    @routes.route("/api/effacer", methods=["GET", "POST"], content_types=["*/*"], name="effacer")
    def erase_traces() -> Response:
        return answer(services, routes.current_request, erase)

    return routes
