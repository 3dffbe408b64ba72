"""The routes of the follow-up: `/api/suivi` for pages, `/api/suivi/…` for programs."""

from __future__ import annotations

from collections.abc import Iterable

from chalice.app import Blueprint, Response

from chalicelib.forms.spec import FormSpec
from chalicelib.http.edge import answer
from chalicelib.http.exchange import Incoming, Outgoing, see_other
from chalicelib.http.openapi_suivi import STEPS
from chalicelib.http.services import Services


def blueprint(services: Services, forms: Iterable[FormSpec]) -> Blueprint:
    """The routes, to be registered on the app; `forms` are those that give codes.

    What answers is imported by the first request of a code: a cold start for a form has no
    use for it.
    """
    routes = Blueprint(__name__)
    known = {form.name: form for form in forms}

    def pages(incoming: Incoming) -> Outgoing:
        from chalicelib.suivi.handler import SuiviHandler
        from chalicelib.suivi.visits import Visits

        return SuiviHandler(services, Visits(services, known))(incoming)

    @routes.route("/api/suivi", methods=["GET", "POST"], content_types=["*/*"], name="suivi")
    def follow() -> Response:
        request = routes.current_request
        if request.method == "GET":
            return answer(services, request, lambda _: see_other("/suivi/"))
        return answer(services, request, pages)

    for step in STEPS:
        _program(routes, services, step, known)
    return routes


def _program(routes: Blueprint, services: Services, step: str, known: dict[str, FormSpec]) -> None:
    path, name = f"/api/suivi/{step}", f"suivi-{step}"

    def act(incoming: Incoming) -> Outgoing:
        from chalicelib.suivi.api import JsonSuivi
        from chalicelib.suivi.visits import Visits

        programs = JsonSuivi(services, Visits(services, known))
        done: Outgoing = getattr(programs, step)(incoming)
        return done

    @routes.route(path, methods=["POST"], content_types=["*/*"], name=name)
    def program() -> Response:
        return answer(services, routes.current_request, act)
