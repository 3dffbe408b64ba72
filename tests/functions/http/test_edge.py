"""Requests that cannot be answered: a clear French page, and nothing in the logs."""

import re

import pytest
from intake_world import FORM_TYPE, SIGNALEMENT, encoded

from chalicelib.errors import IntakeError
from chalicelib.http import edge
from chalicelib.http.exchange import Incoming

ROUTES = ["/api/signalement", "/api/pre-plainte", "/api/arnaque", "/api/suivi"]
HEADERS = ("content-security-policy", "referrer-policy", "x-content-type-options")


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("media_type", ["text/plain", "application/json", "application/xml", ""])
def test_a_wrong_content_type_is_415(world, route, media_type):
    page = world.request("POST", route, b"facts=x", content_type=media_type)

    assert page.status == 415
    assert "Nous ne savons pas lire cet envoi" in page.text


def test_only_the_follow_up_takes_files(world):
    statuses = [
        world.request("POST", route, b"x", content_type="multipart/form-data; boundary=x").status
        for route in ROUTES
    ]

    assert statuses == [415, 415, 415, 400]


@pytest.mark.parametrize("route", ROUTES)
def test_a_body_over_the_limit_is_413(world, route):
    page = world.request("POST", route, b"facts=" + b"a" * 524_288, content_type=FORM_TYPE)

    assert page.status == 413


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize(
    "body",
    [b"facts=%ff%fe", b"facts=\xff", "&".join(f"f{n}=x" for n in range(10_000)).encode()],
    ids=["percent-encoded", "raw bytes", "10,000 fields"],
)
def test_a_broken_body_is_400(world, route, body):
    assert world.request("POST", route, body, content_type=FORM_TYPE).status == 400


@pytest.mark.parametrize("route", ROUTES)
def test_another_site_cannot_post_here(world, route):
    page = world.request(
        "POST", route, encoded(SIGNALEMENT), content_type=FORM_TYPE, sec_fetch_site="cross-site"
    )

    assert page.status == 403
    assert "autre site" in page.text


@pytest.mark.parametrize("site", ["same-origin", "same-site", "none"])
def test_our_own_pages_can(world, site):
    page = world.request(
        "POST",
        "/api/signalement",
        encoded(SIGNALEMENT),
        content_type=FORM_TYPE,
        sec_fetch_site=site,
        origin="null",
    )

    assert page.status == 200


@pytest.mark.parametrize(
    ("route", "page"),
    [
        ("/api/signalement", "/declarer/signalement/formulaire/"),
        ("/api/pre-plainte", "/declarer/pre-plainte/formulaire/"),
        ("/api/arnaque", "/declarer/arnaque/formulaire/"),
        ("/api/suivi", "/suivi/"),
    ],
)
def test_reloading_the_address_of_an_answer_leads_to_the_form(world, route, page):
    answer = world.request("GET", route)

    assert (answer.status, answer.headers["location"]) == (303, page)


def test_another_method_is_405(world):
    page = world.request("PUT", "/api/signalement", content_type=FORM_TYPE)

    assert page.status == 405
    assert page.headers["allow"] == "GET, POST"


@pytest.mark.parametrize("route", [*ROUTES, "/api/health"])
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
@pytest.mark.promise("no-cookie")
def test_every_answer_is_private_and_carries_the_headers(world, route, method):
    page = world.request(method, route)

    assert page.headers["cache-control"] == "no-store"
    assert [name for name in HEADERS if name not in page.headers] == []
    assert "set-cookie" not in page.headers


def test_health_says_whether_forms_are_open(world):
    page = world.request("GET", "/api/health")

    assert (page.status, page.html) == (200, '{"status": "ok", "open": true}')


def test_health_is_503_when_the_store_does_not_answer(world):
    world.store.close()

    assert world.request("GET", "/api/health").status == 503


def test_a_bug_shows_a_number_and_logs_its_type_only(world, caplog):
    def broken(incoming):
        raise ValueError("MARKER typed by someone")

    incoming = Incoming("POST", "/api/signalement", {})
    outgoing = edge.outcome(world.services, incoming, broken)

    logged = caplog.text
    (error_id,) = re.findall(r"<code>([0-9a-f]{8})</code>", outgoing.main)
    assert outgoing.status == 500
    assert f"ValueError {error_id} /api/signalement" in logged
    assert "MARKER" not in logged + outgoing.main
    assert "Traceback" not in logged


def test_every_failure_has_its_page(world):
    def all_of(kind):
        return {kind} | {sub for each in kind.__subclasses__() for sub in all_of(each)}

    codes = {kind.code for kind in all_of(IntakeError)}
    common = world.services.assets().common

    tokens = {"token_unreadable", "token_expired", "content_changed"}
    assert codes - {"invalid_submission"} - tokens == set(common.pages)
    assert tokens | {"already_sent"} == set(common.tokens)
