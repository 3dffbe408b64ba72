"""Agents see first what cannot wait."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.intake.ports import SealedSubmission
from reperes_desk.triage import sorted_records

NOW = datetime(2026, 11, 22, tzinfo=UTC)
LATER = NOW + timedelta(days=60)


def made(name, received_at=NOW, expires_at=LATER):
    return SealedSubmission(name, name, "pre-plainte", received_at, expires_at, b"x")


def order(*pairs):
    return [one.record.reference for one in sorted_records(pairs, NOW)]


def reasons(answers, **changes):
    (one,) = sorted_records([(replace(made("a"), **changes), answers)], NOW)
    return one.reasons


def test_violence_then_minors_then_vehicles_then_the_largest_amounts_then_the_oldest():
    bike = {"label": "vélo", "amount": "450.00"}

    assert order(
        (made("rien"), {}),
        (made("ancien", NOW - timedelta(days=3)), {}),
        (made("petit"), {"objects": [{"amount": "10.00"}]}),
        (made("grand"), {"objects": [bike, {**bike, "quantity": "2"}]}),
        (made("arnaque"), {"amount": "900.00"}),
        (made("voiture"), {"objects": [{"plate": "AB-123-CD"}]}),
        (made("enfant"), {"birth_date": "2015-01-01"}),
        (made("violence"), {"violence": "yes"}),
    ) == ["violence", "enfant", "voiture", "grand", "arnaque", "petit", "ancien", "rien"]


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"violence": "yes"}, "violences"),
        ({"offence": "violences"}, "violences"),
        ({"theme": "violences"}, "violences"),
        ({"theme": "disparition"}, "disparition"),
        ({"represented_birth_date": "2010-11-23"}, "mineur"),
        ({"birth_date": "2008-11-23"}, "mineur"),
    ],
)
def test_what_is_grave_is_said(answers, reason):
    assert reasons(answers) == (reason,)


@pytest.mark.parametrize("born", ["2008-11-22", "1950-01-01", "2008", "", ["2015-01-01"]])
def test_an_adult_or_no_date_is_no_minor(born):
    assert reasons({"birth_date": born}) == ()


def test_every_reason_is_said():
    answers = {
        "violence": "no",
        "declarant": "representative",
        "objects": [{"plate": "AB-123-CD", "amount": "1250.50"}],
    }

    assert reasons(answers, expires_at=NOW + timedelta(days=2)) == (
        "véhicule",
        "pour une autre personne",
        "1250 €",
        "s’efface bientôt",
    )


@pytest.mark.parametrize(
    "answers",
    [
        {"amount": "beaucoup"},
        {"amount": "NaN"},
        {"amount": "1e999999999"},
        {"amount": ["x"]},
        {"objects": "x"},
        {"objects": [1, {"amount": "NaN", "quantity": "x"}]},
        {"objects": [{"amount": "1", "quantity": {}}]},
    ],
)
def test_a_forged_record_does_not_stop_the_others(answers):
    assert len(order((made("a"), answers), (made("b"), {}))) == 2
