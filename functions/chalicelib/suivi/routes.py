"""The routes of the follow-up: `/api/suivi` for pages, `/api/suivi/…` for programs."""

from __future__ import annotations

from collections.abc import Iterable

from chalice.app import Blueprint, Response

from chalicelib.forms.spec import FormSpec
from chalicelib.http.edge import Handler, answer
from chalicelib.http.exchange import see_other
from chalicelib.http.openapi_suivi import STEPS
from chalicelib.http.services import Services
from chalicelib.suivi.api import JsonSuivi
from chalicelib.suivi.handler import SuiviHandler
from chalicelib.suivi.visits import Visits


def blueprint(services: Services, forms: Iterable[FormSpec]) -> Blueprint:
    """The routes, to be registered on the app; `forms` are those that give codes."""
    routes = Blueprint(__name__)
    visits = Visits(services, {form.name: form for form in forms})
    handler = SuiviHandler(services, visits)
    programs = JsonSuivi(services, visits)

    @routes.route("/api/suivi", methods=["GET", "POST"], content_types=["*/*"], name="suivi")
    def follow() -> Response:
        request = routes.current_request
        if request.method == "GET":
            return answer(services, request, lambda _: see_other("/suivi/"))
        return answer(services, request, handler)

    for step in STEPS:
        _program(routes, services, step, getattr(programs, step))
    return routes


def _program(routes: Blueprint, services: Services, step: str, handler: Handler) -> None:
    path, name = f"/api/suivi/{step}", f"suivi-{step}"

    @routes.route(path, methods=["POST"], content_types=["*/*"], name=name)
    def program() -> Response:
        return answer(services, routes.current_request, handler)
