"""Bad input, line by line: a clear French page or a JSON problem (RFC 9457), nothing stored,
nothing lost of what was typed, nothing logged of it. What a real socket is needed for is in
tests/functions/server/."""

import errno
import io
import json
import sqlite3
import zlib

import pytest
from annotated_types import MaxLen
from intake_world import FORM_TYPE, FORMS, PRE_PLAINTE, SIGNALEMENT
from PIL import Image

from chalicelib.application import FORMS as SPECS
from chalicelib.forms import groups
from chalicelib.forms.widgets import widget_of

MARKER = "Marqueur"
JSON = "application/json"


@pytest.fixture(autouse=True)
def nothing_is_logged(caplog, capfd):
    caplog.set_level("INFO")
    yield
    assert MARKER not in caplog.text + "".join(capfd.readouterr())


def nothing_stored(world):
    return list(world.store.all(world.now)) == []


def limits():
    """Every text of every form that has a limit."""
    for spec in SPECS:
        for name, info in spec.model.model_fields.items():
            if widget_of(info).kind == "group":
                inner = groups.groups_of(spec.model)[name].model_fields
                yield from ((spec.name, f"{name}.0.{key}", most) for key, most in longest(inner))
        yield from ((spec.name, name, most) for name, most in longest(spec.model.model_fields))


def longest(fields):
    for name, info in fields.items():
        rules = [rule.max_length for rule in info.metadata if isinstance(rule, MaxLen)]
        if rules and widget_of(info).kind in ("text", "textarea"):
            yield name, min(rules)


def test_every_form_has_texts_with_limits():
    assert {form for form, _, _ in limits()} == set(FORMS)
    assert len(list(limits())) > 30


@pytest.mark.parametrize(("form", "name", "most"), list(limits()))
def test_every_field_over_its_limit(world, form, name, most):
    thing = {"objects.0.category": "autre", "objects.0.damage": "vole", "objects.0.label": "clé"}
    fields = {**FORMS[form], **(thing if name.startswith("objects") else {})}
    typed = (f"{MARKER} " * most)[: most + 1].strip().ljust(most + 1, "x")

    page = world.post(f"/api/{form}", {**fields, name: typed, "action": "verifier"})

    assert page.status == 422
    assert len(page.errors[name]) > 15
    assert page.fields[name] == [typed]
    assert page.fields["facts"] == [typed if name == "facts" else FORMS[form]["facts"]]
    assert nothing_stored(world)


@pytest.mark.parametrize("day", ["31/02/2026", "00/01/2026", "2026-13-01", "32 janvier 2026", "0"])
@pytest.mark.parametrize("form", FORMS)
def test_impossible_dates(world, form, day):
    fields = {**FORMS[form], "when": "day", "when_start": day, "action": "verifier"}
    page = world.post(f"/api/{form}", fields)
    assert page.status == 422
    assert "date" in page.errors["when_start"]
    assert page.fields["when_start"] == [day]


def test_right_to_left_and_control_characters(world):
    hidden = "\u202egnp.exe\u2066\u200f\x00\x07\x1b[31m\u200b"
    check = world.checked(fields={**SIGNALEMENT, "place": f"avant{hidden}après"})
    for sign in "\u202e\u2066\u200f\x00\x07\x1b\u200b":
        assert sign not in check.html
    world.press(check, "confirmer")
    assert world.opened()[0]["answers"]["place"] == "avantgnp.exe[31maprès"


@pytest.mark.parametrize("body", [b"facts=%ff%fe", b"facts=\xff\xfe", b"\x80=1", b"facts=%C0%AF"])
@pytest.mark.parametrize("form", FORMS)
def test_invalid_utf_8(world, form, body):
    page = world.request("POST", f"/api/{form}", body, content_type=FORM_TYPE)
    assert page.status == 400
    assert "Nous n’avons pas pu lire cet envoi" in page.text
    page = world.request("POST", f"/api/{form}/check", body, content_type=JSON)
    assert (page.status, json.loads(page.html)["code"]) == (400, "unreadable_body")


