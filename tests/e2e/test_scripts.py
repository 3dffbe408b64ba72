"""With JavaScript, things get quicker: search and stations."""

import pytest
from playwright.sync_api import Browser, Route, expect

pytestmark = pytest.mark.browser


def test_search_from_home_finds_the_guide_and_cleans_the_address(phone, portal):
    page = phone.new_page()
    page.goto("/")
    page.fill("input[type=search]", "velo volé")
    page.get_by_role("button", name="Chercher").click()

    first = page.locator("[data-search-result] a").first

    expect(first).to_have_attribute("href", "/guides/vols/vol-velo/")
    assert page.url == f"{portal.url}/recherche/"


def test_search_as_one_types_and_nothing_found_helps(phone):
    page = phone.new_page()
    page.goto("/recherche/")
    field = page.locator("input[type=search]")

    field.fill("rançon fichiers cryptés")
    expect(page.locator("[data-search-result] a").first).to_have_attribute(
        "href", "/guides/arnaques/rancongiciel/"
    )

    field.fill("<b>zzzqqq</b>😱")
    expect(page.get_by_text("Aucun guide ne répond à ces mots.")).to_be_visible()
    assert page.locator("main b").count() == 0


def test_what_was_typed_before_the_script_came_is_answered(phone):
    page = phone.new_page()
    waiting: list[Route] = []
    page.route("**/guide_search.js", lambda route: waiting.append(route))
    with page.expect_request("**/guide_search.js"):
        page.goto("/recherche/")

    page.fill("input[type=search]", "rançon")
    waiting[0].continue_()

    expect(page.locator("[data-search-result] a").first).to_be_visible()


def test_without_javascript_the_search_leads_to_the_index(plain_phone):
    page = plain_phone.new_page()
    page.goto("/")
    page.fill("input[type=search]", "vélo")
    page.get_by_role("button", name="Chercher").click()

    expect(page.get_by_role("link", name="Vol de vélo")).to_be_visible()


def test_station_is_found_by_commune_and_by_postcode(phone):
    page = phone.new_page()
    page.goto("/stations/")
    for query in ("Bordeaux", "33000"):
        page.fill("[data-station-search-field]", query)
        page.get_by_role("button", name="Chercher").first.click()

        first = page.locator("[data-station]").first
        expect(first).to_contain_text("Bordeaux")
        assert int(first.get_attribute("data-distance-m")) < 20_000


@pytest.mark.promise("position-stays")
def test_nearest_station_by_position_stays_on_the_device(browser: Browser, portal):
    context = browser.new_context(
        base_url=portal.url,
        geolocation={"latitude": 48.58, "longitude": 7.75},
        permissions=["geolocation"],
    )
    page = context.new_page()
    sent = []
    page.on("request", lambda request: sent.append(request.url))
    page.goto("/stations/")

    page.get_by_role("button", name="Autour de moi").click()

    expect(page.locator("[data-station]").first).to_contain_text("Strasbourg")
    assert not [url for url in sent if "48.58" in url or "7.75" in url]
    context.close()
