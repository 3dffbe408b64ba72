"""`/suivi/` for programs: what pages do, and nothing more."""

import json

import pytest
from intake_world import AGENT

from chalicelib.intake import seal
from chalicelib.intake.ports import Author, Status

JSON = "application/json"


@pytest.fixture
def sent(world):
    return world.press(world.checked(), "confirmer")


def ask(world, step, body, **headers):
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    page = world.request("POST", f"/api/suivi/{step}", raw, **{"content_type": JSON, **headers})
    return page.status, json.loads(page.html)


def test_a_code_opens_its_record(world, sent):
    status, body = ask(world, "open", {"code": sent.code.lower()})
    assert status == 200
    assert body["reference"] == sent.reference
    assert (body["status"], body["answers"]) == ("received", [])
    assert body["expires_at"] == "2027-02-20T06:00:00+00:00"


def test_what_was_written_is_in_no_answer(world, sent):
    _, body = ask(world, "open", {"code": sent.code})
    message = {"code": sent.code, "message": "Un mot à part", "nonce": body["nonce"]}
    _, after = ask(world, "write", message)
    assert "point de vente" not in json.dumps([body, after], ensure_ascii=False)
    assert "Un mot à part" not in json.dumps([body, after], ensure_ascii=False)
    assert sent.code not in json.dumps([body, after])


def test_a_message_counts_once_for_each_nonce(world, sent):
    _, body = ask(world, "open", {"code": sent.code})
    message = {"code": sent.code, "message": "Un mot de plus", "nonce": body["nonce"]}
    first, after = ask(world, "write", message)
    again, _ = ask(world, "write", message)
    assert (first, again) == (200, 200)
    assert after["nonce"] != body["nonce"]
    (record,) = world.store.all(world.now)
    (said,) = world.store.messages(record.key, world.now)
    assert said.author == Author.PERSON
    assert seal.unseal(said.ciphertext, [AGENT])["text"] == "Un mot de plus"


def test_a_record_is_kept_only_until_the_date_that_is_offered(world, sent):
    world.later(days=40)
    _, body = ask(world, "open", {"code": sent.code})
    _, other = ask(world, "keep", {"code": sent.code, "until": "2099-01-01T00:00:00+00:00"})
    _, kept = ask(world, "keep", {"code": sent.code, "until": body["longer_until"]})
    assert other["expires_at"] == body["expires_at"]
    assert kept["expires_at"] == body["longer_until"]


def test_erasing_erases_for_everybody(world, sent):
    status, body = ask(world, "erase", {"code": sent.code})
    assert (status, body) == (200, {"reference": sent.reference})
    assert ask(world, "open", {"code": sent.code})[0] == 422
    (left,) = world.store.all(world.now)
    assert (left.status, left.ciphertext) == (Status.WITHDRAWN, b"")


@pytest.mark.parametrize(
    ("step", "changes", "status", "code"),
    [
        ("open", {"code": ""}, 422, "code_invalid"),
        ("open", {"code": "7K2M"}, 422, "code_invalid"),
        ("open", {"code": "0000-0000-0000-0000-0000"}, 422, "code_unknown"),
        ("open", {"code": 12}, 400, "unreadable_body"),
        ("open", {"more": "x"}, 400, "unreadable_body"),
        ("write", {"message": ""}, 422, "required"),
        ("write", {"message": "x" * 5_001}, 422, "too_long"),
        ("write", {"nonce": "court"}, 400, "unreadable_body"),
        ("write", {"nonce": None}, 400, "unreadable_body"),
    ],
)
def test_what_is_wrong_is_a_problem_that_repeats_nothing(world, sent, step, changes, status, code):
    body = {
        "code": sent.code,
        **({"message": "mot", "nonce": "A" * 43 + "="} if step == "write" else {}),
    }
    found, problem = ask(world, step, {**body, **changes})
    assert found == status
    codes = [problem["code"], *(each["code"] for each in problem.get("errors", ()))]
    assert code in codes
    assert sent.code not in json.dumps(problem)


def test_another_site_cannot_make_a_browser_do_it(world, sent):
    status, _ = ask(world, "erase", {"code": sent.code}, sec_fetch_site="cross-site")
    assert status == 403
    assert ask(world, "open", {"code": sent.code})[0] == 200


def test_a_page_form_cannot_be_taken_for_a_program(world, sent):
    page = world.post("/api/suivi/erase", {"code": sent.code})
    assert page.status == 415
    assert page.headers["content-type"] == "application/problem+json"
