"""The route of the follow-up: `/api/suivi`."""

from __future__ import annotations

from chalice.app import Blueprint, Response

from chalicelib.http.edge import answer
from chalicelib.http.exchange import see_other
from chalicelib.http.services import Services
from chalicelib.suivi.handler import SuiviHandler


def blueprint(services: Services) -> Blueprint:
    """The route, to be registered on the app."""
    routes = Blueprint(__name__)
    handler = SuiviHandler(services)

    @routes.route("/api/suivi", methods=["GET", "POST"], content_types=["*/*"], name="suivi")
    def follow() -> Response:
        request = routes.current_request
        if request.method == "GET":
            return answer(services, request, lambda _: see_other("/suivi/"))
        return answer(services, request, handler)

    return routes
