"""Promises of the privacy page that a real browser and a real server keep together."""

import http.client
import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from kinds import KINDS
from playwright.sync_api import Browser, Page, expect
from test_states import acknowledgement

ROOT = Path(__file__).parents[2]
THEME = ROOT / "site_builder" / "theme"
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
STORAGE = re.compile(r"localStorage|sessionStorage|indexedDB|openDatabase|cookie|\bcaches\b", re.I)
OUTWARD = re.compile(r"sendBeacon|XMLHttpRequest|WebSocket|EventSource|importScripts|RTCPeer")
DEVICE = "MARQUEUR-APPAREIL"
WHAT_IS_LEFT = """async () => [
    ...Object.keys(localStorage), ...Object.keys(sessionStorage),
    ...(await indexedDB.databases()).map((base) => base.name),
    ...(await caches.keys()),
    ...(await navigator.serviceWorker.getRegistrations()).map((one) => one.scope),
    document.cookie, window.name,
].filter(Boolean)"""


def journey(page: Page):
    """A whole visit; gives back the control after each page."""
    page.goto("/")
    yield
    page.goto("/recherche/")
    page.locator("[type=search]").first.press_sequentially("vélo volé")
    expect(page.locator("[data-search-result] a").first).to_be_visible()
    yield
    page.goto("/stations/")
    page.fill("[data-station-search-field]", "Bordeaux")
    page.get_by_role("button", name="Chercher").first.click()
    expect(page.locator("[data-station]").first).to_be_visible()
    yield
    page.goto("/guides/violences/violences-conjugales/")
    yield
    acknowledgement(page)
    code = page.locator("[data-code]").inner_text()
    yield
    page.goto("/suivi/")
    page.fill("[name=code]", code)
    page.get_by_role("button", name="Ouvrir").click()
    page.fill("[name=message]", "Une suite à mon signalement.")
    page.get_by_role("button", name="Envoyer ce message").click()
    expect(page.locator("[data-notice]")).to_be_visible()
    yield


@pytest.mark.browser
@pytest.mark.promise("nothing-on-device", "no-cookie", "no-third-party", "offline-when-asked")
def test_a_whole_visit_leaves_nothing_and_calls_nobody_else(browser: Browser, portal):
    context = browser.new_context(base_url=portal.url)
    context.set_default_timeout(10_000)
    page = context.new_page()
    asked, refused = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: refused.append(message.text))

    left = [page.evaluate(WHAT_IS_LEFT) for _ in journey(page)]

    assert left == [[]] * 6
    assert context.cookies() == []
    assert [url for url in asked if not url.startswith(portal.url)] == []
    assert [text for text in refused if "Content Security Policy" in text] == []
    assert context.storage_state(indexed_db=True) == {"cookies": [], "origins": []}
    context.close()


@pytest.mark.promise("nothing-on-device", "offline-when-asked")
def test_no_script_of_ours_keeps_anything_but_what_is_said():
    """The mark of the quick exit, and pages kept offline on request."""
    ours = [file for file in THEME.rglob("*.js") if "vendor" not in file.parts]
    code = {file.name: COMMENT.sub("", file.read_text("utf-8")) for file in ours}
    using = {name: set(STORAGE.findall(text)) for name, text in code.items()}

    assert len(ours) > 10
    assert {name: words for name, words in using.items() if words} == {
        "start.js": {"sessionStorage"},  # the mark of the quick exit
        "forget.js": {"caches"},  # takes away what was kept
        "service_worker.js": {"caches"},  # registered by keep_offline.js only, when asked
    }
    assert re.findall(r"setItem\(([^)]*)\)", code["start.js"]) == ["LEFT, ''"]
    registering = [name for name, text in code.items() if ".register(" in text]
    assert registering == ["keep_offline.js"]


@pytest.mark.promise("no-third-party")
def test_no_script_or_page_of_ours_calls_another_site(portal):
    scripts = [file for file in (portal.site / "assets").rglob("*.js")]
    calls = [f.name for f in scripts if OUTWARD.search(f.read_text("utf-8"))]
    fetched = {
        found
        for page in portal.site.rglob("*.html")
        for found in re.findall(
            r"<(?:script|img|iframe|link|source|video|audio|object|embed)\b[^>]*"
            r"\b(?:src|srcset|data)=\"(https?:[^\"]*)",
            page.read_text("utf-8"),
        )
    }

    assert len(scripts) > 10
    assert calls == []
    assert fetched == set()


@pytest.mark.promise("no-cookie")
def test_no_answer_sets_a_cookie(portal):
    paths = [*KINDS.values(), "/api/health", "/api/signalement", "/api/suivi", "/api/effacer"]
    for method in ("GET", "POST", "PUT"):
        for path in paths:
            answer = ask(portal, method, path, urlencode({"code": "x"}))

            assert answer.getheader("Set-Cookie") is None, (method, path)


@pytest.mark.promise("no-trace-in-logs")
def test_what_is_read_and_searched_and_by_whom_is_in_no_log(portal):
    for path in (*KINDS.values(), f"/recherche/?q={DEVICE}", f"/{DEVICE}/", f"/api/{DEVICE}"):
        ask(portal, "GET", path, user_agent=DEVICE, referer=DEVICE, x_forwarded_for="192.0.2.77")
        ask(portal, "POST", path, DEVICE, user_agent=DEVICE)

    log = portal.log.read_text("utf-8")
    kept = b"".join(file.read_bytes() for file in portal.state.rglob("*") if file.is_file())
    for trace in (DEVICE, "192.0.2.77", "violences-conjugales", "Chrome", "GET /"):
        assert trace not in log
        assert trace.encode() not in kept


@pytest.mark.promise("position-stays")
def test_only_the_search_of_stations_may_ask_the_position(portal):
    for path in KINDS.values():
        policy = ask(portal, "GET", path).getheader("Permissions-Policy") or ""
        allowed = "geolocation=(self)" if path.startswith("/stations/") else "geolocation=()"

        assert allowed in policy.split(", "), path


def ask(portal, method, path, body=None, **headers):
    connection = http.client.HTTPConnection(portal.url.removeprefix("http://"), timeout=10)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    if body is not None:
        sent.setdefault("Content-Type", "application/x-www-form-urlencoded")
    connection.request(method, path, body, sent)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer
