from datetime import date

import pytest
from intake_world import PRE_PLAINTE

from chalicelib.errors import InvalidSubmissionError
from chalicelib.forms import answers
from chalicelib.pre_plainte.model import PrePlainte
from chalicelib.pre_plainte.numbers import is_organisation_number, passes_luhn

TODAY = date(2026, 11, 22)


def read(**changes):
    fields = {**PRE_PLAINTE, **changes}
    return answers.read(PrePlainte, {name: [value] for name, value in fields.items()}, TODAY)


def errors(**changes):
    with pytest.raises(InvalidSubmissionError) as refused:
        read(**changes)
    return refused.value.fields


def test_who_speaks_for_another_says_for_whom():
    assert errors(declarant="representative") == {"represented": "required"}
    assert errors(declarant="organisation") == {"organisation": "required"}
    assert read(declarant="representative", represented="mon fils")["represented"] == "mon fils"


def test_an_organisation_number_is_optional_but_checked():
    given = {"declarant": "organisation", "organisation": "Association"}

    assert read(**given, organisation_number="732 829 320")["organisation_number"] == "732829320"
    assert errors(**given, organisation_number="732829321") == {
        "organisation_number": "organisation_number"
    }


@pytest.mark.parametrize("number", ["732829320", "73282932000074", "W751234567", "W2A1234567"])
def test_real_numbers_pass(number):
    assert is_organisation_number(number)


@pytest.mark.parametrize("number", ["73282932", "732829329", "W75", "٧٣٢٨٢٩٣٢٠", "X751234567"])
def test_other_numbers_do_not(number):
    assert not is_organisation_number(number)


def test_luhn_sees_one_wrong_digit():
    assert passes_luhn("490154203237518")
    assert not passes_luhn("490154203237519")


@pytest.mark.parametrize(
    ("birth_date", "is_adult"),
    [("22/11/2008", True), ("23/11/2008", False), ("29/02/2008", True)],
)
def test_adult_on_the_day_of_eighteen(birth_date, is_adult):
    if is_adult:
        assert read(birth_date=birth_date)
    else:
        assert errors(birth_date=birth_date) == {"birth_date": "minor"}


def test_a_consent_needs_what_it_is_about():
    assert errors(email="", contact_email="yes") == {"email": "required"}
    assert errors(phone="", contact_sms="yes") == {"phone": "required"}
    assert read(email="", phone="", contact_email="")["facts"] == PRE_PLAINTE["facts"]


def test_the_reminder_on_false_statements_must_be_ticked():
    assert errors(truth="") == {"truth": "required"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"when": "day", "when_start": ""}, {"when_start": "required"}),
        ({"when": "period"}, {"when_end": "required"}),
        ({"when": "period", "when_end": "31/10/2026"}, {"when_end": "end_before_start"}),
        ({"when_start": "22/11/2027"}, {"when_start": "date_future"}),
        ({"when_start_hour": "26h"}, {"when_start_hour": "hour_invalid"}),
    ],
)
def test_a_moment_that_cannot_be_is_refused(changes, expected):
    assert errors(**changes) == expected


@pytest.mark.parametrize("when", ["ongoing", "unknown"])
def test_a_moment_may_be_unknown(when):
    assert read(when=when, when_start="")["when"] == when


@pytest.mark.parametrize(
    ("name", "length"),
    [("birth_name", 71), ("first_names", 101), ("facts", 5_001), ("address", 201),
     ("place", 301), ("author", 1_001), ("witnesses", 1_001), ("availability", 501)],
)  # fmt: skip
def test_every_text_has_its_limit(name, length):
    assert errors(**{name: "a" * length}) == {name: "too_long"}
    assert len(read(**{name: "a" * (length - 1)})[name]) == length - 1


def test_one_letter_names_exist():
    assert read(birth_name="Y", first_names="O")["birth_name"] == "Y"
