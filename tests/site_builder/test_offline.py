"""What may be kept on a phone, and what never is."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from site_builder.build import check
from site_builder.offline import OfflineCopies
from site_builder.orienteur.render import render_orienteur
from site_builder.outputs import Output, page_file
from site_builder.project import Project
from site_builder.theme import Page, Theme

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 22)
NEVER = re.compile(r"^/(api|declarer|suivi|effacer-mes-traces)/")


@pytest.fixture(scope="module")
def library():
    return check(Project(ROOT), TODAY).library


@pytest.fixture(scope="module")
def theme(library):
    return Theme(library.site, library.contacts, TODAY)


def make_files(theme, library, **changes):
    """A site with every guide and the real orienteur; the text of guides does not matter here."""
    files = {output.path: output.body for output in theme.outputs()}
    for output in render_orienteur(theme, library.orienteur, library.guide_links):
        files[output.path] = output.body
    for url in ("/", "/urgences/", "/suivi/", "/declarer/signalement/formulaire/"):
        files[page_file(url)] = theme.render("mentions.html", Page(url, "Page"))
    for guide in library.guides:
        page = Page(guide.url, guide.meta.title, sensitive=guide.meta.sensitive)
        files[page_file(guide.url)] = theme.render("mentions.html", page)
    return files | changes


def made(theme, library, **changes):
    files = make_files(theme, library, **changes)
    copies = OfflineCopies(theme, library)
    passed = [*copies.passing(Output(path, body) for path, body in files.items())]
    assert {output.path: output.body for output in passed} == files
    return {output.path: output.body for output in copies.outputs()}


def kept(outputs):
    (bundle,) = [body for path, body in outputs.items() if path.startswith("hors-ligne/pages.")]
    return json.loads(bundle)


@pytest.fixture(scope="module")
def outputs(theme, library):
    return made(theme, library)


def test_guides_are_kept_unless_they_are_sensitive(outputs, library):
    files = kept(outputs)["files"]

    for guide in library.guides:
        assert (guide.url in files) is not guide.meta.sensitive, guide.url


def test_no_kept_page_is_sensitive_a_form_or_an_answer(outputs):
    files = kept(outputs)["files"]

    assert [url for url, text in files.items() if 'class="sensitive"' in text] == []
    assert [url for url in files if NEVER.search(url)] == []
    assert {"/", "/urgences/", "/orienteur/", "/hors-ligne/"} <= set(files)


def test_a_page_made_sensitive_by_its_own_words_is_left_out(theme, library):
    page = Page("/urgences/", "Page", sensitive=True)
    body = theme.render("mentions.html", page)

    files = kept(made(theme, library, **{"urgences/index.html": body}))["files"]

    assert "/urgences/" not in files


def test_pages_come_back_as_they_were_built(theme, library, outputs):
    bundle = kept(outputs)
    body = make_files(theme, library)["urgences/index.html"].decode()

    assert bundle["files"]["/urgences/"].replace(bundle["mark"], bundle["head"]) == body


def test_every_script_that_a_kept_page_asks_for_is_kept(outputs, theme):
    files = kept(outputs)["files"]

    asked = {"/favicon.svg"}
    for text in files.values():
        for name in re.findall(r'data-component="([^"]+)"', text):
            file = name.replace("-", "_")
            asked.add(f"{theme.assets_path}/components/{file}/{file}.js")
    assert asked - set(files) == set()


def test_another_content_makes_another_version(theme, library, outputs):
    again = made(theme, library)
    other = made(theme, library, **{"urgences/index.html": b"<p>autre"})

    assert again == outputs
    assert other["service-worker.js"] != outputs["service-worker.js"]


def test_the_worker_asks_for_the_pages_of_its_own_build(outputs):
    (bundle,) = [path for path in outputs if path.startswith("hors-ligne/pages.")]

    assert f"const BUNDLE = '/{bundle}'" in outputs["service-worker.js"].decode()


def test_the_site_can_be_installed_under_a_neutral_name(outputs):
    manifest = json.loads(outputs["manifest.webmanifest"])

    assert manifest["name"] == "Repères"
    for icon in manifest["icons"]:
        png = outputs[icon["src"].strip("/")]
        size = int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
        assert icon["sizes"] == f"{size[0]}x{size[1]}"
