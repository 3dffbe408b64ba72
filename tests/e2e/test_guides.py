"""Every guide opens in a browser, with and without scripts, and shows what it must."""

import pytest
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_every_guide_opens_with_its_title_its_parts_and_a_number_to_call(
    browser: Browser, portal, scripts
):
    context = browser.new_context(base_url=portal.url, java_script_enabled=scripts)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    guides = sorted((portal.site / "guides").glob("*/*/index.html"))
    wrong = []
    for guide in guides:
        path = "/" + guide.parent.relative_to(portal.site).as_posix() + "/"
        answer = page.goto(path)
        parts = page.locator("article h2").count()
        calls = page.locator("article a[href^='tel:'], article a[href^='sms:']").count()
        if answer is None or answer.status != 200 or parts < 4 or not page.locator("h1").count():
            wrong.append(path)
        if calls == 0 and "/droits/" not in path:
            wrong.append(f"{path} names nobody to call")
    context.close()

    assert len(guides) == 85
    assert wrong == []
    assert errors == []
