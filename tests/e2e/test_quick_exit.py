"""The quick exit: a link that works anywhere, and with a script leaves nothing to see."""

import re
from urllib.parse import urlsplit

import pytest
from kinds import KINDS
from playwright.sync_api import BrowserContext, Page, Route, expect

pytestmark = pytest.mark.browser

GUIDE = "/guides/violences/violences-conjugales/"
SENSITIVE = [
    GUIDE,
    "/orienteur/suite-3/",
    "/declarer/",
    "/declarer/pre-plainte/formulaire/",
    "/declarer/signalement/formulaire/",
    "/suivi/",
    "/effacer-mes-traces/",
]
# Words that would tell what is being read to someone who sees the tab or a preview.
TELLING = re.compile(r"viol|menace|plainte|signal|victime|trace|police|agress|harc", re.I)


def outside(context: BrowserContext) -> list[str]:
    """Answer for the neutral page, which tests must not visit; tells what was asked."""
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(body="<title>ailleurs</title>", content_type="text/html")

    context.route(lambda url: "127.0.0.1" not in url, answer)
    return asked


def ready(page: Page, path: str) -> None:
    page.goto(path)
    page.wait_for_selector("[data-quick-exit][data-mounted]")


def test_the_exit_is_a_link_first_on_every_kind_of_page(plain_phone):
    page = plain_phone.new_page()

    found = {}
    for kind, path in KINDS.items():
        page.goto(path)
        exit_link = page.locator("a[data-quick-exit]")
        box = exit_link.bounding_box()
        found[kind] = (exit_link.count(), exit_link.get_attribute("href"), box["y"] < 100)

    assert found == dict.fromkeys(KINDS, (1, "https://www.wikipedia.org/", True))


def test_without_javascript_the_link_leaves(plain_phone):
    asked = outside(plain_phone)
    page = plain_phone.new_page()

    page.goto(GUIDE)
    page.click("[data-quick-exit]")

    expect(page).to_have_title("ailleurs")
    assert asked == ["https://www.wikipedia.org/"]


def test_the_page_is_blank_at_once_while_the_network_is_slow(phone):
    waiting: list[Route] = []
    phone.route(lambda url: "127.0.0.1" not in url, lambda route: waiting.append(route))
    page = phone.new_page()
    ready(page, GUIDE)

    shown = page.evaluate(
        """() => {
            document.querySelector('[data-quick-exit]').click()
            const corners = [[5, 5], [innerWidth / 2, innerHeight / 2], [innerWidth - 5, 5]]
            const seen = corners.map(([x, y]) => document.elementFromPoint(x, y))
            return [document.title, ...seen.map((element) => element.className)]
        }"""
    )

    assert shown == ["www.wikipedia.org", "blank", "blank", "blank"]
    page.wait_for_timeout(100)
    for route in waiting:
        route.fulfill(body="ailleurs")


def test_the_page_left_is_no_longer_in_the_history_of_the_tab(phone):
    outside(phone)
    page = phone.new_page()
    ready(page, "/urgences/")
    ready(page, GUIDE)
    before = page.evaluate("history.length")

    page.click("[data-quick-exit]")
    expect(page).to_have_title("ailleurs")

    assert page.evaluate("history.length") == before
    page.go_back()
    # The page before it stays in the history: going back to it leaves again.
    page.wait_for_url("https://www.wikipedia.org/")
    assert page.title() == "ailleurs"


def test_someone_who_comes_back_on_purpose_can_read_and_go_back(phone):
    outside(phone)
    page = phone.new_page()
    ready(page, GUIDE)
    page.click("[data-quick-exit]")
    expect(page).to_have_title("ailleurs")

    ready(page, "/urgences/")
    ready(page, GUIDE)
    page.go_back()

    expect(page).to_have_url(re.compile("/urgences/$"))
    expect(page.locator(".blank")).to_have_count(0)


def test_the_way_out_needs_nothing_more_than_the_page(phone):
    asked = outside(phone)
    phone.route("**/assets/**", lambda route: route.abort())
    page = phone.new_page()
    page.goto(GUIDE)

    for _ in range(3):
        page.keyboard.press("Shift")

    page.wait_for_url("https://www.wikipedia.org/")
    assert asked == ["https://www.wikipedia.org/"]


def test_three_presses_of_shift_leave_and_capitals_do_not(phone):
    asked = outside(phone)
    page = phone.new_page()
    ready(page, "/declarer/signalement/formulaire/")

    page.click("[name=facts]")
    for letter in "AULNAY":
        page.keyboard.press(f"Shift+{letter}")
    assert asked == []
    for _ in range(3):
        page.keyboard.press("Shift")

    expect(page).to_have_title("ailleurs")


@pytest.mark.parametrize("path", SENSITIVE)
def test_tab_and_previews_of_sensitive_pages_tell_nothing(path, plain_phone):
    page = plain_phone.new_page()

    page.goto(path)
    assert page.locator("body.sensitive").count() == 1

    told = [page.title()]
    told += [tag.get_attribute("content") for tag in page.locator("meta[property]").all()]
    told += [tag.get_attribute("content") for tag in page.locator("meta[name=description]").all()]
    texts = [text for text in told if not urlsplit(text).scheme]
    assert [text for text in texts if TELLING.search(text)] == []


@pytest.mark.parametrize("path", SENSITIVE)
def test_the_icon_of_a_sensitive_page_is_a_blank_sheet(path, plain_phone):
    page = plain_phone.new_page()

    icons = []
    for address in (path, "/"):
        page.goto(address)
        icons.append(page.locator("link[rel=icon]").get_attribute("href"))

    assert icons == ["/page-favicon.svg", "/favicon.svg"]
    drawn = plain_phone.request.get(icons[0])
    assert drawn.headers["content-type"].startswith("image/svg+xml")
    assert "<text" not in drawn.text()
    assert "<title" not in drawn.text()
    assert page.locator("link[rel=apple-touch-icon]").count() == 0


def test_a_sensitive_page_shows_its_exit_larger(plain_phone):
    page = plain_phone.new_page()

    heights = []
    for path in ("/guides/vols/vol-velo/", GUIDE):
        page.goto(path)
        heights.append(page.locator("[data-quick-exit]").bounding_box()["height"])

    assert heights[0] < heights[1]
    assert heights[0] >= 44
