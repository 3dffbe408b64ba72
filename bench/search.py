"""How soon the search answers a key press, in Chromium on a processor slowed four times."""

from __future__ import annotations

import statistics
from typing import Any

from playwright.sync_api import Page, sync_playwright

from bench.portal import CHROMIUM, portal
from bench.rows import SHARED, Row, compressed

SLOWED = 4
TYPED = "on m’a volé mon vélo dans la cave"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
# From the key event to the frame that shows its results: their number is told last, at each key.
WATCH = """() => {
  window.spent = []
  const told = document.querySelector('[data-guide-search-status]')
  const field = document.querySelector('input[type=search]')
  field.addEventListener('input', () => {
    const started = performance.now()
    new MutationObserver((_, watching) => {
      watching.disconnect()
      requestAnimationFrame(() => setTimeout(() => window.spent.push(performance.now() - started)))
    }).observe(told, { childList: true })
  }, { capture: true })
}"""


def measure() -> list[Row]:
    """Bytes of the first search, delay of a key press, and the queries that find their guide."""
    if not CHROMIUM.exists():
        return [("search", "skipped: Chromium is absent")]
    with portal() as served, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        page = browser.new_page(viewport={"width": 360, "height": 740})
        page.goto(f"{served.url}/recherche/")
        rows = [("first search, everything it fetches", _first_search(page))]
        rows.append((f"key press → results, processor ÷ {SLOWED}", _key_presses(page)))
        rows.append(("queries that find their guide among the first three", _queries(page)))
        browser.close()
    return rows


def _first_search(page: Page) -> str:
    fetched: list[Any] = []
    page.on("requestfinished", lambda request: fetched.append(request))
    page.fill("input[type=search]", "vol")
    page.wait_for_selector("[data-search-result]")
    weight = sum(compressed(request.response().body()) for request in fetched)
    return f"{weight} B br in {len(fetched)} requests"


def _key_presses(page: Page) -> str:
    """A new letter each time the results of the one before are shown."""
    page.fill("input[type=search]", TYPED[:2])
    page.evaluate(WATCH)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    for count, letter in enumerate(TYPED[2:], 1):
        page.keyboard.insert_text(letter)
        while page.evaluate("window.spent.length") < count:
            page.wait_for_timeout(5)
    spent = sorted(page.evaluate("window.spent"))
    return (
        f"{statistics.median(spent):.0f} ms median, {spent[int(len(spent) * 0.95)]:.0f} ms p95, "
        f"{spent[-1]:.0f} ms worst of {len(spent)}"
    )


def _queries(page: Page) -> str:
    file = SHARED / "search" / "queries.tsv"
    if not file.is_file():
        return "skipped: ../shared/search is absent"
    rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()]
    wanted = [(row[0], row[1].split("|")) for row in rows if len(row) == 2]
    wanted = [(query, slugs) for query, slugs in wanted if not query.startswith("#")]
    found = 0
    for query, slugs in wanted:
        page.fill("input[type=search]", "")
        page.fill("input[type=search]", query)
        page.wait_for_selector("[data-search-result], [data-guide-search-nothing]:not([hidden])")
        links = page.eval_on_selector_all(
            "[data-search-result] a", "links => links.slice(0, 3).map(link => link.href)"
        )
        slugs_found = [link.rstrip("/").rsplit("/", 1)[1] for link in links]
        found += any(one.startswith(slug) for one in slugs_found for slug in slugs)
    return f"{found} of {len(wanted)}"


if __name__ == "__main__":
    for label, value in measure():
        print(f"{label.ljust(56)}{value}")
