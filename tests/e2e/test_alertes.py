"""Alertes end in the page on the reader's day, without waiting for a build."""

from datetime import datetime

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

SHORT = "/alertes/2026-11-20-route-coupee-apres-un-accident/"  # ends on 30 November


def on(context, day):
    page = context.new_page()
    page.clock.set_fixed_time(datetime.fromisoformat(f"{day}T00:30:00+01:00"))
    return page


def test_an_alerte_is_shown_until_its_last_day_and_then_hidden(browser, portal):
    context = browser.new_context(base_url=portal.url, timezone_id="Europe/Paris")
    for day, is_shown in {"2026-11-29": True, "2026-11-30": False}.items():
        page = on(context, day)
        for path in ("/", "/alertes/"):
            page.goto(path)
            page.wait_for_selector("[data-component=alerte-expiry][data-mounted]")
            card = page.locator(f"a[href='{SHORT}']").first
            expect(card).to_be_visible() if is_shown else expect(card).to_be_hidden()
    context.close()


def test_when_all_have_ended_the_list_says_so_and_the_home_page_shows_none(browser, portal):
    context = browser.new_context(base_url=portal.url, timezone_id="Europe/Paris")
    page = on(context, "2027-06-01")

    page.goto("/alertes/")
    expect(page.get_by_text("Aucune alerte en cours.")).to_be_visible()
    page.goto("/")
    expect(page.get_by_role("heading", name="En ce moment")).to_be_hidden()
    context.close()


def test_the_page_of_an_alerte_says_that_it_has_ended(browser, portal):
    context = browser.new_context(base_url=portal.url, timezone_id="Europe/Paris")
    page = on(context, "2026-11-30")

    page.goto(SHORT)

    expect(
        page.get_by_text("Cette alerte est terminée depuis le 29 novembre 2026.")
    ).to_be_visible()
    context.close()


def test_without_javascript_the_last_day_is_written(plain_phone):
    page = plain_phone.new_page()

    page.goto("/alertes/")

    card = page.locator(f"a[href='{SHORT}']").first
    expect(card).to_contain_text("jusqu’au 29 novembre 2026")
