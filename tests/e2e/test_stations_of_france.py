"""Journeys through all of France in a real browser, with and without scripts."""

import re
import threading
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import brotli
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from site_builder.contacts import load_contacts
from site_builder.project import Project
from site_builder.settings import load_settings
from site_builder.stations.loading import load_stations
from site_builder.stations.render import render_stations
from site_builder.theme import Theme

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"
DILA = ROOT.parent / "shared" / "data" / "stations_dila_2022-01.csv"
TODAY = date(2026, 11, 22)
TYPES = {"html": "text/html; charset=utf-8", "json": "application/json", "js": "text/javascript"}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not DILA.is_file(), reason="../shared/data is absent"),
]


@pytest.fixture(scope="module")
def site():
    """All of France served from memory under the real content security policy."""
    settings, _ = load_settings(Project(ROOT))
    contacts, _ = load_contacts(ROOT / "content" / "contacts.yaml")
    theme = Theme(settings, contacts, TODAY)
    found, _ = load_stations(DILA, DILA, DATA)
    files = {o.path: o.body for o in (*render_stations(theme, found, TODAY), *theme.outputs())}
    style, script = theme.hashes
    policy = (
        f"default-src 'none'; script-src 'self' '{script}'; connect-src 'self'; img-src 'self'; "
        f"form-action 'self'; style-src '{style}'"
    )

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            path = urlsplit(self.path).path.lstrip("/")
            body = files.get(f"{path}index.html" if not path or path.endswith("/") else path)
            self.send_response(404 if body is None else 200)
            kind = TYPES.get(path.rpartition(".")[2], TYPES["html"])
            self.send_header("Content-Type", "image/svg+xml" if path.endswith("svg") else kind)
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_):
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def phone(browser, site):
    """A narrow screen; errors of the console fail the test."""
    context = browser.new_context(viewport={"width": 320, "height": 700}, base_url=site)
    page = context.new_page()
    errors = []
    page.on(
        "console", lambda message: errors.append(message.text) if message.type == "error" else None
    )
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.moved = []
    page.on(
        "response",
        lambda answer: page.moved.append(answer) if "/donnees/" in answer.url else None,
    )
    yield page
    assert [error for error in errors if "404" not in error] == []
    context.close()


def ask(page, query):
    page.goto("/stations/")
    page.fill("[data-station-search-field]", query)
    page.keyboard.press("Enter")
    expect(page.locator("[data-station]").first).to_be_visible()


def first_id(page):
    return page.locator("[data-station]").first.get_attribute("data-station-id")


@pytest.mark.parametrize(
    ("query", "choice", "station"),
    [
        ("Bordeaux", "", "commissariat_police-33063-01"),
        ("33000", "", "commissariat_police-33063-01"),
        ("bordaux", "", "commissariat_police-33063-01"),
        ("33063", "", "commissariat_police-33063-01"),
        ("saint denis", "Seine-Saint-Denis", "commissariat_police-93066-01"),
        ("Saint-Denis", "La Réunion", "commissariat_police-97411-01"),
        ("Paris 11e", "", "commissariat_police-75111-01"),
        ("75011", "", "commissariat_police-75111-01"),
        ("Saint-Pierre", "La Réunion", "commissariat_police-97416-01"),
        ("St Pierre", "Saint-Pierre-et-Miquelon", "gendarmerie-97502-01"),
    ],
)
def test_a_commune_leads_to_its_nearest_station(phone, query, choice, station):
    ask(phone, query)
    if choice:
        expect(phone.locator(".towns")).to_contain_text("Laquelle ?")
        phone.get_by_role("button", name=choice).click()
        expect(phone.locator("[data-station-search-status]")).to_contain_text(choice)
    expect(phone.locator("[data-station]").first).to_have_attribute("data-station-id", station)

    moved = sum(len(brotli.compress(answer.body(), quality=5)) for answer in phone.moved)
    assert moved <= 60_000
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_distances_grow_and_each_result_can_be_called_and_reached(phone):
    ask(phone, "Bordeaux")
    results = phone.locator("[data-station]")
    metres = [int(one.get_attribute("data-distance-m")) for one in results.all()]

    assert len(metres) == 5
    assert metres == sorted(metres)
    for one in results.all():
        assert one.locator('a[href^="tel:"]').count() >= 1
        assert one.locator('a[href^="geo:"]').count() == 1
        assert one.locator('a[href*="openstreetmap.org/directions"]').count() == 1
    results.first.get_by_role("link", name="Commissariat").click()
    expect(phone.locator("h1")).to_contain_text("Bordeaux")


def test_nothing_typed_leaves_the_page(phone):
    phone.goto("/stations/")
    expect(phone.locator("[data-component=station-search][data-mounted]")).to_be_visible()
    asked = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.fill("[data-station-search-field]", "Bordeaux")
    phone.keyboard.press("Enter")
    expect(phone.locator("[data-station]")).to_have_count(5)

    assert not any("ordeaux" in url for url in asked)
    assert {urlsplit(url).path.split("/")[1] for url in asked} <= {
        "stations",
        "assets",
        "favicon.svg",
    }


