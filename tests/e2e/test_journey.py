"""A person finds what to do, where to go and tells it, without JavaScript; an agent reads it."""

import json

import pytest
from playwright.sync_api import BrowserContext, Page, expect

pytestmark = pytest.mark.browser

FACTS = "Chaque soir, deux hommes vendent des sachets devant la porte du numéro douze."


def follow_to_the_end(page: Page) -> int:
    """Take the last choice of each question until an outcome; return how many questions."""
    for asked in range(1, 12):
        choices = page.locator(".answers a")
        if choices.count() == 0:
            return asked - 1
        choices.last.click()
    raise AssertionError("the orienteur does not end")


def fill_signalement(page: Page, facts: str = FACTS) -> None:
    page.goto("/declarer/signalement/formulaire/")
    page.check("#theme-0")
    page.fill("[name=facts]", facts)
    page.fill("[name=commune]", "Bordeaux")
    page.check("[name=when][value=ongoing]")
    if page.locator("[name=follow_up]").count():
        page.check("[name=follow_up] >> nth=0")


def test_from_home_to_an_answer_from_the_desk_without_javascript(plain_phone, portal):
    page = plain_phone.new_page()

    page.goto("/")
    page.get_by_role("link", name="Un vol, des dégâts").click()
    page.get_by_role("link", name="On m’a volé mon vélo ou ma trottinette").click()
    expect(page.locator("h1")).to_contain_text("vélo")
    page.get_by_role("link", name="Le commissariat ou la brigade près de vous").click()
    page.get_by_role("link", name="Gironde").click()
    expect(page.locator("h1")).to_contain_text("Gironde")

    page.goto("/orienteur/")
    page.get_by_role("link", name="Un vol, un cambriolage, des dégâts").click()
    assert follow_to_the_end(page) >= 1
    expect(page.locator("main")).to_contain_text("17")

    fill_signalement(page)
    page.click("button[value=verifier]:not(.trap)")
    code = page.locator("[data-code]").inner_text().strip()
    expect(page.locator("main")).to_contain_text(FACTS)
    page.click("button[value=confirmer]")
    reference = page.locator("[data-reference]").inner_text().strip()
    assert page.locator("[data-code]").inner_text().strip() == code

    page.goto("/suivi/")
    page.fill("[name=code]", code)
    page.get_by_role("button", name="Ouvrir").click()
    expect(page.locator("main")).to_contain_text(reference)

    assert FACTS in portal.desk("show", reference)
    assert reference in {row["reference"] for row in json.loads(portal.desk("list", "--json"))}


def test_check_page_sent_twice_gives_one_record_and_one_acknowledgement(plain_phone, portal):
    page = plain_phone.new_page()
    fill_signalement(page, facts="Une seule fois, même si je clique deux fois sur le bouton.")
    page.click("button[value=verifier]:not(.trap)")
    fields = {
        field.get_attribute("name"): field.input_value()
        for field in page.locator("form input[type=hidden], form input[type=text]").all()
        if field.get_attribute("name")
    }
    fields["action"] = "confirmer"
    before = len(json.loads(portal.desk("list", "--json")))

    answers = [plain_phone.request.post("/api/signalement", form=fields) for _ in range(2)]

    references = {
        answer.text().split("data-reference")[1].split(">")[1].split("<")[0] for answer in answers
    }
    assert [answer.status for answer in answers] == [200, 200]
    assert len(references) == 1
    assert len(json.loads(portal.desk("list", "--json"))) == before + 1


def test_nothing_that_was_typed_is_in_the_database_or_the_log(plain_phone: BrowserContext, portal):
    marker = "ZEBRURE-INOUBLIABLE-7391"
    page = plain_phone.new_page()
    fill_signalement(page, facts=f"Des faits qui portent la marque {marker} pour ce test.")
    page.click("button[value=verifier]:not(.trap)")
    code = page.locator("[data-code]").inner_text().strip()
    page.click("button[value=confirmer]")
    expect(page.locator("[data-reference]")).to_be_visible()

    kept = b"".join(path.read_bytes() for path in portal.state.rglob("*") if path.is_file())

    assert any(path.name.endswith("-wal") for path in portal.state.rglob("*"))
    for secret in (marker, code, code.replace("-", "")):
        assert secret.encode() not in kept
        assert secret not in portal.log.read_text(encoding="utf-8")
