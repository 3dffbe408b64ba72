"""The steps of the forms in a real browser, as a person reaches them."""

from __future__ import annotations

from playwright.sync_api import Page

PRE_PLAINTE = {
    "declarant": "victim",
    "birth_name": "Exemple",
    "first_names": "Camille",
    "birth_date": "14/07/1990",
    "email": "camille@exemple.fr",
    "offence": "vol",
    "violence": "no",
    "place_kind": "address",
    "place_postcode": "33000",
    "facts": "Mon vélo attaché devant chez moi a été pris pendant la nuit.",
    "when": "day",
    "when_start": "01/11/2026",
    "author_known": "no",
    "truth": "yes",
}
ARNAQUE = {
    "kind": "faux_site",
    "facts": "Un site de chaussures jamais livrées, payé par virement.",
    "ibans": "FR76 3000 6000 0112 3456 7890 189",
    "money_lost": "yes",
    "amount": "89,90",
    "when": "day",
    "when_start": "01/11/2026",
    "follow_up": "yes",
}
_POST = """([fields, action]) => {
    const form = document.querySelector('form.declaration, form')
    for (const [name, value] of [...Object.entries(fields), ['action', action]]) {
        const field = document.createElement('input')
        field.type = 'hidden'
        field.name = name
        field.value = value
        form.append(field)
    }
    form.submit()
}"""


def post(page: Page, form: str, fields: dict[str, str], action: str) -> None:
    """The answer to a form filled with `fields`, past its steps."""
    page.goto(f"/declarer/{form}/formulaire/")
    with page.expect_navigation():
        page.evaluate(_POST, [fields, action])


def press(page: Page, action: str) -> None:
    """Press a button of an answer, and wait for the next page."""
    with page.expect_navigation():
        page.click(f"button[name=action][value='{action}']:not(.trap)")


def errors_everywhere(page: Page) -> None:
    wrong = {"objects.0.imei": "12", "phone": "12", "email": "x", "when_start": "99/99/2026"}
    post(page, "pre-plainte", wrong, "verifier")


def object_added(page: Page) -> None:
    post(page, "pre-plainte", PRE_PLAINTE, "ajouter.objects")


def stations_without_a_postcode(page: Page) -> None:
    post(page, "pre-plainte", {**PRE_PLAINTE, "place_postcode": ""}, "stations")


def stations_to_choose(page: Page) -> None:
    post(page, "pre-plainte", PRE_PLAINTE, "stations")


def check(page: Page) -> None:
    post(page, "pre-plainte", PRE_PLAINTE, "verifier")


def modified(page: Page) -> None:
    check(page)
    press(page, "modifier")


def forged_token(page: Page) -> None:
    check(page)
    page.evaluate("document.querySelector('[name=token]').value = 'faux'")
    press(page, "confirmer")


def acknowledged(page: Page) -> None:
    check(page)
    press(page, "confirmer")


def memo(page: Page) -> None:
    acknowledged(page)
    press(page, "noter")


def digits_asked(page: Page) -> None:
    acknowledged(page)
    press(page, "prouver")


def wrong_digits(page: Page) -> None:
    digits_asked(page)
    page.fill("[name=digits]", "12")
    press(page, "valider")


def address_asked(page: Page) -> None:
    acknowledged(page)
    press(page, "ouvrir")
    press(page, "adresse")


def wrong_address(page: Page) -> None:
    address_asked(page)
    press(page, "prouver")


def arnaque_errors(page: Page) -> None:
    post(page, "arnaque", {"ibans": "FR00", "urls": "pas une adresse"}, "verifier")


def arnaque_check(page: Page) -> None:
    post(page, "arnaque", ARNAQUE, "verifier")


def arnaque_acknowledged(page: Page) -> None:
    arnaque_check(page)
    press(page, "confirmer")


def refused_message(page: Page) -> None:
    arnaque_acknowledged(page)
    press(page, "ouvrir")
    press(page, "ecrire")


def refused_action(page: Page) -> None:
    post(page, "pre-plainte", PRE_PLAINTE, "inconnue")


STEPS = (
    errors_everywhere,
    object_added,
    stations_without_a_postcode,
    stations_to_choose,
    check,
    modified,
    forged_token,
    acknowledged,
    memo,
    digits_asked,
    wrong_digits,
    address_asked,
    wrong_address,
    arnaque_errors,
    arnaque_check,
    arnaque_acknowledged,
    refused_message,
    refused_action,
)
