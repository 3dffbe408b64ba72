import json
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from intake_world import ARNAQUE, PRE_PLAINTE, SIGNALEMENT, START

from chalicelib.arnaque.model import Arnaque
from chalicelib.errors import InvalidSubmissionError
from chalicelib.forms import answers
from chalicelib.forms.french import french_date, latest_day, paris_date
from chalicelib.pre_plainte.model import PrePlainte
from chalicelib.signalement.model import Signalement

TODAY = date(2026, 11, 22)
FORMS = [(Signalement, SIGNALEMENT), (PrePlainte, PRE_PLAINTE), (Arnaque, ARNAQUE)]


def posted(fields):
    return {name: value if isinstance(value, list) else [value] for name, value in fields.items()}


@pytest.mark.parametrize(("model", "fields"), FORMS)
def test_hidden_fields_say_again_exactly_what_was_read(model, fields):
    read = answers.read(model, posted(fields), TODAY)

    assert answers.read(model, answers.flat(model, read), TODAY) == read


@given(facts=st.text(min_size=40, max_size=300), place=st.text(max_size=50))
def test_whatever_was_typed_the_digest_stays_the_same(facts, place):
    fields = posted({**SIGNALEMENT, "facts": facts, "place": place, "urls": "a.fr\nb.fr"})
    try:
        read = answers.read(Signalement, fields, TODAY)
    except InvalidSubmissionError:
        return  # nothing left once invisible characters are gone
    again = answers.read(Signalement, answers.flat(Signalement, read), TODAY)

    assert answers.canonical(again) == answers.canonical(read)


def test_the_order_of_fields_does_not_change_the_bytes():
    fields = posted(SIGNALEMENT)
    reversed_fields = dict(reversed(fields.items()))

    one, other = (answers.read(Signalement, each, TODAY) for each in (fields, reversed_fields))

    assert answers.canonical(one) == answers.canonical(other)
    assert json.loads(answers.canonical(one)) == one


def test_unknown_fields_are_ignored_and_empty_ones_left_out():
    read = answers.read(Signalement, posted({**SIGNALEMENT, "nom": "X", "people": " "}), TODAY)

    assert set(read) == set(SIGNALEMENT)


def test_every_wrong_field_is_told_at_once():
    with pytest.raises(InvalidSubmissionError) as refused:
        answers.read(PrePlainte, posted({"birth_date": "2020-01-01", "email": "x"}), TODAY)

    assert refused.value.fields == {
        "when": "required",
        "declarant": "required",
        "birth_name": "required",
        "first_names": "required",
        "birth_date": "minor",
        "email": "email_invalid",
        "offence": "required",
        "violence": "required",
        "place_kind": "required",
        "facts": "required",
        "author_known": "required",
        "truth": "required",
    }


def test_an_error_carries_no_word_of_what_was_typed():
    with pytest.raises(InvalidSubmissionError) as refused:
        answers.read(Signalement, posted({**SIGNALEMENT, "theme": "MARKER"}), TODAY)

    assert "MARKER" not in f"{refused.value!r} {refused.value.__cause__}"
    assert refused.value.__suppress_context__


def test_json_answers_follow_the_same_rules():
    with pytest.raises(InvalidSubmissionError) as refused:
        answers.validate(Signalement, {"theme": "deal", "facts": "", "inconnu": 1}, TODAY)

    assert refused.value.fields["inconnu"] == "extra_forbidden"
    assert refused.value.fields["facts"] == "too_short"


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-22T09:41:00+00:00", "22 novembre 2026"),
        ("2026-07-31T22:30:00+00:00", "1er août 2026"),
        ("2026-12-31T23:30:00+00:00", "1er janvier 2027"),
    ],
)
def test_dates_are_those_of_paris(moment, expected):
    assert paris_date(datetime.fromisoformat(moment)) == expected


def test_it_may_already_be_tomorrow_in_the_pacific():
    assert latest_day(START) == date(2026, 11, 22)
    assert latest_day(START + timedelta(hours=3)) == date(2026, 11, 23)
    assert french_date(date(2026, 11, 1)) == "1er novembre 2026"
