"""The static pages of the forms, in every mode."""

import re
from datetime import date
from pathlib import Path

import pytest

from site_builder.contacts import load_contacts
from site_builder.forms.render import render_forms
from site_builder.forms.words import load_words
from site_builder.project import Project
from site_builder.settings import load_settings
from site_builder.theme import Theme

ROOT = Path(__file__).parents[3]
WORDS, _ = load_words(ROOT / "content")
CONTACTS, _ = load_contacts(ROOT / "content" / "contacts.yaml")
SETTINGS, _ = load_settings(Project(ROOT))
KEY = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"


def pages(**changes):
    settings = SETTINGS.model_copy(update=changes)
    theme = Theme(settings, CONTACTS, date(2026, 11, 22))
    return {o.path: o.body.decode() for o in render_forms(theme, WORDS, settings)}


@pytest.fixture(scope="module")
def demo():
    return pages(mode="demo")


FORM_PAGES = [
    f"declarer/{name}/formulaire/index.html" for name in ("pre-plainte", "signalement", "arnaque")
]


def test_every_page_of_the_forms_is_there(demo):
    assert set(FORM_PAGES) <= set(demo)
    assert {
        "declarer/index.html",
        "declarer/pre-plainte/index.html",
        "declarer/pre-plainte/urgence/index.html",
        "declarer/signalement/index.html",
        "suivi/index.html",
    } <= set(demo)


def test_every_link_of_a_gate_leads_to_a_page_of_the_forms_or_of_the_site(demo):
    elsewhere = {"/urgences/", "/orienteur/", "/stations/", "/guides/droits/porter-plainte/"}
    for path, html in demo.items():
        main = html[html.index("<main") : html.index("</main>")]
        for href in re.findall(r'class="way[^"]*" href="([^"]+)"', main):
            assert href in elsewhere or f"{href.strip('/')}/index.html" in demo, (path, href)


def test_danger_comes_first_and_stops(demo):
    stop = demo["declarer/pre-plainte/urgence/index.html"]

    for number in ("tel:17", "tel:112", "sms:114"):
        assert number in stop[stop.index("<main") :]
    assert "<form" not in stop


def test_violence_hears_the_17_the_3919_and_the_station_first(demo):
    main = demo["declarer/pre-plainte/violences/index.html"].partition("<main")[2]

    order = [main.index(what) for what in ("tel:17", "tel:3919", "/stations/", "/formulaire/")]
    assert order == sorted(order)


def test_the_service_of_the_state_is_offered_before_ours(demo):
    main = demo["declarer/pre-plainte/plainte-en-ligne/index.html"].partition("<main")[2]

    assert main.index('data-contact="plainte-en-ligne"') < main.index("/formulaire/")


@pytest.mark.parametrize("path", FORM_PAGES)
def test_in_demo_the_forms_are_open_and_say_that_nobody_reads(demo, path):
    assert 'method="post" action="/api/' in demo[path]
    assert "personne ne lit" in demo[path]


@pytest.mark.parametrize("path", FORM_PAGES)
def test_intake_with_a_recipient_is_open(path):
    html = pages(mode="intake", recipients=(KEY,))[path]

    assert 'method="post"' in html
    assert "personne ne lit" not in html


@pytest.mark.parametrize("path", FORM_PAGES)
def test_intake_without_a_recipient_is_closed_and_says_what_to_do(path):
    html = pages(mode="intake", recipients=())[path]

    assert "<form" not in html[html.index("<main") :]
    assert "/stations/" in html


def test_preparation_has_a_form_without_action_and_a_closed_signalement():
    made = pages(mode="preparation")

    form, closed = (
        made[FORM_PAGES[0]].partition("<main")[2],
        made[FORM_PAGES[1]].partition("<main")[2],
    )
    assert "<form" in form
    assert "action=" not in form
    assert "<button" not in form
    assert "<form" not in closed


def test_the_tab_never_says_what_the_person_is_doing(demo):
    for path in ("declarer/signalement/formulaire/index.html", "suivi/index.html"):
        (title,) = re.findall("<title>([^<]*)</title>", demo[path])
        assert "ignal" not in title


def test_the_same_input_gives_the_same_bytes(demo):
    assert pages(mode="demo") == demo


def test_the_retention_of_the_settings_is_what_the_page_says():
    retention = SETTINGS.retention.model_copy(update={"signalement_days": 30})

    assert "s’efface après 30 jours" in pages(retention=retention)[FORM_PAGES[1]]
