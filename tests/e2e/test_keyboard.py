"""Everything with the keyboard alone, with scripts and without."""

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from kinds import KINDS
from PIL import Image, ImageChops
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from test_states import form_with_errors

pytestmark = pytest.mark.browser

FOCUS = Path(__file__).with_name("focus.js").read_text(encoding="utf-8")
SMALL_TARGETS = Path(__file__).with_name("small_targets.js").read_text(encoding="utf-8")
LONG = {"communes"}  # hundreds of links of one sort
MAX_TABS = 250
FOUND = re.compile(r"/guides/vols/vol-velo/$")


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def keyboard(request: pytest.FixtureRequest, browser: Browser, portal) -> Iterator[Page]:
    """A page on a computer without a mouse."""
    context = browser.new_context(base_url=portal.url, java_script_enabled=request.param)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until an element that matches the selector `wanted` has the focus."""
    for _ in range(MAX_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    pytest.fail(f"the keyboard never reaches {wanted}")


def link_to(href: str) -> str:
    return f'main a[href="{href}"]'


# Order, places and sight of the focus.


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in LONG])
def test_tab_follows_the_page_and_its_focus_is_never_hidden(browser: Browser, portal, kind):
    context = browser.new_context(base_url=portal.url, viewport={"width": 640, "height": 480})
    page = context.new_page()
    page.goto(KINDS[kind], wait_until="networkidle")
    expected = page.evaluate(f"({FOCUS}).expected()")

    reached, hidden, unseen = [], [], []
    for _ in range(len(expected) + 5):
        page.keyboard.press("Tab")
        at = page.evaluate(f"({FOCUS}).now()")
        if at is None:
            break
        reached.append(at["index"])
        hidden += [at["name"]] if at["hidden"] else []
        unseen += [] if at["outlined"] else [at["name"]]

    assert reached == expected
    assert page.locator("[tabindex]:not([tabindex='0']):not([tabindex='-1'])").count() == 0
    assert hidden == []
    assert unseen == []
    context.close()


LOOKED_AT = {
    "/": [
        *(".urgent a", "[data-quick-exit]", ".top nav a", ".search input", ".search .button"),
        *(".themes .card", ".card.unsure", ".band .button.plain", ".foot a"),
    ],
    KINDS["guide"]: [".service .button", ".now a"],
    KINDS["urgent numbers"]: [".vital .button"],
    KINDS["theme"]: [".results a"],
    KINDS["orienteur"]: [".answers a"],
    KINDS["declare"]: [".way.primary"],
    KINDS["signalement form"]: ["input[type=radio]", "summary"],
}


@pytest.mark.parametrize("scheme", ["light", "dark", "forced colours"])
def test_the_focus_is_seen(browser: Browser, portal, scheme):
    context = browser.new_context(
        base_url=portal.url,
        color_scheme="dark" if scheme == "dark" else "light",
        forced_colors="active" if scheme == "forced colours" else "none",
    )
    page = context.new_page()
    dim = []
    for path, selectors in LOOKED_AT.items():
        page.goto(path, wait_until="networkidle")
        for selector in selectors:
            target = page.locator(selector).first
            changed, asked = changed_pixels(page, target), ring(target)
            dim += [(path, selector, changed, asked)] if changed < asked else []

    assert dim == []
    context.close()


def ring(target: Locator) -> float:
    """Pixels of a line of two pixels around the element (WCAG 2.2, 2.4.13)."""
    box = target.bounding_box()
    return 2 * 2 * (min(box["width"], 1280) + box["height"])


def changed_pixels(page: Page, target: Locator) -> int:
    """Pixels whose colour changes by 3:1 at least when the element gets the focus."""
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    clip = {"x": max(box["x"] - 8, 0), "y": max(box["y"] - 8, 0)}
    clip |= {"width": box["width"] + 16, "height": box["height"] + 16}
    before = picture(page, clip)
    page.keyboard.press("Control")  # the focus that follows is one of the keyboard
    target.focus()
    after = picture(page, clip)
    target.blur()
    both = zip(before.get_flattened_data(), after.get_flattened_data(), strict=True)
    assert ImageChops.difference(before, after).getbbox()
    return sum(contrast(one, other) >= 3 for one, other in both if one != other)


def picture(page: Page, clip: dict[str, float]) -> Image.Image:
    return Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("RGB")


def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: tuple[int, ...]) -> float:
    """Relative luminance of sRGB, as WCAG defines it."""
    shares = [value / 255 for value in colour]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_contrast_is_that_of_the_standard():
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((118, 118, 118), (255, 255, 255)) == pytest.approx(4.54, abs=0.01)


def test_the_first_tab_skips_to_the_content(keyboard: Page):
    keyboard.goto("/guides/")
    keyboard.keyboard.press("Tab")
    skip = keyboard.locator(".skip")

    assert skip.evaluate("link => link === document.activeElement")
    assert skip.bounding_box()["x"] >= 0
    keyboard.keyboard.press("Enter")
    keyboard.keyboard.press("Tab")

    assert keyboard.evaluate("document.querySelector('main').contains(document.activeElement)")


# Targets.


@pytest.mark.parametrize(
    ("size", "which"),
    [(24, "undefined"), (44, "'.button,.way,.choice,.answers a,.quit'")],
    ids=["all", "what one comes to touch"],
)
def test_every_target_is_large_enough(phone: BrowserContext, size, which):
    page = phone.new_page()
    small = {}
    for kind, path in KINDS.items():
        page.goto(path)
        small[kind] = page.evaluate(f"({SMALL_TARGETS})({size}, {which})")

    assert {kind: found for kind, found in small.items() if found} == {}


# Journeys.


def test_from_home_to_a_guide_by_its_search(keyboard: Page):
    keyboard.goto("/")
    tab_to(keyboard, "main input[name=q]")
    keyboard.keyboard.type("vélo volé")
    keyboard.keyboard.press("Enter")
    keyboard.wait_for_url("**/recherche/**")
    keyboard.wait_for_selector("main h1")
    found = keyboard.locator(link_to("/guides/vols/vol-velo/")).first
    expect(found).to_be_attached()
    tab_to(keyboard, link_to("/guides/vols/vol-velo/"))
    keyboard.keyboard.press("Enter")

    expect(keyboard).to_have_url(FOUND)


def test_from_the_stations_to_the_one_of_a_departement(keyboard: Page):
    keyboard.goto("/stations/")
    for href in ("/stations/33/", "/stations/33/commissariat-bordeaux/"):
        tab_to(keyboard, link_to(href))
        keyboard.keyboard.press("Enter")
        keyboard.wait_for_url(f"**{href}")

    tab_to(keyboard, "main a[href^='tel:']")


def test_the_orienteur_to_its_end(keyboard: Page):
    keyboard.goto("/orienteur/vols/")
    for _ in range(12):
        if keyboard.locator(".answers:not(.no-print) a").count() == 0:
            break
        before = keyboard.url
        tab_to(keyboard, ".answers a")
        keyboard.keyboard.press("Enter")
        keyboard.wait_for_url(lambda url, before=before: url != before)

    assert keyboard.locator(".answers:not(.no-print) a").count() == 0
    tab_to(keyboard, "main a")


def test_a_signalement_to_its_acknowledgement(keyboard: Page):
    keyboard.goto("/declarer/signalement/")
    tab_to(keyboard, ".way.primary")
    keyboard.keyboard.press("Enter")
    keyboard.wait_for_url("**/formulaire/")
    keyboard.wait_for_load_state("networkidle")

    answer(keyboard, "[name=theme]", lambda: keyboard.keyboard.press("Space"))
    answer(keyboard, "[name=facts]", lambda: keyboard.keyboard.type("Tapé au clavier seulement."))
    answer(keyboard, "[name=when]", lambda: last_choice(keyboard))
    answer(keyboard, "[name=follow_up]", lambda: keyboard.keyboard.press("Space"))
    tab_to(keyboard, "button[value=verifier]:not(.trap)")
    keyboard.keyboard.press("Enter")
    keyboard.wait_for_selector("button[value=confirmer]")
    tab_to(keyboard, "button[value=confirmer]")
    keyboard.keyboard.press("Enter")

    expect(keyboard.locator("[data-reference]")).to_be_visible()


def answer(page: Page, field: str, fill: Callable[[], None]) -> None:
    """Reach the field, going on to the next part of the form when it is there, and fill it."""
    while not page.locator(field).first.is_visible():
        tab_to(page, "section:not([hidden]) > .actions .button:not(.plain)")
        page.keyboard.press("Enter")
    tab_to(page, field)
    fill()


def last_choice(page: Page) -> None:
    """« Je ne sais pas »: the arrow goes from the first radio button round to the last."""
    page.keyboard.press("ArrowUp")


def test_errors_take_the_focus_and_lead_into_their_fields(phone: BrowserContext):
    page = phone.new_page()
    form_with_errors(page)
    expect(page.locator("#errors")).to_be_focused()

    page.keyboard.press("Tab")
    link = page.locator("#errors a").first
    expect(link).to_be_focused()
    field = link.get_attribute("href")
    page.keyboard.press("Enter")

    assert page.evaluate("id => document.querySelector(id).contains(document.activeElement)", field)
