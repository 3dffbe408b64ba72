"""Routes that belong to no form: `/api/health` and `/api/openapi.json`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from chalice.app import Blueprint, Response

from chalicelib.forms.spec import FormSpec
from chalicelib.http.edge import answer
from chalicelib.http.exchange import Outgoing
from chalicelib.http.services import Services


def blueprint(services: Services, forms: Sequence[FormSpec]) -> Blueprint:
    """The routes, to be registered on the app."""
    routes = Blueprint(__name__)

    @cache
    def described() -> dict[str, Any]:
        from chalicelib.http.openapi import document  # for programs only

        return document(forms)

    @routes.route("/api/health", methods=["GET"], content_types=["*/*"])
    def health() -> Response:
        return answer(services, routes.current_request, lambda _: _health(services))

    @routes.route("/api/openapi.json", methods=["GET"], content_types=["*/*"])
    def openapi() -> Response:
        return answer(services, routes.current_request, lambda _: Outgoing(json=described()))

    return routes


def _health(services: Services) -> Outgoing:
    """Whether the store answers, and whether forms are open."""
    services.store().find("", services.clock())
    state: dict[str, Any] = {"status": "ok", "open": bool(services.routing().default)}
    return Outgoing(json=state)