@pytest.mark.parametrize(
    "names", [lambda n: f"f{n}", lambda n: "facts", lambda n: f"objects.{n}.x"]
)
def test_ten_thousand_fields(world, names):
    body = "&".join(f"{names(number)}={MARKER}" for number in range(10_000)).encode()
    page = world.request("POST", "/api/pre-plainte", body, content_type=FORM_TYPE)
    assert page.status == 400
    assert nothing_stored(world)


def upload(world, sent, body, boundary="XX"):
    page = world.post("/api/suivi", {"code": sent.code})
    assert page.status == 200
    return world.request(
        "POST",
        "/api/suivi",
        body,
        content_type="multipart/form-data",
        x_boundary=f"boundary={boundary}",
    )


NESTED = (
    b'--XX\r\nContent-Disposition: form-data; name="code"\r\n'
    b"Content-Type: multipart/mixed; boundary=YY\r\n\r\n--YY\r\n\r\nx\r\n--YY--\r\n--XX--\r\n"
)
PLAIN = b'--XX\r\nContent-Disposition: form-data; name="code"\r\n\r\nx\r\n--XX--\r\n'


@pytest.mark.parametrize(
    ("body", "boundary"),
    [(NESTED, "XX"), (PLAIN, "ZZ"), (PLAIN, ""), (PLAIN, "X" * 71), (PLAIN[:-8], "XX")],
    ids=["nested", "another boundary", "no boundary", "long boundary", "cut"],
)
def test_nested_multipart_and_wrong_boundary(world, body, boundary):
    sent = world.press(world.checked(), "confirmer")
    page = upload(world, sent, body, boundary)
    assert page.status == 400
    assert "Nous n’avons pas pu lire cet envoi" in page.text


def bomb():
    """A picture of 30,000 × 30,000 pixels in a few kilobytes."""
    header = b"\x89PNG\r\n\x1a\n"
    size = (30_000).to_bytes(4, "big") * 2 + b"\x08\x00\x00\x00\x00"
    rows = zlib.compress(bytes(1_000_000), 9)

    def chunk(kind, data):
        crc = zlib.crc32(kind + data).to_bytes(4, "big")
        return len(data).to_bytes(4, "big") + kind + data + crc

    return header + chunk(b"IHDR", size) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def polyglot():
    """A picture that is a page with a script too."""
    image, out = Image.new("RGB", (8, 8), "red"), io.BytesIO()
    image.save(out, "GIF")
    return out.getvalue() + b"<script>alert(1)</script>"


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("photo.png", bomb(), "trop grande"),
        ("photo.gif", polyglot(), "pas ce genre"),
        ("photo.jpg", b"<html><script>alert(1)</script>\x00", "pas ce genre"),
        ("doc.pdf", b"MZ" + b"%PDF-1.7" * 20 + b"\x00", "pas ce genre"),
        ("photo.jpg", b"\xff\xd8\xff\xe0" + b"\x00" * 500, "ne s’ouvre pas"),
        ("vide.txt", b"", "est vide"),
    ],
)
def test_decompression_bombs_and_polyglots(world, name, data, reason):
    sent = world.press(world.checked(), "confirmer")
    page = world.upload(world.post("/api/suivi", {"code": sent.code}), name, data)
    assert page.status == 422
    assert reason in page.errors["file"]


@pytest.mark.parametrize("form", FORMS)
def test_header_injection(world, form):
    typed = f"x\r\nSet-Cookie: {MARKER}=1\r\n\r\n<h1>"
    page = world.post(f"/api/{form}", {name: typed for name in (*FORMS[form], "action", "token")})
    assert page.status in (400, 422)
    assert "set-cookie" not in page.headers
    assert not any("\n" in value or MARKER in value for value in page.headers.values())


