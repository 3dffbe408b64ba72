"""The Chalice application put together: routes, and the real outside world for them."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import Lock

from chalice.app import Chalice, Request, Response

import chalicelib.arnaque.model
import chalicelib.erase.routes
import chalicelib.http.declaration_routes
import chalicelib.http.own_routes
import chalicelib.pre_plainte.model
import chalicelib.signalement.model
import chalicelib.suivi.routes
from chalicelib.http.assets import AssetsFolder
from chalicelib.http.edge import refused_by_chalice
from chalicelib.http.services import Services
from chalicelib.intake.limits import Limit
from chalicelib.intake.ports import SubmissionStore
from chalicelib.settings import Settings
from chalicelib.stores.key_file import KeyFile

FORMS = (
    chalicelib.pre_plainte.model.FORM,
    chalicelib.signalement.model.FORM,
    chalicelib.arnaque.model.FORM,
)


def make_services(settings: Settings) -> Services:
    """The real outside world: clock, randomness, files. The store opens at first use."""
    store = _opened_once(settings)
    return Services(
        assets=AssetsFolder(settings.assets, settings.autorefresh),
        store=store,
        keys=KeyFile(settings.signing_keys, os.urandom),
        clock=lambda: datetime.now(UTC),
        random_bytes=os.urandom,
        demo_recipient=cache(lambda: _text_of(settings.demo_recipient)),
        requests=Limit(settings.requests_per_minute, time.monotonic),
        submissions=cache(lambda form: Limit(settings.submissions_per_minute, time.monotonic)),
        attachments=lambda: store().attachments,
        mailer=settings.mailer,
        mails_per_day=settings.mails_per_day,
        digest=settings.digest,
    )


def make_app(services: Services, chalice_class: type[Chalice] = Chalice) -> Chalice:
    """The application on these services."""
    made = chalice_class(app_name="reperes")
    # Nothing else comes or goes as bytes, and each request is compared with all of these.
    made.api.binary_types[:] = ["multipart/form-data"]
    if services.write_pdf:
        made.api.binary_types.append("application/pdf")
    for form in FORMS:
        made.register_blueprint(chalicelib.http.declaration_routes.blueprint(form, services))
    made.register_blueprint(chalicelib.suivi.routes.blueprint(services, FORMS))
    made.register_blueprint(chalicelib.erase.routes.blueprint(services))
    made.register_blueprint(chalicelib.http.own_routes.blueprint(services, FORMS))

    @made.middleware("http")
    def say_it_in_french(event: Request, get_response: Callable[[Request], Response]) -> Response:
        response = get_response(event)
        if isinstance(response.body, dict) and "Code" in response.body:
            return refused_by_chalice(services, response, event.path)
        return response

    return made


def _opened_once(settings: Settings) -> Callable[[], SubmissionStore]:
    lock = Lock()
    opened: list[SubmissionStore] = []

    def store() -> SubmissionStore:
        # Imported here: a cold start on AWS has no use for sqlite3.
        from chalicelib.stores.sqlite import SqliteSubmissionStore

        with lock:
            if not opened:
                opened.append(SqliteSubmissionStore(settings.database))
        return opened[0]

    return store


def _text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return ""
