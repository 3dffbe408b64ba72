"""The routes of one form: `/api/signalement` for pages, `/api/signalement/…` for programs."""

from __future__ import annotations

from chalice.app import Blueprint, Response

from chalicelib.forms.spec import FormSpec
from chalicelib.http.declaration import DeclarationHandler
from chalicelib.http.edge import answer
from chalicelib.http.exchange import see_other
from chalicelib.http.json_api import JsonForm
from chalicelib.http.services import Services


def blueprint(form: FormSpec, services: Services) -> Blueprint:
    """The routes, to be registered on the app."""
    routes = Blueprint(__name__)
    handler = DeclarationHandler(form, services)
    programs = JsonForm(form, services)

    # Every content type comes in: the edge refuses the wrong ones in our words.
    @routes.route(form.action, methods=["GET", "POST"], content_types=["*/*"], name=form.name)
    def declare() -> Response:
        request = routes.current_request
        if request.method == "GET":  # someone reloads the address of an answer
            return answer(services, request, lambda _: see_other(form.page))
        return answer(services, request, handler)

    @routes.route(
        f"{form.action}/check", methods=["POST"], content_types=["*/*"], name=f"{form.name}-check"
    )
    def check() -> Response:
        return answer(services, routes.current_request, programs.check)

    @routes.route(
        f"{form.action}/confirm",
        methods=["POST"],
        content_types=["*/*"],
        name=f"{form.name}-confirm",
    )
    def confirm() -> Response:
        return answer(services, routes.current_request, programs.confirm)

    return routes
