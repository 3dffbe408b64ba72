"""The route of the follow-up: `/api/suivi`."""

from __future__ import annotations

from collections.abc import Iterable

from chalice.app import Blueprint, Response

from chalicelib.forms.spec import FormSpec
from chalicelib.http.edge import answer
from chalicelib.http.exchange import see_other
from chalicelib.http.services import Services
from chalicelib.suivi.handler import SuiviHandler
from chalicelib.suivi.visits import Visits


def blueprint(services: Services, forms: Iterable[FormSpec]) -> Blueprint:
    """The route, to be registered on the app; `forms` are those that give codes."""
    routes = Blueprint(__name__)
    handler = SuiviHandler(services, Visits(services, {form.name: form for form in forms}))

    @routes.route("/api/suivi", methods=["GET", "POST"], content_types=["*/*"], name="suivi")
    def follow() -> Response:
        request = routes.current_request
        if request.method == "GET":
            return answer(services, request, lambda _: see_other("/suivi/"))
        return answer(services, request, handler)

    return routes
