"""Opening hours: what is written is read back, what cannot be read is never guessed."""

import csv
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from station_world import DILA, needs_all_of_france

from site_builder.stations.hours import (
    ALL_DAY,
    OpeningHours,
    Span,
    format_hours,
    merged,
    parse_hours,
)
from site_builder.stations.hours_text import ReadHours, read_dila_hours
from site_builder.stations.model import HoursFor
from site_builder.stations.words import week_rows

MORNING, AFTERNOON = Span(480, 720), Span(840, 1080)

spans = st.lists(
    st.tuples(st.integers(0, 1439), st.integers(1, 1440))
    .filter(lambda pair: pair[0] < pair[1])
    .map(lambda pair: Span(*pair)),
    max_size=3,
).map(merged)
weeks = st.builds(
    OpeningHours,
    st.tuples(*[spans] * 7),
    st.one_of(st.none(), spans),
)


@given(weeks.filter(lambda hours: any(hours.week) or hours.holidays is not None))
def test_hours_that_are_written_are_read_back(hours):
    assert parse_hours(format_hours(hours)) == hours


@given(st.lists(st.builds(Span, st.integers(0, 700), st.integers(701, 1440))))
def test_merged_spans_cover_the_same_minutes(found):
    covered = {minute for span in found for minute in range(span.start_min, span.end_min)}
    joined = merged(found)

    assert {m for span in joined for m in range(span.start_min, span.end_min)} == covered
    assert all(a.end_min < b.start_min for a, b in pairwise(joined))


def test_days_with_the_same_spans_stand_together():
    day = (MORNING, AFTERNOON)
    hours = OpeningHours((day, day, (), day, day, (MORNING,), ()), holidays=())

    assert format_hours(hours) == ("Mo-Tu,Th-Fr 08:00-12:00,14:00-18:00; Sa 08:00-12:00; PH off")
    assert week_rows(format_hours(hours)) == (
        ("lundi et mardi, jeudi et vendredi", "8 h à 12 h, 14 h à 18 h"),
        ("mercredi, dimanche", "fermé"),
        ("samedi", "8 h à 12 h"),
        ("jours fériés", "fermé"),
    )


def test_always_open_needs_the_holidays_too():
    assert format_hours(OpeningHours((ALL_DAY,) * 7, ALL_DAY)) == "24/7"
    assert parse_hours("24/7").is_always_open
    assert format_hours(OpeningHours((ALL_DAY,) * 7)) == "Mo-Su 00:00-24:00"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("lundi 08:00-12:00", "« lundi » n’est pas un jour"),
        ("Fr-Mo 08:00-12:00", "« Fr-Mo » finit avant de commencer"),
        ("Mo 8h-12h", "« 8h-12h » n’est pas une plage"),
        ("Mo 12:00-08:00", "une plage horaire finit avant de commencer"),
        ("Mo", "« » n’est pas une plage"),
    ],
)
def test_hours_that_cannot_be_read_say_which_part(text, said):
    with pytest.raises(ValueError, match=said.replace("« »", "«  »")):
        parse_hours(text)


@pytest.mark.parametrize(
    ("text", "comment", "expected"),
    [
        ("", "", ReadHours()),
        (
            "lundi..vendredi: 08:00:00-12:00:00,14:00:00-18:00:00",
            "",
            ReadHours("Mo-Fr 08:00-12:00,14:00-18:00"),
        ),
        (
            "vendredi..vendredi: 08:00:00-12:00:00 ; lundi..jeudi: 08:00:00-18:00:00",
            "",
            ReadHours("Mo-Th 08:00-18:00; Fr 08:00-12:00"),
        ),
        (
            "lundi..samedi: 08:00:00-18:00:00 [Accueil pour les dépôts de plainte.]",
            "",
            ReadHours(
                "Mo-Sa 08:00-18:00", "Accueil pour les dépôts de plainte.", HoursFor.PLAINTES
            ),
        ),
        (
            "lundi..vendredi: 09:00:00-17:00:00 [Accueil ouvert uniquement sur rendez-vous.]",
            "",
            ReadHours(
                "Mo-Fr 09:00-17:00",
                "Accueil ouvert uniquement sur rendez-vous.",
                HoursFor.APPOINTMENTS,
            ),
        ),
        # one morning of the week says nothing of the others
        (
            "lundi..jeudi: 14:00:00-18:00:00 [Accueil ouvert le matin uniquement sur rendez-vous.]",
            "",
            ReadHours("Mo-Th 14:00-18:00", "Accueil ouvert le matin uniquement sur rendez-vous."),
        ),
        # no hours, only words: never day and night
        (
            "lundi..dimanche: 00:00:00-00:00:00 [Uniquement sur rendez-vous par téléphone]",
            "",
            ReadHours("", "Uniquement sur rendez-vous par téléphone"),
        ),
        # two spans of one day overlap: one of them is a mistake, nobody knows which
        (
            "vendredi..vendredi: 08:00:00-12:00:00,10:00:00-17:15:00",
            "",
            ReadHours("", "vendredi : 8 h à 12 h, 10 h à 17 h 15"),
        ),
        (
            "",
            "Ouvert tous les jours 24 h sur 24.",
            ReadHours("24/7", "Ouvert tous les jours 24 h sur 24."),
        ),
        # every day? the sentence does not say so
        ("", "Horaires 24h/24h", ReadHours("", "Horaires 24h/24h")),
        # another commissariat is open day and night, not this one
        (
            "",
            "aller à Tourcoing, ouvert 7j/7 et 24h/24.",
            ReadHours("", "aller à Tourcoing, ouvert 7j/7 et 24h/24."),
        ),
        (
            "lundi..samedi: 08:00:00-12:00:00",
            "Dimanches et jours fériés de 09h00 à 12h00",
            ReadHours(
                "Mo-Sa 08:00-12:00; Su 09:00-12:00; PH 09:00-12:00",
                "Dimanches et jours fériés de 09h00 à 12h00",
            ),
        ),
        (
            "lundi..samedi: 08:00:00-12:00:00",
            "Fermée le dimanche et jours fériés",
            ReadHours("Mo-Sa 08:00-12:00; PH off", "Fermée le dimanche et jours fériés"),
        ),
        ("sur rendez-vous", "", ReadHours("", "sur rendez-vous")),
    ],
)
def test_hours_of_the_dila_base(text, comment, expected):
    assert read_dila_hours(text, comment) == expected


@needs_all_of_france
def test_every_hours_text_of_the_base_is_read_or_kept_in_words():
    with DILA.open(encoding="utf-8", newline="") as lines:
        texts = {(row["horaires"], row["commentaire"]) for row in csv.DictReader(lines)}
    unread = {text for text, comment in texts if text and not read_dila_hours(text, comment).hours}

    assert len(texts) > 140
    assert unread == {
        "lundi..jeudi: 08:00:00-12:00:00,14:00:00-18:00:00 ; "
        "vendredi..vendredi: 08:00:00-12:00:00,10:00:00-17:15:00"
    }
    assert all(
        read_dila_hours(text, comment).note for text, comment in texts if text in unread or comment
    )


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_stops_the_reader_and_none_becomes_day_and_night(text, comment):
    assert read_dila_hours(text, comment).hours != "24/7"
