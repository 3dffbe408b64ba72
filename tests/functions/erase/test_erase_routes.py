def test_a_post_makes_the_browser_erase_cache_and_storage(world):
    page = world.post("/api/effacer", {})

    assert page.status == 303
    assert page.headers["location"] == "/effacer-mes-traces/fait/"
    assert page.headers["clear-site-data"] == '"cache", "storage"'
    assert page.headers["cache-control"] == "no-store"


def test_reading_the_address_erases_nothing_and_leads_to_the_button(world):
    page = world.request("GET", "/api/effacer")

    assert (page.status, page.headers["location"]) == (303, "/effacer-mes-traces/")
    assert "clear-site-data" not in page.headers


def test_another_site_cannot_make_the_browser_erase(world):
    page = world.request("POST", "/api/effacer", sec_fetch_site="cross-site")

    assert page.status == 403
    assert "clear-site-data" not in page.headers