@pytest.mark.parametrize("token", ["", "faux", "A" * 200, "é", "A" * 20_000])
@pytest.mark.parametrize("form", FORMS)
def test_forged_tokens(world, form, token):
    page = world.press(world.checked(form), "confirmer", token=token)
    assert page.status == 409
    assert page.fields["facts"] == [FORMS[form]["facts"]]
    assert page.fields["token"] != [token]
    assert nothing_stored(world)


def test_expired_tokens(world):
    check = world.checked()
    world.later(days=1)
    page = world.press(check, "confirmer")
    assert page.status == 409
    assert "Rien n’est perdu" in page.text
    assert nothing_stored(world)
    assert world.press(page, "confirmer").status == 200


def test_a_replayed_token_with_other_content(world):
    check = world.checked()
    first = world.press(check, "confirmer")
    page = world.press(
        check, "confirmer", facts=[f"{MARKER} : un tout autre récit, bien plus long"]
    )
    assert page.status == 409
    assert first.reference in page.text
    assert [each["answers"]["facts"] for each in world.opened()] == [SIGNALEMENT["facts"]]


@pytest.fixture
def broken(world, monkeypatch):
    """Makes the next durable write fail, then work again."""

    def fail_with(error):
        left = [error]
        store, add = world.store, world.store.add

        def stops_once(submission):
            if left:
                with store.database.writing():
                    raise left.pop()
            return add(submission)

        monkeypatch.setattr(store, "add", stops_once)

    return fail_with


@pytest.mark.parametrize(
    "error",
    [
        sqlite3.OperationalError("database or disk is full"),
        sqlite3.OperationalError("database is locked"),
        sqlite3.OperationalError("disk I/O error"),
    ],
    ids=["a full disk", "a locked database", "a store that stops between seal and commit"],
)
@pytest.mark.parametrize("form", FORMS)
def test_a_store_that_fails_says_so_and_the_same_button_works_again(world, broken, form, error):
    check = world.checked(form, {**FORMS[form], "facts": f"{MARKER} {FORMS[form]['facts']}"})
    broken(error)

    page = world.press(check, "confirmer")
    assert page.status == 503
    assert "Rien n’a été enregistré" in page.text
    assert nothing_stored(world)

    again = world.press(check, "confirmer")
    assert again.status == 200
    assert [each["reference"] for each in world.opened()] == [again.reference]


def test_a_disk_that_fails_under_a_file_loses_nothing_either(world, monkeypatch):
    sent = world.press(world.checked(), "confirmer")
    record = world.post("/api/suivi", {"code": sent.code})

    def full(*_):
        raise OSError(errno.ENOSPC, MARKER)

    monkeypatch.setattr(type(world.store.attachments), "add", full)
    page = world.upload(record, "note.txt", b"une note")
    assert page.status == 500
    assert MARKER not in page.html
    assert world.post("/api/suivi", {"code": sent.code}).status == 200


@pytest.mark.parametrize("step", ["check", "confirm"])
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b"null",
        b'{"answers": 1}',
        b'{"answers": {}, "x": 1}',
        b"[" * 100_000,
        b"NaN",
    ],
)
def test_a_program_is_told_by_a_problem(world, step, body):
    page = world.request("POST", f"/api/pre-plainte/{step}", body, content_type=JSON)
    problem = json.loads(page.html)
    assert page.status == problem["status"] in (400, 422)
    assert page.headers["content-type"] == "application/problem+json"
    assert {"type", "title", "status", "code"} <= set(problem)


def test_a_name_with_every_trick_is_text_to_agents(world):
    trick = "<script>alert(1)</script>{{7*7}}${7*7}'\"`;--"
    fields = {**PRE_PLAINTE, "birth_name": trick, "usage_name": trick}
    check = world.checked("pre-plainte", fields)
    assert "<script>" not in check.html
    world.press(check, "confirmer")
    assert world.opened()[0]["answers"]["birth_name"] == trick
