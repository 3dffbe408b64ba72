"""Search engines are told what each page is for, and nothing of who reads it."""

import re

import pytest
from places import ROOT, TODAY

from site_builder.build import check
from site_builder.discovery import is_listed
from site_builder.forms.render import render_forms
from site_builder.orienteur.render import render_orienteur
from site_builder.pages.render import render_pages
from site_builder.project import Project
from site_builder.theme import Theme

DESCRIPTION = re.compile(r'<meta name="description"[^>]*content="(.*?)"')
NEUTRAL = "Informations et démarches."


@pytest.fixture(scope="module")
def pages():
    library = check(Project(ROOT), TODAY).library
    theme = Theme(library.site, library.contacts, TODAY)
    outputs = [
        *render_pages(theme, library.site, library.contacts, [], [], "/index.json"),
        *render_forms(theme, library.words, library.site),
        *render_orienteur(theme, library.orienteur, library.guide_links),
    ]
    return {o.path: o.body.decode() for o in outputs if o.path.endswith("index.html")}


def test_every_page_that_may_be_found_says_what_it_is_for(pages):
    silent = [
        path
        for path, html in pages.items()
        if is_listed(html.encode()) and not DESCRIPTION.search(html)
    ]

    assert len(pages) > 100
    assert silent == []


def test_sensitive_pages_all_say_the_same(pages):
    sensitive = [html for html in pages.values() if '<body class="sensitive"' in html]

    assert len(sensitive) > 100
    assert {DESCRIPTION.search(html)[1] for html in sensitive} == {NEUTRAL}
