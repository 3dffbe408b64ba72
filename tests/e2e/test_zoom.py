"""Pages enlarged: twice, four times, and by the size of letters alone."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from kinds import KINDS
from playwright.sync_api import Browser, Page
from test_states import STATES

pytestmark = pytest.mark.browser

OVERLAPS = Path(__file__).with_name("overlaps.js").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Zoom:
    """What a reader of a 1,280 px wide screen sees after enlarging.

    Attributes:
        width: Of the window in CSS pixels.
        letters: Size of letters set in the browser, in pixels; 16 unless changed.
    """

    width: int
    height: int
    scale: int = 1
    letters: int = 16


ZOOMS = {
    "zoom 200 %": Zoom(640, 400, scale=2),
    "zoom 400 %": Zoom(320, 256, scale=4),
    "letters 200 %": Zoom(1280, 800, letters=32),
    "letters 200 % on a tablet": Zoom(768, 1000, letters=32),
}


def opened(browser: Browser, url: str, zoom: Zoom) -> Page:
    context = browser.new_context(
        base_url=url,
        viewport={"width": zoom.width, "height": zoom.height},
        device_scale_factor=zoom.scale,
    )
    page = context.new_page()
    sizes = {"standard": zoom.letters, "fixed": zoom.letters}
    context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": sizes})
    return page


def sideways(page: Page) -> int:
    """Pixels that a reader would have to scroll to the side."""
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


@pytest.mark.parametrize("zoom", ZOOMS.values(), ids=ZOOMS)
def test_enlarged_pages_reflow(browser: Browser, portal, zoom):
    page = opened(browser, portal.url, zoom)
    faults = {}
    for kind, path in KINDS.items():
        page.goto(path)
        faults[kind] = (sideways(page), page.evaluate(OVERLAPS))

    assert {kind: fault for kind, fault in faults.items() if fault != (0, [])} == {}
    page.context.close()


@pytest.mark.parametrize("zoom", ["zoom 400 %", "letters 200 %"])
@pytest.mark.parametrize("reach", STATES, ids=lambda state: state.__name__)
def test_an_enlarged_answer_reflows(browser: Browser, portal, reach, zoom):
    page = opened(browser, portal.url, ZOOMS[zoom])
    reach(page)

    assert sideways(page) == 0
    assert page.evaluate(OVERLAPS) == []
    page.context.close()


def test_letters_really_grow(browser: Browser, portal):
    sizes = []
    for letters in (16, 32):
        page = opened(browser, portal.url, Zoom(1280, 800, letters=letters))
        page.goto("/")
        sizes.append(page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)"))
        page.context.close()

    assert sizes == [17, 34]


def test_a_page_with_a_cut_and_a_covered_text_would_be_seen(browser: Browser, portal):
    page = opened(browser, portal.url, ZOOMS["letters 200 %"])
    page.goto("/mentions/")
    cut = "overflow:hidden;white-space:nowrap;width:3rem"
    page.evaluate("style => document.querySelector('h1').style.cssText = style", cut)
    page.evaluate("document.querySelector('h2 + p').style.marginBlockStart = '-4rem'")

    found = page.evaluate(OVERLAPS)

    assert {kind for kind, *_ in found} == {"cut", "over"}
    page.context.close()
