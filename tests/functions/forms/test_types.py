"""What people really type is accepted; what cannot be is refused with its own code."""

from datetime import date
from typing import Annotated

import pytest
from pydantic import Field

from chalicelib.errors import InvalidSubmissionError
from chalicelib.forms import answers
from chalicelib.forms import types as t
from chalicelib.forms.spec import FormModel

TODAY = date(2026, 11, 22)


class Form(FormModel):
    day: t.OptionalPastDay = None
    hour: t.Hour = ""
    email: t.Email = ""
    phone: t.Phone = ""
    postcode: t.Postcode = ""
    urls: Annotated[t.UrlLines, Field(max_length=2, default_factory=list)]
    ticked: t.Ticked = False
    amount: t.Amount = ""
    ibans: Annotated[t.IbanLines, Field(default_factory=list)]
    wallets: Annotated[t.WalletLines, Field(default_factory=list)]
    text: t.Paragraph = ""


def read(name, *typed):
    return answers.read(Form, {name: typed}, TODAY).get(name)


def code(name, *typed):
    with pytest.raises(InvalidSubmissionError) as refused:
        read(name, *typed)
    return refused.value.fields[name]


@pytest.mark.parametrize(
    "typed",
    ["14/07/2026", "14.7.2026", "14-07-2026", "14 07 2026", "14 juillet 2026", "14 JUILLET 2026",
     "2026-07-14", "١٤/٠٧/٢٠٢٦", " 14 / 07 / 2026 "],
)  # fmt: skip
def test_a_day_is_understood_however_it_is_written(typed):
    assert read("day", typed) == "2026-07-14"


def test_the_first_of_a_month_and_accents_too():
    assert read("day", "1er août 2026") == "2026-08-01"
    assert read("day", "3 fevrier 2026") == "2026-02-03"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("31/02/2026", "date_invalid"),
        ("00/00/0000", "date_invalid"),
        ("hier", "date_invalid"),
        ("14/07/26", "date_invalid"),
        ("14 brumaire 2026", "date_invalid"),
        ("23/11/2026", "date_future"),
        ("31/12/1899", "date_too_old"),
    ],
)
def test_an_impossible_day_says_why(typed, expected):
    assert code("day", typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("18h30", "18:30"), ("18 h", "18:00"), ("8:05", "08:05"), ("23 heures", "23:00"),
     ("0h00", "00:00")],
)  # fmt: skip
def test_an_hour_is_understood_however_it_is_written(typed, expected):
    assert read("hour", typed) == expected


@pytest.mark.parametrize("typed", ["25h", "18h75", "midi", "18"])
def test_another_hour_is_refused(typed):
    assert code("hour", typed) == "hour_invalid"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("06 12 34 56 78", "+33612345678"),
        ("06.12.34.56.78", "+33612345678"),
        ("+33 (0)6 12 34 56 78", "+33612345678"),
        ("0033612345678", "+33612345678"),
        ("+32 470 12 34 56", "+32470123456"),
    ],
)
def test_a_phone_is_kept_in_one_shape(typed, expected):
    assert read("phone", typed) == expected


@pytest.mark.parametrize(
    "typed", ["17", "0612345", "06123456789", "+0612345678", "abc", "٠٦١٢٣٤٥٦٧٨"]
)
def test_another_phone_is_refused(typed):
    assert code("phone", typed) == "phone_invalid"


def test_an_email_is_kept_with_its_domain_in_lower_case():
    assert read("email", " Camille.Dupré@Exemple.FR ") == "Camille.Dupré@exemple.fr"


@pytest.mark.parametrize(
    "typed", ["camille", "camille@", "@exemple.fr", "a b@exemple.fr", "a@b", "a@exemple..fr"]
)
def test_another_email_is_refused(typed):
    assert code("email", typed) == "email_invalid"


def test_a_header_cannot_be_injected_into_an_email():
    assert code("email", "a@exemple.fr\r\nBcc: b@exemple.fr") == "email_invalid"


def test_a_postcode_has_five_digits():
    assert read("postcode", "33 000") == "33000"
    assert code("postcode", "3300") == "postcode_invalid"
    assert code("postcode", "٣٣٠٠٠") == "postcode_invalid"
    assert code("postcode", "2A004") == "postcode_invalid"


def test_web_addresses_come_one_a_line():
    typed = "exemple.fr/page\n\n  http://Exemple.org  "

    assert read("urls", typed) == ["https://exemple.fr/page", "http://Exemple.org"]


@pytest.mark.parametrize(
    "typed", ["javascript:alert(1)", "ftp://exemple.fr", "pas une adresse", "https://[", "x"]
)
def test_another_web_address_is_refused(typed):
    assert code("urls", typed) == "url_invalid"


def test_limits_have_their_own_codes():
    assert code("urls", "a.fr\nb.fr\nc.fr") == "too_many"
    assert code("urls", "https://exemple.fr/" + "a" * 2_048) == "too_long"
    assert code("email", "a" * 260 + "@exemple.fr") == "too_long"


def test_a_box_is_ticked_or_not():
    assert read("ticked", "yes") is True
    assert read("ticked", "") is None
    assert code("ticked", "peut-être") == "choice"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("89,90", "89.90"), ("1 250 €", "1250.00"), ("12.5 euros", "12.50"), ("0", "0.00")],
)
def test_an_amount_is_kept_in_euros_and_cents(typed, expected):
    assert read("amount", typed) == expected


@pytest.mark.parametrize("typed", ["-3", "beaucoup", "1,234", "9999999999", "1e3"])
def test_another_amount_is_refused(typed):
    assert code("amount", typed) == "amount_invalid"


def test_an_iban_is_checked_and_kept_without_spaces():
    assert read("ibans", "fr76 3000 6000 0112 3456 7890 189") == ["FR7630006000011234567890189"]
    assert code("ibans", "FR76 3000 6000 0112 3456 7890 180") == "iban_invalid"
    assert code("ibans", "compte de Paul") == "iban_invalid"


@pytest.mark.parametrize(
    "wallet",
    [
        "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
        "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
        "0x52908400098527886E0F7030069857D2E4169EE7",
    ],
)
def test_a_wallet_keeps_its_letters(wallet):
    assert read("wallets", wallet) == [wallet]


def test_another_wallet_is_refused():
    assert code("wallets", "0x123") == "wallet_invalid"


@pytest.mark.parametrize(
    "card", ["4111 1111 1111 1111", "5555-5555-5555-4444", "378282246310005", "4111111111111111."]
)
@pytest.mark.promise("no-card-number")
def test_a_card_number_is_refused_wherever_it_is_written(card):
    assert code("text", f"Ma carte {card} a été prise") == "card_number"


@pytest.mark.parametrize(
    "text",
    [
        "carte finissant par 1111",
        "commande 4111111111111112",
        "IMEI 490154203237518",
        "IBAN FR76 3000 6000 0112 3456 7890 189",
        "le 14/07/2026 au 06 12 34 56 78",
    ],
)
def test_other_numbers_are_kept(text):
    assert read("text", text) == text
