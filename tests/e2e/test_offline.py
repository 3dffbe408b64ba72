"""« Garder hors ligne », with the network really cut in Chromium."""

import json

import brotli
import pytest
from playwright.sync_api import BrowserContext, Error, Page, expect

pytestmark = pytest.mark.browser

ASK = "/hors-ligne/"
GUIDE = "/guides/vols/vol-velo/"
SENSITIVE = "/guides/violences/violences-conjugales/"
STATION = "/stations/33/commissariat-bordeaux/"


def keep(page: Page, departement: str = "33") -> None:
    page.goto(ASK)
    page.select_option("#departement", departement)
    page.get_by_role("button", name="Garder hors ligne").click()
    expect(page.get_by_role("status")).to_have_text("C’est gardé sur cet appareil.")


def left_on_the_device(page: Page) -> list[str]:
    """Caches and workers, as the browser sees them."""
    return page.evaluate(
        """async () => [
            ...await caches.keys(),
            ...(await navigator.serviceWorker.getRegistrations()).map((one) => one.scope),
        ]"""
    )


def cut(context: BrowserContext) -> None:
    context.set_offline(True)


@pytest.mark.promise("offline-when-asked")
def test_everything_travels_as_one_light_file(portal):
    (bundle,) = (portal.site / "hors-ligne").glob("pages.*.json")
    body = bundle.read_bytes()

    assert len(json.loads(body)["files"]) > 200
    assert len(brotli.compress(body, quality=9)) <= 250_000  # one page of a usual site
    assert len(body) <= 4_000_000  # on the device


def test_nothing_is_kept_until_it_is_asked_for(phone):
    page = phone.new_page()
    for path in ("/", "/urgences/", GUIDE, ASK):
        page.goto(path, wait_until="networkidle")

    assert left_on_the_device(page) == []


def test_numbers_questions_guides_and_stations_are_read_without_network(phone):
    page = phone.new_page()
    keep(page)
    cut(phone)

    for path, words in {
        "/urgences/": "Numéros d’urgence et d’aide",
        "/orienteur/": "Que",
        GUIDE: "vélo",
        "/stations/33/": "Gironde",
        STATION: "Bordeaux",
        "/": "Que s’est-il passé",
    }.items():
        page.goto(path)
        expect(page.locator("h1")).to_contain_text(words)
        # Style, scripts and security are those of the page from the network.
        page.wait_for_selector("[data-quick-exit][data-mounted]")
        assert page.evaluate("getComputedStyle(document.querySelector('.urgent')).display")


def test_kept_pages_carry_the_security_headers_of_the_site(phone):
    page = phone.new_page()
    keep(page)
    online = page.goto("/urgences/").all_headers()
    cut(phone)

    offline = page.goto("/urgences/").all_headers()

    names = ("content-security-policy", "referrer-policy", "permissions-policy")
    assert {name: offline.get(name) for name in names} == {name: online[name] for name in names}


def test_a_page_that_is_not_kept_says_so_and_leads_to_those_that_are(phone):
    page = phone.new_page()
    keep(page, "")
    page.goto(SENSITIVE)  # visiting does not keep it
    cut(phone)

    for path in (SENSITIVE, "/stations/33/", "/recherche/?q=viol"):
        page.goto(path)
        expect(page.locator("h1")).to_have_text("Pas de réseau")
    page.get_by_role("link", name="Vol de vélo").click()
    expect(page.locator("h1")).to_contain_text("vélo")


@pytest.mark.parametrize("path", ["/declarer/signalement/formulaire/", "/suivi/", "/api/suivi"])
@pytest.mark.promise("offline-when-asked")
def test_forms_and_answers_never_come_from_the_device(phone, path):
    page = phone.new_page()
    keep(page)
    if not path.startswith("/api"):
        page.goto(path)
    cut(phone)

    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        page.goto(path)


@pytest.mark.promise("offline-when-asked")
def test_what_the_device_holds_names_no_sensitive_page(phone):
    page = phone.new_page()
    keep(page)
    page.goto(SENSITIVE)
    page.goto("/suivi/")
    page.goto("/urgences/")

    held = page.evaluate(
        """async () => {
            const held = []
            for (const name of await caches.keys()) {
                for (const request of await (await caches.open(name)).keys()) {
                    const answer = await caches.match(request)
                    const isBundle = request.url.endsWith('.json')
                    held.push(new URL(request.url).pathname)
                    if (isBundle) held.push(...Object.keys((await answer.json()).files))
                }
            }
            return held
        }"""
    )

    assert GUIDE in held
    assert STATION in held
    assert SENSITIVE not in held
    assert [path for path in held if path.startswith(("/declarer", "/suivi", "/api"))] == []


def test_the_network_is_asked_first_since_a_number_may_have_changed(phone):
    page = phone.new_page()
    keep(page)
    page.evaluate(
        """async () => {
            const [name] = (await caches.keys()).filter((one) => one.endsWith('.json'))
            const cache = await caches.open(name)
            const [request] = await cache.keys()
            const bundle = await (await cache.match(request)).json()
            bundle.files['/urgences/'] = '<h1>Numéros d’avant</h1>'
            await cache.put(request, new Response(JSON.stringify(bundle)))
        }"""
    )

    page.goto("/urgences/")
    expect(page.locator("h1")).to_have_text("Numéros d’urgence et d’aide")
    cut(phone)
    page.goto("/urgences/")
    expect(page.locator("h1")).to_have_text("Numéros d’avant")


def test_ne_plus_rien_garder_removes_everything(phone):
    page = phone.new_page()
    keep(page)

    page.get_by_role("button", name="Ne plus rien garder").click()

    expect(page.get_by_role("status")).to_have_text("Plus rien n’est gardé sur cet appareil.")
    assert left_on_the_device(page) == []


def test_effacer_mes_traces_removes_what_was_kept(phone):
    page = phone.new_page()
    keep(page)

    page.goto("/effacer-mes-traces/")
    page.get_by_role("button", name="Effacer ce que ce site a laissé").click()
    page.wait_for_url("**/effacer-mes-traces/fait/")

    assert left_on_the_device(page) == []


def test_the_quick_exit_removes_what_was_kept(phone):
    phone.route("https://www.wikipedia.org/", lambda route: route.fulfill(body="ailleurs"))
    page = phone.new_page()
    keep(page)
    page.goto(SENSITIVE)
    page.wait_for_selector("[data-quick-exit][data-mounted]")

    page.click("[data-quick-exit]")
    page.wait_for_url("https://www.wikipedia.org/")

    page.goto("/urgences/")
    assert left_on_the_device(page) == []


def test_when_the_network_fails_half_way_the_page_says_so(phone):
    page = phone.new_page()
    page.goto(ASK)
    button = page.get_by_role("button", name="Garder hors ligne")
    expect(button).to_be_visible()
    cut(phone)

    button.click()

    expect(page.get_by_role("status")).to_contain_text("Tout n’a pas pu être gardé.")
    phone.set_offline(False)
    keep(page)


def test_without_javascript_the_page_says_what_to_do_instead(plain_phone):
    page = plain_phone.new_page()
    page.goto(ASK)

    expect(page.get_by_role("button", name="Garder hors ligne")).to_be_hidden()
    expect(page.get_by_text("Sans JavaScript, le navigateur")).to_be_visible()
    page.get_by_role("link", name="les numéros d’urgence et d’aide").click()
    expect(page.locator("h1")).to_contain_text("Numéros")