def test_a_form_sent_before_the_script_is_answered_after_the_reload(phone):
    phone.goto("/stations/?q=Bordeaux#departements")

    expect(phone.locator("[data-station]").first).to_contain_text("Bordeaux")
    assert "Bordeaux" not in phone.url


def test_what_matches_nothing_says_what_to_do(phone):
    phone.goto("/stations/")
    phone.fill("[data-station-search-field]", "zzzzzz")
    phone.keyboard.press("Enter")

    expect(phone.locator("[data-station-search-status]")).to_contain_text(
        "choisissez un département"
    )
    expect(phone.locator("[data-station]")).to_have_count(0)


def test_a_departement_leads_to_its_page(phone):
    phone.goto("/stations/")
    phone.fill("[data-station-search-field]", "gironde")
    phone.keyboard.press("Enter")
    phone.get_by_role("link", name="Gironde (33)").click()

    expect(phone.locator("h1")).to_contain_text("Gironde (33)")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [("Nouméa", "Stations de Nouméa"), ("Farino", "Distances inconnues.")],
)
def test_where_no_distance_is_known_it_says_so(phone, query, sentence):
    ask(phone, query)

    expect(phone.locator("[data-station-search-status]")).to_contain_text(sentence)
    assert phone.locator("[data-distance-m]").count() == 0


def test_around_me_asks_the_device_and_nobody_else(browser, site):
    context = browser.new_context(
        base_url=site,
        geolocation={"longitude": 7.7521, "latitude": 48.5734},
        permissions=["geolocation"],
    )
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/stations/")
    page.get_by_role("button", name="Autour de moi").click()

    expect(page.locator("[data-station]").first).to_contain_text("Strasbourg")
    assert not any("48.5" in url or "7.75" in url for url in asked)
    context.close()


def test_a_refused_position_says_what_to_do(browser, site):
    context = browser.new_context(base_url=site)
    context.clear_permissions()
    page = context.new_page()
    page.goto("/stations/")
    page.get_by_role("button", name="Autour de moi").click()

    expect(page.locator("[data-station-search-status]")).to_contain_text(
        "Écrivez plutôt votre commune"
    )
    context.close()


@pytest.mark.parametrize(
    ("departement", "commune", "title"),
    [
        ("33 Gironde", "Bordeaux", "Commissariat de police de Bordeaux"),
        ("93 Seine-Saint-Denis", "Saint-Denis", "Commissariat de police de Saint-Denis"),
        ("974 La Réunion", "Saint-Denis", "Commissariat de police de Saint-Denis"),
        ("75 Paris", "Paris 11e Arrondissement", "Paris 11e arrondissement"),
        ("974 La Réunion", "Saint-Pierre", "Commissariat de police de Saint-Pierre"),
        ("975 Saint-Pierre-et-Miquelon", "Saint-Pierre", "Brigade de gendarmerie – Saint-Pierre"),
    ],
)
def test_without_script_two_links_lead_to_the_station(browser, site, departement, commune, title):
    context = browser.new_context(java_script_enabled=False, base_url=site)
    page = context.new_page()
    page.goto("/stations/")
    page.get_by_role("link", name=departement, exact=True).click()
    page.get_by_role("link", name="La plus proche de ma commune").click()
    line = page.get_by_role("listitem").filter(has_text=re.compile(f"^{commune}\\s:"))
    line.get_by_role("link").first.click()

    expect(page.locator("h1")).to_contain_text(title)
    assert page.locator('a[href^="tel:"]').count() >= 2
    context.close()


def test_without_script_the_form_leads_to_the_departements(browser, site):
    context = browser.new_context(java_script_enabled=False, base_url=site)
    page = context.new_page()
    page.goto("/stations/")
    page.fill("[data-station-search-field]", "Bordeaux")
    page.get_by_role("button", name="Chercher").click()
    page.wait_for_url("**#departements", timeout=5000)

    expect(page.locator("#departements")).to_be_in_viewport()
    context.close()


def test_open_now_follows_the_clock_of_the_station(browser, site):
    context = browser.new_context(base_url=site, timezone_id="Asia/Tokyo")
    page = context.new_page()
    page.clock.set_fixed_time("2026-11-23T09:00:00Z")  # Monday, 10:00 in Paris
    page.goto("/stations/38/commissariat-grenoble/")

    expect(page.locator(".pill")).to_have_text(
        "Ouvert, ferme à 12 h, d’après des horaires de juin 2017"
    )
    context.close()


@pytest.mark.parametrize(
    "path",
    [
        "/stations/",
        "/stations/38/",
        "/stations/38/communes/",
        "/stations/38/commissariat-grenoble/",
    ],
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible(browser, site, path, scheme):
    context = browser.new_context(base_url=site, color_scheme=scheme)
    page = context.new_page()
    page.goto(path)
    if path == "/stations/":
        ask(page, "Saint-Denis")
    found = Axe().run(page).response["violations"]

    assert [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found] == []
    context.close()
