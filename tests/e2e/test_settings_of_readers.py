"""What readers set in their own system: language, colours, movement."""

import pytest
from kinds import KINDS
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

MOVING = """() => [...document.querySelectorAll('*')].filter((element) => {
  const style = getComputedStyle(element)
  return style.transitionDuration !== '0s' || style.animationName !== 'none'
    || style.scrollBehavior !== 'auto'
}).map((element) => element.outerHTML.slice(0, 80))"""

# A button without its background is still a box: its border has the colour of its letters.
FADED = """() => [...document.querySelectorAll('.button,.quit,.way,.card,.service,.errors,.choice')]
  .filter((element) => element.checkVisibility()).filter((element) => {
    const style = getComputedStyle(element)
    return style.borderTopStyle === 'none' || parseFloat(style.borderTopWidth) < 1
      || style.borderTopColor === style.backgroundColor
  }).map((element) => element.outerHTML.slice(0, 80))"""


PARTS = ("h1", "main", "body > header", "footer.foot")


def test_a_page_says_its_language_its_title_and_its_parts(plain_phone):
    page = plain_phone.new_page()
    for kind, path in KINDS.items():
        page.goto(path)

        assert page.locator("html").get_attribute("lang") == "fr", kind
        assert page.title().strip() != "", kind
        assert [page.locator(part).count() for part in PARTS] == [1, 1, 1, 1], kind
        assert page.evaluate("document.doctype.name") == "html", kind
        assert page.locator("[target]").count() == 0, kind  # no link opens a window
        names = [nav.get_attribute("aria-label") for nav in page.locator("nav").all()]
        assert None not in names, kind
        assert len(set(names)) == len(names), kind


def test_the_menu_and_the_search_are_at_the_same_place_on_every_page(plain_phone):
    page = plain_phone.new_page()
    places = {}
    for kind, path in KINDS.items():
        page.goto(path)
        places[kind] = page.evaluate(
            "[...document.querySelectorAll('.skip, .urgent, .logo, .find, .top nav, main, .foot')]"
            ".map((element) => element.className || element.tagName)"
        )

    expected = ["skip", "urgent", "logo", "find", "NAV", "MAIN", "foot"]
    assert places == dict.fromkeys(KINDS, expected)


def test_a_drawing_is_named_or_silent(plain_phone):
    page = plain_phone.new_page()
    loud = {}
    for kind, path in KINDS.items():
        page.goto(path)
        heard = "svg:not([aria-hidden=true]):not([role=img][aria-label]), img:not([alt])"
        loud[kind] = page.locator(heard).count()

    assert loud == dict.fromkeys(KINDS, 0)


def test_pages_that_are_not_sensitive_have_titles_of_their_own(plain_phone):
    page = plain_phone.new_page()
    titles = []
    for path in KINDS.values():
        page.goto(path)
        if page.locator("body.sensitive").count() == 0:
            titles.append(page.title())

    assert sorted(set(titles)) == sorted(titles)


def test_nothing_moves_by_itself(browser: Browser, portal):
    context = browser.new_context(base_url=portal.url, reduced_motion="reduce")
    page = context.new_page()
    moving = {}
    for kind, path in KINDS.items():
        page.goto(path)
        running = page.evaluate("document.getAnimations().length")
        players = page.locator("video, audio, marquee, blink, iframe").count()
        moving[kind] = (page.evaluate(MOVING), running, players)

    assert moving == dict.fromkeys(KINDS, ([], 0, 0))
    context.close()


def test_forced_colours_leave_every_box_its_border(browser: Browser, portal):
    context = browser.new_context(base_url=portal.url, forced_colors="active")
    page = context.new_page()
    faded = {}
    for kind, path in KINDS.items():
        page.goto(path)
        faded[kind] = page.evaluate(FADED)

    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    assert {kind: found for kind, found in faded.items() if found} == {}
    context.close()


def test_spacing_of_letters_and_lines_may_be_widened(browser: Browser, portal):
    """WCAG 1.4.12: the values of the standard, set as a reader's own style would."""
    context = browser.new_context(base_url=portal.url, viewport={"width": 320, "height": 640})
    page = context.new_page()
    wide = {}
    for kind, path in KINDS.items():
        page.goto(path)
        page.evaluate(
            """() => { for (const element of document.querySelectorAll('body *')) {
                for (const [name, value] of [['line-height', '1.5'], ['letter-spacing', '.12em'],
                  ['word-spacing', '.16em']]) element.style.setProperty(name, value, 'important')
            } }"""
        )
        wide[kind] = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )

    assert {kind: pixels for kind, pixels in wide.items() if pixels} == {}
    context.close()
