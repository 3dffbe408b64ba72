"""The search among guides: what was met is shown, what is typed is only ever text."""

import brotli
import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

FIRST_SEARCH_B = 40_000
HOSTILE = "<img src=x onerror=document.title='pris'> \"onfocus=alert(1) 😱"


@pytest.fixture
def page(phone) -> Page:
    page = phone.new_page()
    page.goto("/recherche/")
    return page


def test_the_words_that_were_met_are_marked(page):
    page.fill("input[type=search]", "velos voles")

    first = page.locator("[data-search-result]").first
    expect(first.locator("a mark")).to_have_text(["volé", "vélo"])
    expect(first.locator("a")).to_contain_text("On m’a volé mon vélo")


def test_nothing_found_gives_numbers_questions_and_words_to_try(page):
    page.fill("input[type=search]", "trautinaitte")

    help_ = page.locator("[data-guide-search-nothing]")
    expect(help_.locator("a[href='tel:17']")).to_be_visible()
    expect(help_.locator("a[href='/orienteur/']")).to_be_visible()
    help_.get_by_role("button", name="trottinette").click()
    expect(page.locator("[data-search-result] mark").first).to_be_visible()
    expect(help_).to_be_hidden()
    assert page.input_value("input[type=search]") == "trottinette"


@pytest.mark.parametrize("query", [HOSTILE, HOSTILE * 140], ids=["short", "10,000 characters"])
def test_markup_in_the_address_is_text_leaves_the_address_and_never_runs(phone, portal, query):
    page = phone.new_page()
    calls = []
    page.on("dialog", lambda dialog: calls.append(dialog.message))
    page.goto("/")
    page.evaluate("q => location.assign('/recherche/?q=' + encodeURIComponent(q))", query)

    expect(page.locator("[data-guide-search-status]")).not_to_be_empty()
    typed = page.input_value("input[type=search]")
    assert typed[:190] == query[:190]
    assert len(typed) <= 200
    assert page.url == f"{portal.url}/recherche/"
    assert page.title() == "Chercher un guide · Repères"
    assert page.locator("main img").count() == 0
    assert calls == []


def test_first_search_is_light_and_the_next_ones_ask_for_nothing(page):
    fetched = []
    page.on("requestfinished", lambda request: fetched.append(request))

    page.fill("input[type=search]", "vélo")
    expect(page.locator("[data-search-result]").first).to_be_visible()
    weight = sum(len(brotli.compress(request.response().body())) for request in fetched)
    count = len(fetched)
    page.locator("input[type=search]").press_sequentially(" volé dans la cave")
    expect(page.locator("[data-search-result] mark").first).to_be_visible()

    assert 0 < weight <= FIRST_SEARCH_B
    assert len(fetched) == count
