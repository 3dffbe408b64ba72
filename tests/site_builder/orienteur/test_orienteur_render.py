"""The pages: static, linked, light, and silent about what they are when they must be."""

import re
from datetime import date
from pathlib import Path

import brotli
import pytest
from orienteur_world import write_content

from site_builder.contacts import load_contacts
from site_builder.orienteur.load import load_flows
from site_builder.orienteur.model import GuideLink
from site_builder.orienteur.render import render_orienteur
from site_builder.project import Project
from site_builder.settings import load_settings
from site_builder.theme import Theme

ROOT = Path(__file__).parents[3]
GUIDES = {
    path.stem: GuideLink(
        path.stem,
        f"/guides/{path.parent.name}/{path.stem}/",
        "\nsensitive: true" in path.read_text(),
    )
    for path in (ROOT / "content" / "guides").glob("*/*.md")
}
# Words that would tell a person who watches what is being read.
TELLING = re.compile(r"violence|menace|viol|harcel|danger|enfant|suicide|plainte|temoin|proche")


@pytest.fixture(scope="module")
def theme():
    site, _ = load_settings(Project(ROOT))
    contacts, _ = load_contacts(ROOT / "content" / "contacts.yaml")
    return Theme(site, contacts, date(2026, 11, 22))


@pytest.fixture(scope="module")
def pages(theme):
    orienteur, _ = load_flows(ROOT / "content")
    outputs = list(render_orienteur(theme, orienteur, GUIDES))
    found = {f"/{output.path.removesuffix('index.html')}": output.body for output in outputs}
    assert len(found) == len(outputs), "two pages have the same address"
    return {path: body.decode() for path, body in found.items()}


@pytest.fixture
def small_pages(theme, tmp_path):
    orienteur, problems = load_flows(write_content(tmp_path))
    assert problems == []
    guides = {
        slug: GuideLink(slug, f"/guides/x/{slug}/") for slug in ("vol-velo", "porter-plainte")
    }
    outputs = render_orienteur(theme, orienteur, guides)
    return {output.path: output.body.decode() for output in outputs}


def sensitive(pages):
    return {path: body for path, body in pages.items() if 'class="sensitive"' in body}


def test_pages_of_a_small_orienteur_are_those_of_its_paths(small_pages):
    assert sorted(small_pages) == [
        "orienteur/appeler/index.html",
        "orienteur/index.html",
        "orienteur/vols/appeler/index.html",
        "orienteur/vols/auteur/index.html",
        "orienteur/vols/en-ligne/index.html",
        "orienteur/vols/index.html",
        "orienteur/vols/vol-velo/appeler/index.html",
        "orienteur/vols/vol-velo/auteur/index.html",
        "orienteur/vols/vol-velo/en-ligne/index.html",
    ]


def test_what_was_said_once_follows_to_the_answer(small_pages):
    with_bike = small_pages["orienteur/vols/vol-velo/en-ligne/index.html"]
    without = small_pages["orienteur/vols/en-ligne/index.html"]

    assert "Le numéro du cadre." in with_bike
    assert "/guides/x/vol-velo/" in with_bike
    assert "Le numéro du cadre." not in without
    assert "/guides/x/vol-velo/" not in without


def test_things_to_have_at_hand_are_not_asked_of_a_person_who_must_call(small_pages):
    assert "Le numéro du cadre." not in small_pages["orienteur/vols/vol-velo/appeler/index.html"]


def test_question_says_how_many_questions_remain(small_pages):
    assert "Encore deux questions." in small_pages["orienteur/vols/index.html"]
    assert "Dernière question." in small_pages["orienteur/vols/auteur/index.html"]


def test_way_back_is_the_question_before(small_pages):
    page = small_pages["orienteur/vols/vol-velo/auteur/index.html"]

    assert '<a href="/orienteur/vols/">Revenir à la question d’avant</a>' in page


def test_every_link_to_the_orienteur_is_a_page(pages):
    links = {
        href for body in pages.values() for href in re.findall(r'href="(/orienteur/[^"]*)"', body)
    }

    assert links - set(pages) == set()


def test_every_page_but_the_first_is_linked(pages):
    links = {href for body in pages.values() for href in re.findall(r'href="([^"]*)"', body)}

    assert set(pages) - links == set()


def test_pages_hold_no_form_no_query_and_one_script(pages):
    for path, body in pages.items():
        main = body.partition("<main")[2].partition("</main>")[0]
        assert "<form" not in main, path
        assert "<script" not in main, path
        assert not re.search(r'href="/[^"]*\?', main), path


def test_sensitive_pages_have_addresses_that_tell_nothing(pages):
    named = {path for path in sensitive(pages) if TELLING.search(path)}

    # the name of a flow that is not sensitive may stand before the code
    assert named == set()
    assert all(
        re.fullmatch(r"/orienteur/([a-z]+(-\d)?/)?([a-z2-7]{5}/)?", p) for p in sensitive(pages)
    )


def test_sensitive_pages_have_a_tab_title_that_tells_nothing(pages):
    titles = {re.search("<title>(.*?)</title>", body)[1] for body in sensitive(pages).values()}

    assert titles == {"Fiche pratique"}
    # One description for all: search engines show it, and a tab of before may too.
    told = {
        text
        for body in sensitive(pages).values()
        for text in re.findall(r'<meta name="description"[^>]*content="(.*?)"', body)
    }
    assert told == {"Informations et démarches."}


def test_flows_on_violence_threats_danger_and_relatives_are_sensitive(pages):
    starts = {f"/orienteur/suite-{number}/" for number in range(1, 6)}

    assert starts <= set(sensitive(pages))


def test_search_engines_list_the_start_and_open_flows_in_place_of_the_rest(pages):
    listed = {path for path, body in pages.items() if "data-instead" not in body}
    others = [body for path, body in pages.items() if path not in listed]

    assert all('data-instead href="http://127.0.0.1:8000/orienteur/"' in body for body in others)
    assert listed == {
        "/orienteur/",
        "/orienteur/arnaques/",
        "/orienteur/contenus/",
        "/orienteur/organisme/",
        "/orienteur/vols/",
    }


def test_every_answer_shows_an_emergency_number_stations_a_guide_and_its_sources(pages):
    answers = [body for body in pages.values() if "Ce qui se passe ensuite" in body]

    assert len(answers) > 60
    for body in answers:
        main = body.partition("<main")[2]
        assert re.search(r'class="now">.*?href="(tel|sms):', main, re.S)
        assert 'href="/stations/"' in main
        assert 'href="/guides/' in main
        assert "D’après ces textes" in main
        assert 'class="service"' in main


def test_pages_are_light(pages):
    heaviest = max(len(brotli.compress(body.encode())) for body in list(pages.values())[::9])

    # bytes, with the script that every page holds; the promise for any page is 14 kB
    assert heaviest < 9_000
