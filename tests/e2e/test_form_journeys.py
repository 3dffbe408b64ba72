"""The forms from end to end: keyboard alone, with scripts and without, two windows at once."""

import json
import re
from io import BytesIO

import pypdf
import pytest
from form_steps import STEPS, acknowledged, check, digits_asked
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

FACTS = "Mon vélo attaché devant chez moi a été pris cette nuit."
# What is typed, or the key that chooses: in the order in which Tab meets the fields.
TYPED = {
    "declarant": "Space",
    "birth_name": "Exemple",
    "first_names": "Camille",
    "birth_date": "14/07/1990",
    "email": "camille@exemple.fr",
    "offence": "Space",
    "violence": "Space",
    "facts": FACTS,
    "place_kind": "Space",
    "place_postcode": "33000",
    "when": "Space",
    "when_start": "1er novembre 2026",
    "author_known": "Space",
    "truth": "Space",
}
MOST_TABS = 300


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("reach", STEPS, ids=lambda step: step.__name__)
def test_every_step_and_error_is_accessible_and_fits_320_pixels(
    browser: Browser, mailing_portal, axe_report, reach, scheme
):
    context = browser.new_context(
        base_url=mailing_portal.url, color_scheme=scheme, viewport={"width": 320, "height": 640}
    )
    page = context.new_page()
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))

    reach(page)

    assert axe_report.violations(page, f"step {reach.__name__}", scheme) == []
    assert [m for m in messages if "Content Security Policy" in m] == []
    over = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert over == 0
    context.close()


def tab(page: Page, reached: str) -> None:
    """Tab until `reached`, a selector, has the focus."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.locator(f"{reached}:focus").count():
            return
    raise AssertionError(f"Tab never reaches {reached}")


def fill_by_keyboard(page: Page) -> None:
    """Tab, Space, letters and Enter only, whether sections are shown one by one or not."""
    for name, typed in TYPED.items():
        field = page.locator(f"[name='{name}']").first
        while not field.is_visible():
            tab(page, "button:text-is('Continuer')")
            page.keyboard.press("Enter")
        tab(page, f"[name='{name}']")
        if typed == "Space":
            page.keyboard.press("Space")
        else:
            page.keyboard.type(typed)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_pre_plainte_is_sent_and_followed_with_the_keyboard_alone(
    browser: Browser, portal, scripts
):
    context = browser.new_context(base_url=portal.url, java_script_enabled=scripts)
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto("/declarer/pre-plainte/formulaire/")
    fill_by_keyboard(page)
    tab(page, "button[value=verifier]:not(.trap)")
    page.keyboard.press("Enter")
    page.wait_for_selector("button[value=confirmer]")
    expect(page.locator("main")).to_contain_text(FACTS)
    tab(page, "button[value=confirmer]")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-reference]")
    reference = page.locator("[data-reference]").inner_text()
    tab(page, "button[value=ouvrir]")
    page.keyboard.press("Enter")
    expect(page.locator("[data-status=received]")).to_be_visible()

    assert FACTS in portal.desk("show", reference)
    context.close()


def test_a_station_is_chosen_without_a_script_and_reaches_the_desk(plain_phone, portal):
    page = plain_phone.new_page()
    page.goto("/declarer/pre-plainte/formulaire/")
    page.fill("[name=place_postcode]", "33000")
    page.fill("[name=facts]", FACTS)
    page.click("button[value=stations]")
    assert page.url.endswith("#station")
    assert page.input_value("[name=facts]") == FACTS
    labels = page.locator("[name=station] option").all_inner_texts()
    assert any(label.startswith("Bordeaux") for label in labels)
    chosen = next(label for label in labels if label.startswith("Bordeaux"))
    page.select_option("[name=station]", label=chosen)
    page.click("button[value=verifier]:not(.trap)")
    assert page.locator("[name=station] option:checked").inner_text() == chosen


def test_with_a_script_the_stations_come_without_leaving_the_page(phone):
    page = phone.new_page()
    page.goto("/declarer/pre-plainte/formulaire/")
    page.wait_for_selector("[data-form-steps-section][hidden]", state="attached")
    page.evaluate("document.querySelectorAll('[hidden]').forEach(part => part.hidden = false)")
    page.fill("[name=place_postcode]", "33000")
    page.click("button[value=stations]")
    page.wait_for_selector("select[name=station] option:nth-child(2)", state="attached")
    assert page.url.endswith("/declarer/pre-plainte/formulaire/")
    scripted = page.locator("[name=station] option").all_inner_texts()
    page.route("**/stations/donnees/*", lambda route: route.abort())
    with page.expect_navigation():  # without the list, the server draws it
        page.click("button[value=stations]")
    assert sorted(page.locator("[name=station] option").all_inner_texts()) == sorted(scripted)


def test_two_windows_that_confirm_the_same_page_at_once_make_one_record(browser: Browser, portal):
    before = len(json.loads(portal.desk("list", "--json")))
    windows = [browser.new_context(base_url=portal.url) for _ in range(2)]
    pages = [window.new_page() for window in windows]
    check(pages[0])
    pages[1].goto("/suivi/")  # the same site; then the same page, as a copy of the first
    pages[1].set_content(pages[0].content())
    # Both press at the same moment of their common clock.
    at = pages[0].evaluate("Date.now() + 400")
    press = """at => setTimeout(
        () => document.querySelector("[value=confirmer]").click(), at - Date.now())"""
    for page in pages:
        page.evaluate(press, at)
    for page in pages:
        page.wait_for_selector("[data-reference]")

    references = {page.locator("[data-reference]").inner_text() for page in pages}
    codes = {page.locator("[data-code]").inner_text() for page in pages}
    assert (len(references), len(codes)) == (1, 1)
    assert len(json.loads(portal.desk("list", "--json"))) == before + 1
    for window in windows:
        window.close()


def test_the_pdf_is_downloaded_under_a_name_that_tells_nothing(phone):
    page = phone.new_page()
    acknowledged(page)
    reference = page.locator("[data-reference]").inner_text()
    with page.expect_download() as found:
        page.click("button[value=pdf]")
    download = found.value
    assert download.suggested_filename == "document.pdf"
    with open(download.path(), "rb") as file:  # noqa: PTH123 - given by the browser as text
        reader = pypdf.PdfReader(BytesIO(file.read()))
    text = "\n".join(sheet.extract_text() for sheet in reader.pages)
    assert reference in text
    assert page.locator("[data-code]").inner_text() not in text


def test_the_memo_prints_three_lines_and_no_word_that_tells(phone):
    page = phone.new_page()
    acknowledged(page)
    code = page.locator("[data-code]").inner_text()
    page.click("button[value=noter]")
    page.emulate_media(media="print")
    printed = page.locator("body").inner_text()
    assert code in printed
    assert page.title().startswith("Mémo")
    told = re.findall(r"plainte|signal|police|gendarm|victime|rep[eè]res", printed, re.I)
    assert told == []


def test_an_address_is_proved_from_the_acknowledgement(browser: Browser, mailing_portal, inbox):
    context = browser.new_context(base_url=mailing_portal.url, java_script_enabled=True)
    page = context.new_page()
    digits_asked(page)
    text = inbox.received[-1][1].get_content()
    page.fill("[name=digits]", re.search(r"\d{3} \d{3}", text)[0])
    page.click("button[value=valider]")
    expect(page.locator("[data-notice]")).to_contain_text("est vérifiée")
    context.close()
