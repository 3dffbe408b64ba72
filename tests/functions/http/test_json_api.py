"""The same models, tokens and limits for programs; failures are problems (RFC 9457)."""

import json

import pytest
from intake_world import ARNAQUE, PRE_PLAINTE, SIGNALEMENT, World, make_assets

JSON = "application/json"
ANSWERS = {
    "signalement": SIGNALEMENT,
    "pre-plainte": {
        **PRE_PLAINTE,
        "truth": True,
        "contact_email": True,
        "objects": [{"category": "cycle", "damage": "vole", "label": "vélo"}],
    },
    "arnaque": {
        **ARNAQUE,
        **{name: [ARNAQUE[name]] for name in ("urls", "emails", "phones", "ibans")},
    },
}


def ask(world, path, body, **headers):
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    page = world.request("POST", f"/api/{path}", raw, **{"content_type": JSON, **headers})
    return page, json.loads(page.html)


@pytest.mark.parametrize("form", ANSWERS)
def test_a_program_checks_then_confirms_once(world, form):
    _, checked = ask(world, f"{form}/check", {"answers": ANSWERS[form]})
    confirmation = {"answers": checked["answers"], "token": checked["token"]}

    first, sent = ask(world, f"{form}/confirm", confirmation)
    second, again = ask(world, f"{form}/confirm", confirmation)

    (record,) = world.opened()
    assert (first.status, second.status) == (200, 200)
    assert sent == again
    assert sent["code"] == checked["code"]
    assert record["reference"] == sent["reference"]
    assert record["answers"] == checked["answers"]


def test_the_answers_are_those_that_a_page_would_seal(world):
    _, checked = ask(world, "signalement/check", {"answers": SIGNALEMENT})
    page = world.press(world.checked(), "confirmer")

    assert page.status == 200
    assert world.opened()[0]["answers"] == checked["answers"]


def test_wrong_answers_are_told_one_by_one_and_not_repeated(world):
    answers = {**SIGNALEMENT, "theme": "MARKER", "facts": "court", "inconnu": "MARKER"}

    page, body = ask(world, "signalement/check", {"answers": answers})

    assert page.status == 422
    assert page.headers["content-type"] == "application/problem+json"
    assert {error["field"]: error["code"] for error in body["errors"]} == {
        "theme": "choice",
        "facts": "too_short",
        "inconnu": "extra_forbidden",
    }
    assert "MARKER" not in page.html


def test_an_unknown_name_inside_a_thing_is_told_without_a_sentence(world):
    answers = {**ANSWERS["pre-plainte"], "objects": [{"inconnu": "MARKER"}]}

    page, body = ask(world, "pre-plainte/check", {"answers": answers})

    assert page.status == 422
    unknown = {"field": "objects.0.inconnu", "code": "extra_forbidden", "detail": ""}
    assert unknown in body["errors"]
    assert "MARKER" not in page.html


def test_other_content_under_the_same_token_is_a_conflict(world):
    _, checked = ask(world, "signalement/check", {"answers": SIGNALEMENT})
    changed = {**SIGNALEMENT, "place": "ailleurs"}

    page, body = ask(world, "signalement/confirm", {"answers": changed, "token": checked["token"]})

    assert (page.status, body["code"]) == (409, "content_changed")
    assert world.opened() == []


def test_an_expired_token_is_a_conflict(world):
    _, checked = ask(world, "signalement/check", {"answers": SIGNALEMENT})
    world.later(days=1)

    page, body = ask(
        world, "signalement/confirm", {"answers": SIGNALEMENT, "token": checked["token"]}
    )

    assert (page.status, body["code"]) == (409, "token_expired")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"answers": {}',
        b'{"answers": []}',
        b'{"answers": {}, "more": 1}',
        b'{"answers": {"theme": NaN}}',
        b"\xff",
        b"[" * 100_000,
    ],
)
def test_a_body_that_is_not_ours_is_400(world, body):
    page, problem = ask(world, "signalement/check", body)

    assert (page.status, problem["code"]) == (400, "unreadable_body")


@pytest.mark.parametrize("token", [None, 1, ["x"]])
def test_a_token_is_a_text(world, token):
    page, _ = ask(world, "signalement/confirm", {"answers": SIGNALEMENT, "token": token})

    assert page.status == 400


def test_the_edge_refuses_programs_as_it_refuses_pages(world):
    wrong_type, _ = ask(world, "signalement/check", b"{}", content_type="text/plain")
    too_large, _ = ask(world, "signalement/check", b" " * 600_000)
    cross_site, _ = ask(
        world, "signalement/check", {"answers": SIGNALEMENT}, sec_fetch_site="cross-site"
    )
    method = world.request("PUT", "/api/signalement/check", content_type=JSON)

    statuses = [page.status for page in (wrong_type, too_large, cross_site, method)]
    assert statuses == [415, 413, 403, 405]
    assert json.loads(method.html)["code"] == "method_refused"


def test_where_nobody_reads_programs_are_refused_too(tmp_path):
    with World(make_assets(tmp_path / "a", recipients=[]), tmp_path / "s") as world:
        page, problem = ask(world, "signalement/check", {"answers": SIGNALEMENT})

    assert (page.status, problem["code"]) == (503, "closed")


def test_lone_surrogates_do_not_break_anything(world):
    body = b'{"answers": {"theme": "\\ud800", "facts": "\\udfff assez long, oui", "\\ud800": 1}}'

    page, _ = ask(world, "signalement/check", body)

    assert page.status == 422


def test_the_document_describes_every_form_and_the_follow_up(world):
    page = world.request("GET", "/api/openapi.json")
    document = json.loads(page.html)

    assert document["openapi"].startswith("3.1")
    assert set(document["paths"]) == {
        f"/api/{form}/{step}" for form in ANSWERS for step in ("check", "confirm")
    } | {f"/api/suivi/{step}" for step in ("open", "write", "keep", "erase")}
    schemas = document["components"]["schemas"]
    assert schemas["Signalement"]["properties"]["facts"]["maxLength"] == 10_000
    assert schemas["StolenObject"]["required"] == ["category", "damage", "label"]
