"""Markup, scripts and template signs in every field of every page: text, and nothing else."""

from html.parser import HTMLParser

import pytest
from intake_world import AGENT, FORMS

from chalicelib.intake import follow
from chalicelib.intake.derive import lookup_of
from chalicelib.intake.follow import Message
from chalicelib.intake.ports import Author
from chalicelib.routing.routing import Readers

PAYLOAD = (
    "\"'><script>alert(1)</script><img src=x onerror=alert(1)></textarea></title></main>"
    "<!--@main--><form action=//evil.example><base href=//evil.example>{{7*7}}{% raw %}${7*7}"
    "javascript:alert(1) &lt;b&gt; \\u003cscript\\u003e\u2028]]>"
)
NEUTRAL = "n" * len(PAYLOAD)
PAGES = [("signalement", "facts"), ("pre-plainte", "facts"), ("arnaque", "facts")]


class Shape(HTMLParser):
    """The tags of a page and the names of their attributes: what markup would change."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, *(name for name, _ in attrs if name != "checked")))

    def handle_endtag(self, tag):
        self.found.append((f"/{tag}",))

    def handle_comment(self, data):
        self.found.append(("comment",))


def shape(page):
    return Shape(page.html).found


def fields_with(form, name, text):
    return {**FORMS[form], name: text}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("action", ["verifier", "modifier", "confirmer"])
def test_no_field_changes_the_page_that_gives_it_back(world, form, action):
    names = [*FORMS[form], "token", "ne_pas_remplir", "objects.0.label", "objects.0.serial"]
    for name in names:
        hostile = world.post(f"/api/{form}", {**fields_with(form, name, PAYLOAD), "action": action})
        neutral = world.post(f"/api/{form}", {**fields_with(form, name, NEUTRAL), "action": action})

        if hostile.status == neutral.status:
            assert shape(hostile) == shape(neutral), name
        assert "<script>alert" not in hostile.html
        assert "<img src=x" not in hostile.html


@pytest.mark.parametrize(("form", "name"), PAGES)
def test_no_text_changes_the_check_page_the_acknowledgement_or_the_follow_up(world, form, name):
    shapes = []
    for text in (PAYLOAD, NEUTRAL):
        check = world.checked(form, fields_with(form, name, text))
        sent = world.press(check, "confirmer")
        record = world.post("/api/suivi", {"code": sent.code})
        message = {"code": sent.code, "message": text, "action": "ecrire"}
        written = world.post("/api/suivi", {**record.fields, **message})
        wrong = world.post("/api/suivi", {"code": f"{text}{sent.code}"})
        assert [page.status for page in (check, sent, record, written)] == [200] * 4
        shapes.append([shape(page) for page in (check, sent, record, written, wrong)])

    assert shapes[0] == shapes[1]
    (hostile,) = [each for each in world.opened() if "script" in each["answers"][name]]
    assert "<script>alert(1)</script>" in hostile["answers"][name]  # agents read what was typed


def test_names_of_fields_and_of_buttons_are_not_given_back(world):
    for form in FORMS:
        for fields in (
            {PAYLOAD: "x", "action": "verifier"},
            {"action": PAYLOAD},
            {f"objects.0.{PAYLOAD}": "x", "action": "modifier"},
            {"action": f"ajouter.{PAYLOAD}"},
        ):
            page = world.post(f"/api/{form}", {**FORMS[form], **fields})

            assert page.status in (200, 400, 422)
            assert "evil.example" not in page.html


def test_an_agents_answer_is_text_too(world):
    shapes = []
    for number, text in enumerate((PAYLOAD, NEUTRAL)):
        code = world.press(world.checked(), "confirmer").code
        record = world.store.find_by_lookup(lookup_of(code.replace("-", "")), world.now)
        message = Message(Author.AGENT, world.now, text)
        readers = Readers((str(AGENT.to_public()),))
        sealed = follow.sealed_message(record, message, bytes([number]) * 32, readers)
        world.store.add_message(sealed, world.now)
        shapes.append(shape(world.post("/api/suivi", {"code": code})))

    assert shapes[0] == shapes[1]
