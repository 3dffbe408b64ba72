"""Pages that exist only for one person: errors, check, acknowledgement, follow-up, outcomes."""

import pytest
from playwright.sync_api import Browser, Page, expect
from test_journey import follow_to_the_end

pytestmark = pytest.mark.browser


def form_with_errors(page: Page) -> None:
    page.goto("/declarer/signalement/formulaire/")
    page.evaluate("document.querySelector('form.declaration').submit()")
    page.wait_for_selector("[data-error-for]")


def pre_plainte_with_errors(page: Page) -> None:
    page.goto("/declarer/pre-plainte/formulaire/")
    page.evaluate("document.querySelector('form.declaration').submit()")
    page.wait_for_selector("[data-error-for]")


def check_page(page: Page) -> None:
    page.goto("/declarer/signalement/formulaire/")
    page.evaluate(
        """() => {
        const form = document.querySelector('form.declaration')
        form.querySelector('#theme-0').checked = true
        form.querySelector('[name=facts]').value = 'Des faits assez longs pour être acceptés ici.'
        form.querySelector('[name=when][value=ongoing]').checked = true
        form.querySelector('[name=follow_up]').checked = true
        const action = document.createElement('input')
        action.type = 'hidden'
        action.name = 'action'
        action.value = 'verifier'
        form.append(action)
        form.submit() // past the steps, which show one section at a time
        }"""
    )
    page.wait_for_selector("button[value=confirmer]")


def acknowledgement(page: Page) -> None:
    check_page(page)
    page.click("button[value=confirmer]")
    page.wait_for_selector("[data-reference]")


def follow_up(page: Page) -> None:
    acknowledgement(page)
    code = page.locator("[data-code]").inner_text()
    page.goto("/suivi/")
    page.fill("[name=code]", code)
    page.get_by_role("button", name="Ouvrir").click()
    page.wait_for_load_state()


def wrong_code(page: Page) -> None:
    page.goto("/suivi/")
    page.fill("[name=code]", "0000-0000-0000-0000-0000")
    page.get_by_role("button", name="Ouvrir").click()
    page.wait_for_load_state()


def question(page: Page) -> None:
    page.goto("/orienteur/vols/")


def outcome(page: Page) -> None:
    page.goto("/orienteur/vols/")
    follow_to_the_end(page)


def sensitive_outcome(page: Page) -> None:
    page.goto("/orienteur/suite-3/")
    follow_to_the_end(page)


def search_results(page: Page) -> None:
    page.goto("/recherche/")
    page.fill("[name=q]", "vélo volé")
    page.wait_for_selector("[data-search-result]")


def search_without_result(page: Page) -> None:
    page.goto("/recherche/")
    page.fill("[name=q]", "zzzqqq")
    page.wait_for_selector("[data-guide-search-nothing]")


def stations_near_a_commune(page: Page) -> None:
    page.goto("/stations/")
    page.wait_for_selector("[data-component=station-search][data-mounted]")
    page.fill("[data-station-search-field]", "Bordeaux")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-station]")


def before_erasing(page: Page) -> None:
    follow_up(page)
    page.click("button[value=retirer]")
    page.wait_for_selector("button[value=effacer]")


def erased(page: Page) -> None:
    before_erasing(page)
    page.click("button[value=effacer]")
    page.wait_for_load_state()


STATES = [
    form_with_errors,
    pre_plainte_with_errors,
    check_page,
    acknowledgement,
    follow_up,
    wrong_code,
    question,
    outcome,
    sensitive_outcome,
    search_results,
    search_without_result,
    stations_near_a_commune,
    before_erasing,
    erased,
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("reach", STATES, ids=lambda state: state.__name__)
def test_state_is_accessible_and_fits_320_pixels(
    browser: Browser, portal, axe_report, reach, scheme
):
    context = browser.new_context(
        base_url=portal.url, color_scheme=scheme, viewport={"width": 320, "height": 640}
    )
    page = context.new_page()
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))

    reach(page)

    assert axe_report.violations(page, reach.__name__, scheme) == []
    assert [m for m in messages if "Content Security Policy" in m] == []
    over = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert over == 0
    context.close()


def test_errors_are_summed_up_with_a_link_to_each_field(plain_phone):
    page = plain_phone.new_page()
    page.goto("/declarer/signalement/formulaire/")
    page.fill("[name=commune]", "Saint-Étienne-du-Rouvray")
    page.click("button[value=verifier]:not(.trap)")

    summary = page.locator(".errors")

    expect(summary).to_be_visible()
    assert page.input_value("[name=commune]") == "Saint-Étienne-du-Rouvray"
    for link in summary.get_by_role("link").all():
        target = link.get_attribute("href") or ""
        assert page.locator(target).count() == 1, target


def test_signalement_can_be_sent_with_the_keyboard_alone(phone):
    page = phone.new_page()
    fill_signalement_by_keyboard(page)

    expect(page.locator("[data-reference]")).to_be_visible()


def fill_signalement_by_keyboard(page: Page) -> None:
    """Tab, Space, letters and Enter only; steps are shown one at a time."""
    page.goto("/declarer/signalement/formulaire/")
    page.locator("#theme-0").focus()
    page.keyboard.press("Space")
    page.locator("[name=facts]").focus()
    page.keyboard.type("Des faits assez longs, tapés au clavier seulement.")
    verify = page.locator("button[value=verifier]:not(.trap)")
    while not verify.is_visible():
        page.get_by_role("button", name="Continuer").focus()
        page.keyboard.press("Enter")
        for name in ("[name=when][value=ongoing]", "[name=follow_up]"):
            if page.locator(name).first.is_visible():
                page.locator(name).first.focus()
                page.keyboard.press("Space")
    verify.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("button[value=confirmer]")
    page.locator("button[value=confirmer]").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-reference]")
