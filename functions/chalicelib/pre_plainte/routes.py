"""The routes of the form: `/api/pre-plainte` for pages, `/api/pre-plainte/…` for programs."""

from __future__ import annotations

from chalice.app import Blueprint, Response

from chalicelib.http.declaration import DeclarationHandler
from chalicelib.http.edge import answer
from chalicelib.http.exchange import see_other
from chalicelib.http.json_api import JsonForm
from chalicelib.http.services import Services
from chalicelib.pre_plainte.model import FORM


def blueprint(services: Services) -> Blueprint:
    """The routes, to be registered on the app."""
    routes = Blueprint(__name__)
    handler = DeclarationHandler(FORM, services)
    programs = JsonForm(FORM, services)

    # Every content type comes in: the edge refuses the wrong ones in our words.
    @routes.route(FORM.action, methods=["GET", "POST"], content_types=["*/*"], name=FORM.name)
    def declare() -> Response:
        request = routes.current_request
        if request.method == "GET":  # someone reloads the address of an answer
            return answer(services, request, lambda _: see_other(FORM.page))
        return answer(services, request, handler)

    @routes.route(
        f"{FORM.action}/check", methods=["POST"], content_types=["*/*"], name=f"{FORM.name}-check"
    )
    def check() -> Response:
        return answer(services, routes.current_request, programs.check)

    @routes.route(
        f"{FORM.action}/confirm",
        methods=["POST"],
        content_types=["*/*"],
        name=f"{FORM.name}-confirm",
    )
    def confirm() -> Response:
        return answer(services, routes.current_request, programs.confirm)

    return routes
