"""« Effacer mes traces », with and without JavaScript, in a real browser."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PAGE = "/effacer-mes-traces/"
BUTTON = "Effacer ce que ce site a laissé"


def leave_something(page):
    """What an offline copy would leave, put there by the test."""
    page.evaluate("caches.open('x').then((cache) => cache.put('/x', new Response('x')))")
    page.evaluate("sessionStorage.setItem('x', 'x'); localStorage.setItem('x', 'x')")


def what_is_left(page):
    page.goto("/urgences/")
    names = page.evaluate("caches.keys()")
    return names + page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")


def test_the_button_erases_and_says_that_the_history_stays(phone):
    page = phone.new_page()
    page.goto(PAGE)
    leave_something(page)

    page.get_by_role("button", name=BUTTON).click()

    expect(page).to_have_url(f"{page.url.split('/effacer')[0]}{PAGE}fait/")
    expect(page.locator("main")).to_contain_text("L’historique reste.")
    assert what_is_left(page) == []


def test_without_javascript_the_browser_erases_by_itself(plain_phone):
    page = plain_phone.new_page()
    page.goto(PAGE)
    with page.expect_response("**/api/effacer") as answered:
        page.get_by_role("button", name=BUTTON).click()

    assert answered.value.header_value("clear-site-data") == '"cache", "storage"'
    expect(page.locator("main")).to_contain_text("C’est effacé")


def test_the_answer_alone_erases(phone):
    """The header does the work, not our script: the form is sent without it."""
    phone.route("**/erase_traces.js", lambda route: route.abort())
    page = phone.new_page()
    page.goto(PAGE)
    leave_something(page)

    page.get_by_role("button", name=BUTTON).click()

    page.wait_for_url(f"**{PAGE}fait/")
    assert what_is_left(page) == []
