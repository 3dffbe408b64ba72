import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.forms import texts


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  deux  espaces ", "deux espaces"),
        ("une\r\nligne\rpuis\nune", "une\nligne\npuis\nune"),
        ("trop\n\n\n\nde lignes", "trop\n\nde lignes"),
        ("e\u0301te\u0301", "été"),
        ("nom\u202egnp.exe", "nomgnp.exe"),
        ("a\x00b\x1b[31mc\x7f", "ab[31mc"),
        ("invi\u200bsible\ufeff", "invisible"),
        ("مرحبا 👩‍🚒", "مرحبا 👩‍🚒"),
    ],
)
def test_an_agent_reads_what_the_person_saw(typed, kept):
    assert texts.paragraph(typed) == kept


def test_one_line_has_no_line_end():
    assert texts.line(" 12 rue\n du Port ") == "12 rue du Port"


@given(st.text())
def test_tidying_twice_changes_nothing_more(text):
    assert texts.paragraph(texts.paragraph(text)) == texts.paragraph(text)
    assert texts.line(texts.line(text)) == texts.line(text)


@given(st.text())
def test_nothing_unprintable_reaches_a_terminal(text):
    kept = texts.paragraph(text).replace("\n", "")

    assert not any(ord(char) < 32 or 127 <= ord(char) < 160 for char in kept)


def test_other_things_than_text_are_left_to_the_model():
    assert texts.paragraph(12) == 12
    assert texts.line(None) is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\u3164\u115f\u1160\uffa0\u034f", ""),  # looks empty and is not
        ("a\U000e0101\U000e01efb", "ab"),  # a text that only a program reads
        ("Nguyê\u0303n thị", "Nguyễn thị"),
        ("o" + "\u0301\u0323" * 300 + "k", "ọ" + "\u0323" * 3 + "\u0301" * 4 + "k"),
        ("😂" * 40, "😂" * 40),
        ("❤️ " + "…" * 50, "❤️ " + "…" * 50),
    ],
    ids=["blank letters", "variation selectors", "Vietnamese", "pile of marks", "emoji", "dots"],
)
def test_nothing_hides_in_marks_and_blanks_and_nothing_real_is_lost(typed, kept):
    assert texts.paragraph(typed) == kept


@given(st.text(alphabet="ae\u0301\u0323\u0315\u0344\u0345\u0f73\U0001d15f\u0958", max_size=60))
def test_tidying_piles_of_marks_twice_changes_nothing_more(text):
    assert texts.paragraph(texts.paragraph(text)) == texts.paragraph(text)


def test_a_text_made_to_be_slow_is_tidied_at_once():
    slow = "a" + "\u0315\u0300" * 120_000
    before = time.process_time()

    assert len(texts.paragraph(slow)) < 20

    assert time.process_time() - before < 2  # it took thirty seconds
