"""Every kind of page: light, readable, safe, at home on a small screen."""

import re
from pathlib import Path

import brotli
import pytest
from kinds import KINDS, LONG_LISTS
from playwright.sync_api import Browser, Request

pytestmark = pytest.mark.browser

ONE_WINDOW_B = 14_000  # one TCP congestion window
LONG_LIST_B = 30_000
MAX_REQUESTS = 6


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(browser: Browser, portal, axe_report, kind, scheme):
    context = browser.new_context(base_url=portal.url, color_scheme=scheme)
    page = context.new_page()
    page.goto(KINDS[kind])

    assert axe_report.violations(page, kind, scheme) == []
    context.close()


@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS)
def test_nothing_overflows_at_320_pixels(browser: Browser, portal, path):
    context = browser.new_context(base_url=portal.url, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(path)

    over = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )

    assert over == 0
    context.close()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.promise("no-third-party")
def test_first_visit_is_light_and_asks_nobody_else(browser: Browser, portal, kind):
    context = browser.new_context(base_url=portal.url)
    page = context.new_page()
    requests: list[Request] = []
    messages: list[str] = []
    page.on("requestfinished", lambda request: requests.append(request))
    page.on("console", lambda message: messages.append(message.text))

    page.goto(KINDS[kind], wait_until="networkidle")

    fetched = [r for r in requests if not r.url.endswith(("favicon.svg", ".webmanifest"))]
    weight = sum(len(brotli.compress(request.response().body())) for request in fetched)
    assert [r.url for r in requests if not r.url.startswith(portal.url)] == []
    assert [m for m in messages if "Content Security Policy" in m] == []
    assert weight <= (LONG_LIST_B if kind in LONG_LISTS else ONE_WINDOW_B)
    assert len(fetched) <= MAX_REQUESTS
    context.close()


def test_style_is_applied_under_the_policy(phone):
    page = phone.new_page()
    page.goto("/")

    colour = page.evaluate("getComputedStyle(document.querySelector('.urgent')).backgroundColor")

    assert colour == "rgb(168, 32, 26)"


def test_every_answer_carries_the_security_headers(phone):
    for path in (*KINDS.values(), "/api/rien"):
        headers = phone.request.get(path).headers

        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-content-type-options"] == "nosniff"
        assert "set-cookie" not in headers


def test_no_link_of_the_site_is_dead(portal):
    pages = {
        "/" + file.relative_to(portal.site).as_posix().removesuffix("index.html")
        for file in portal.site.rglob("index.html")
    }
    files = {
        "/" + file.relative_to(portal.site).as_posix()
        for file in portal.site.rglob("*")
        if file.is_file()
    }
    dead = {
        f"{page.relative_to(portal.site)} → {target}"
        for page in portal.site.rglob("*.html")
        for target in re.findall(r'(?:href|src|action)="(/[^"#?]*)', page.read_text("utf-8"))
        if target not in pages and target not in files and not target.startswith("/api/")
    }
    assert dead == set()


def test_every_anchor_of_a_page_exists(portal):
    missing = []
    for page in (portal.site / "guides").rglob("index.html"):
        html = page.read_text("utf-8")
        ids = set(re.findall(r'\bid="([^"]+)"', html))
        wanted = set(re.findall(r'href="#([^"]+)"', html))
        missing += [f"{page.parent.name}#{anchor}" for anchor in wanted - ids]
    assert missing == []


def test_every_guide_of_the_list_answers_at_its_address(phone):
    listed = Path(__file__).parents[3] / "shared" / "guides.md"
    if not listed.is_file():
        pytest.skip("../shared/guides.md is absent")
    slugs = {
        theme: re.findall(r"[a-z]+(?:-[a-z]+)*", re.sub(r"\([^)]*\)", "", names))
        for theme, names in re.findall(
            r"^- \*\*([a-z]+)\*\*: (.+)$", listed.read_text("utf-8"), re.MULTILINE
        )
    }
    addresses = [f"/guides/{theme}/{slug}/" for theme, names in slugs.items() for slug in names]

    missing = [path for path in addresses if phone.request.get(path).status != 200]

    assert len(addresses) == 85
    assert missing == []
