"""On paper: a useful sheet, with nothing of the screen around it."""

import io
import re
import unicodedata
from collections.abc import Iterable

import pytest
from kinds import KINDS
from places import ROOT, TODAY
from playwright.sync_api import BrowserContext, Page
from pypdf import PdfReader
from test_states import acknowledgement

from site_builder.contacts import load_contacts
from site_builder.forms.render import render_forms
from site_builder.forms.words import load_words
from site_builder.project import Project
from site_builder.settings import load_settings
from site_builder.theme import Theme

pytestmark = pytest.mark.browser

# Words of the menus, of the quick exit, of the search, of the foot, of the demo notice.
SCREEN_ONLY = ["Quitter", "Chercher", "Aller au contenu", "Ma plainte", "cookie", "Sur cette page"]
SCREEN_ONLY += ["Démonstration", "Fil d’Ariane", "Guides proches"]
A4 = {"format": "A4", "margin": dict.fromkeys(("top", "bottom", "left", "right"), "15mm")}


def sheet(page: Page) -> tuple[int, str]:
    """Number of pages, and their letters."""
    read = PdfReader(io.BytesIO(page.pdf(**A4)))
    return len(read.pages), letters(" ".join(page.extract_text() for page in read.pages))


def letters(text: str) -> str:
    """Text without spaces: a line may be cut anywhere, and letters may be drawn as one."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def missing(said: Iterable[str], text: str) -> list[str]:
    return [words for words in said if letters(words) not in text]


def unwanted(text: str) -> list[str]:
    return [word for word in SCREEN_ONLY if letters(word) in text]


def test_a_guide_prints_its_steps_its_numbers_its_address_and_its_date(phone, portal):
    page = phone.new_page()
    page.goto(KINDS["guide"])
    title = page.locator("h1").inner_text()
    steps = page.locator(".guide > ol > li").all_inner_texts()
    headings = page.locator("main article h2").all_inner_texts()

    pages, text = sheet(page)

    assert pages <= 4
    assert len(steps) >= 3
    assert missing([title, *steps, *headings], text) == []
    assert missing(["appelez le 17", "116 006"], text) == []
    assert missing(["D’après les textes au", KINDS["guide"]], text) == []
    # Where a link leads is written: paper cannot be touched.
    assert missing(["https://plainte-en-ligne.masecurite.interieur.gouv.fr"], text) == []
    assert unwanted(text) == []


def test_all_the_numbers_print_on_a_few_pages(phone):
    page = phone.new_page()
    page.goto("/urgences/")
    contacts, _ = load_contacts(ROOT / "content" / "contacts.yaml")

    pages, text = sheet(page)

    assert pages <= 5
    called = [contact for contact in contacts.values() if contact.phone]
    assert missing((contact.phone for contact in called), text) == []
    # A number is never shown without what limits it.
    assert missing((contact.note for contact in called if contact.note), text) == []


def test_a_station_prints_on_one_page_with_its_number_and_its_address(phone):
    page = phone.new_page()
    page.goto(KINDS["station"])
    number = page.locator("a[href^='tel:'].button").first.inner_text()

    pages, text = sheet(page)

    assert pages == 1
    title = page.locator("h1").inner_text()
    assert missing([title, number, "33000 Bordeaux", KINDS["station"]], text) == []
    assert unwanted(text) == []


def test_an_acknowledgement_prints_its_reference_its_code_and_what_was_sent(phone):
    page = phone.new_page()
    acknowledgement(page)
    said = [
        page.locator("[data-reference]").inner_text(),
        page.locator("[data-code]").inner_text(),
        "Des faits assez longs pour être acceptés ici.",
        *page.locator(".steps h3").all_inner_texts(),
    ]

    pages, text = sheet(page)

    assert pages <= 2
    assert missing(said, text) == []
    assert unwanted(text) == []


@pytest.mark.parametrize("scripts", [True, False])
def test_the_form_of_the_preparation_mode_prints_every_answer(browser, portal, scripts):
    context = browser.new_context(base_url=portal.url, java_script_enabled=scripts)
    page = preparation_form(context)
    page.locator("[name=facts]").evaluate("field => field.value = 'Le cadenas était coupé.'")
    chosen = page.locator("input[type=radio]").first
    chosen.evaluate("field => field.checked = true")
    left = page.locator("input[type=radio]").nth(1)

    pages, text = sheet(page)

    headings = page.locator("form h2").all_text_contents()
    assert len(headings) >= 5
    assert missing(headings, text) == []
    said = ["Document préparé par la personne, non transmis", "Le cadenas était coupé."]
    assert missing([*said, label(page, chosen)], text) == []
    assert missing([label(page, left)], text) != []
    assert pages <= 6
    assert unwanted(text) == []
    context.close()


def label(page: Page, field) -> str:
    return page.locator(f"label[for={field.get_attribute('id')}]").text_content()


def preparation_form(context: BrowserContext) -> Page:
    """The empty form as this mode builds it, shown in the place of a page of the portal."""
    settings, _ = load_settings(Project(ROOT))
    contacts, _ = load_contacts(ROOT / "content" / "contacts.yaml")
    words, _ = load_words(ROOT / "content")
    settings = settings.model_copy(update={"mode": "preparation"})
    outputs = render_forms(Theme(settings, contacts, TODAY), words, settings)
    path = "declarer/pre-plainte/formulaire/"
    body = next(output.body for output in outputs if output.path == f"{path}index.html")
    page = context.new_page()
    page.route(f"**/{path}", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.goto(f"/{path}")
    return page


def test_the_dark_scheme_of_a_screen_does_not_reach_the_paper(browser, portal):
    context = browser.new_context(base_url=portal.url, color_scheme="dark")
    page = context.new_page()
    page.goto(KINDS["guide"])

    colours = []
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        colours.append(page.evaluate("getComputedStyle(document.querySelector('h1')).color"))

    assert colours == ["rgb(232, 237, 234)", "rgb(0, 0, 0)"]
    context.close()
