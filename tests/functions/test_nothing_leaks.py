"""A marker typed in every field of every route is found nowhere but inside the seal."""

import logging

import pytest
from intake_world import AGENT, ARNAQUE, FORM_TYPE, FORMS, PRE_PLAINTE, SIGNALEMENT, encoded

from chalicelib.intake import seal

MARKER = "MARQUEUR"
ROUTES = {
    "/api/signalement": {**SIGNALEMENT, "people": "", "urls": ""},
    "/api/pre-plainte": {**PRE_PLAINTE, "author": "", "witnesses": "", "availability": ""},
    "/api/arnaque": {**ARNAQUE, "pseudonyms": "", "wallets": ""},
    "/api/suivi": {"code": "", "message": "", "nonce": "", "until": ""},
}


def marked(fields):
    return {name: f"{MARKER} {value} {'x' * 40}" for name, value in fields.items()}


@pytest.fixture
def logs(caplog, capfd):
    with caplog.at_level(logging.DEBUG):
        yield lambda: caplog.text + "".join(capfd.readouterr())


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("action", ["verifier", "modifier", "confirmer", MARKER])
@pytest.mark.promise("no-trace-in-logs")
def test_no_field_of_any_route_reaches_a_log(world, logs, route, action):
    for fields in (marked(ROUTES[route]), {**ROUTES[route], MARKER: MARKER, "token": MARKER}):
        world.post(route, {**fields, "action": action})

    assert MARKER not in logs()


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.promise("no-trace-in-logs")
def test_no_broken_request_reaches_a_log(world, logs, route):
    body = encoded({"facts": MARKER})
    for sent in (body + b"%ff", body * 40_000, b"\xff" + MARKER.encode()):
        world.request("POST", route, sent, content_type=FORM_TYPE)
    world.request("POST", route, body, content_type=f"text/{MARKER}")
    world.request("PUT", route, body, content_type=FORM_TYPE, user_agent=MARKER)
    world.request("POST", f"{route}?{MARKER}={MARKER}", body, content_type=FORM_TYPE, cookie=MARKER)

    assert MARKER not in logs()


def test_an_outage_while_sending_reaches_no_log(world, logs):
    check = world.checked(fields={**SIGNALEMENT, "place": MARKER})
    world.store.close()

    world.press(check, "confirmer")

    assert MARKER not in logs()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.promise("no-clear-text", "code-not-kept")
def test_the_files_hold_neither_a_word_nor_the_code_nor_the_nonce(world, form):
    base = FORMS[form]
    words = {"facts": f"{MARKER} {base['facts']}"}
    check = world.checked(form, {**base, **words})
    sent = world.press(check, "confirmer")

    files = {file.name: file.read_bytes() for file in world.state.iterdir()}
    assert "submissions.sqlite-wal" in files
    nonce = world.random_draws[-1]
    code = sent.code.replace("-", "")
    secrets = [
        MARKER,
        *map(str, base.values()),
        sent.code,
        code,
        code.lower(),
        check.fields["token"][0],
    ]
    found = [
        (name, secret)
        for name, data in files.items()
        for secret in secrets
        if len(secret) > 3 and secret.encode() in data
    ]
    assert found == []
    assert [name for name, data in files.items() if nonce in data] == []
    assert [name for name, data in files.items() if nonce.hex().encode() in data] == []


def test_the_seal_holds_what_was_typed(world):
    world.press(world.checked(fields={**SIGNALEMENT, "place": MARKER}), "confirmer")

    (record,) = world.store.all(world.now)
    assert seal.unseal(record.ciphertext, [AGENT])["answers"]["place"] == MARKER
