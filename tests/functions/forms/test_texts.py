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
