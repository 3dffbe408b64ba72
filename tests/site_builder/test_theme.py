"""What every page shares: what search engines are told, and where one is in the menu."""

import re
from datetime import date

import pytest
from places import ROOT

from site_builder.contacts import load_contacts
from site_builder.discovery import is_listed
from site_builder.project import Project
from site_builder.settings import Link, required_settings
from site_builder.theme import Page, Theme

TODAY = date(2026, 11, 22)
CONTACTS, _ = load_contacts(ROOT / "content" / "contacts.yaml")
SITE = required_settings(Project(ROOT))
MENU = (
    Link(key="guides", label="Guides", href="/guides/"),
    Link(key="stations", label="Où aller", href="/stations/"),
    Link(label="Arnaques", href="/guides/arnaques/"),
)
_CURRENT = re.compile(r'<a href="([^"]+)" aria-current="([^"]+)"')


@pytest.fixture(scope="module")
def theme():
    return Theme(SITE.model_copy(update={"menu": MENU}), CONTACTS, TODAY)


@pytest.mark.parametrize(
    ("page", "listed"),
    [
        (Page("/vie-privee/", "Vie privée", "Ce que nous gardons."), True),
        (Page("/hors-ligne/sans-reseau/", "Pas de réseau", indexed=False), False),
        (Page("/orienteur/vols/fin/", "Vol", "Que faire.", instead="/orienteur/"), False),
    ],
)
def test_a_page_that_is_not_for_search_engines_is_known_by_its_beginning(theme, page, listed):
    assert is_listed(theme.render("mentions.html", page)) is listed


@pytest.mark.parametrize(
    ("path", "section", "current"),
    [
        ("/guides/", "guides", [("/guides/", "page")]),
        ("/guides/vols/", "guides", [("/guides/", "true")]),
        ("", "guides", [("/guides/", "true")]),
        ("/guides/arnaques/", "guides", [("/guides/", "true"), ("/guides/arnaques/", "page")]),
        ("/stations/33/", "stations", [("/stations/", "true")]),
        ("/alertes/", "alertes", []),
        ("/", "", []),
        ("", "", []),
    ],
)
def test_the_menu_tells_where_one_is(theme, path, section, current):
    html = theme.render("mentions.html", Page(path, "Page", section=section)).decode()

    assert _CURRENT.findall(html) == current
