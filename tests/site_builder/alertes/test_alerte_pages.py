"""Pelican's pages and feeds say what was written, and nothing else."""

from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from lxml import etree
from places import ROOT, TODAY

from site_builder.alertes.model import Alerte, AlerteKind, AlerteMeta
from site_builder.contacts import load_contacts
from site_builder.front_matter import Document
from site_builder.generators.alertes_pelican import start_alertes
from site_builder.generators.compiled import compiled_templates
from site_builder.generators.pelican_command import PelicanCommand
from site_builder.project import Project
from site_builder.settings import required_settings
from site_builder.theme import Theme

TITLE, SUMMARY = "Vol & « recel » <b>", 'Un "faux" agent & l’eau <br>.'
BODY = """Fermez la porte. <script>alert(1)</script>

[le guide](../guides/vols/vol-velo.md "a' onclick=b c\\" d")
"""
ATOM = "{http://www.w3.org/2005/Atom}"


class Attributes(HTMLParser):
    """Names of the attributes of a page."""

    def __init__(self):
        super().__init__()
        self.names = set()

    def handle_starttag(self, tag, attrs):
        self.names |= {name for name, _ in attrs}


def attributes(html):
    read = Attributes()
    read.feed(html)
    return read.names


@pytest.fixture(scope="module")
def output(tmp_path_factory):
    work = tmp_path_factory.mktemp("alertes")
    meta = AlerteMeta(
        title=TITLE,
        summary=SUMMARY,
        date=date(2026, 11, 20),
        expires=date(2026, 11, 30),
        kind=AlerteKind.SECURITE,
        departements=("33",),
    )
    document = Document(Path("content/alertes/2026-11-20-essai.md"), {}, BODY, 1)
    contacts, _ = load_contacts(ROOT / "content" / "contacts.yaml")
    theme = Theme(required_settings(Project(ROOT)), contacts, TODAY)
    alerte = Alerte("2026-11-20-essai", meta, document)
    with PelicanCommand() as pelican:
        start_alertes(pelican, theme, [alerte], {"33": "Gironde"}, work, TODAY)
        pelican.finish()
    return work / "output" / "alertes"


def test_a_page_shows_its_text_and_runs_nothing(output):
    page = (output / "2026-11-20-essai" / "index.html").read_text(encoding="utf-8")
    main = page[page.index("<main") : page.index("</main>")]

    assert "Vol &amp; « recel » &lt;b&gt;" in main
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in main
    assert 'href="/guides/vols/vol-velo/"' in main
    assert not {name for name in attributes(main) if name.startswith("on")}


def test_a_feed_says_the_same_and_stays_well_formed(output):
    entry = etree.parse(output / "33" / "feed.atom").getroot().find(f"{ATOM}entry")
    content = entry.findtext(f"{ATOM}content")

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in content
    assert not {name for name in attributes(content) if name.startswith("on")}
    assert 'Un "faux" agent &amp; l’eau' in entry.findtext(f"{ATOM}summary").replace("&quot;", '"')


def test_templates_compiled_with_other_options_are_not_used(tmp_path):
    options = tmp_path / "options.py"
    options.write_text("autoescape = True")
    first = compiled_templates(tmp_path, options)
    options.write_text("autoescape = False")

    assert first.is_dir()
    assert compiled_templates(tmp_path, options) != first
