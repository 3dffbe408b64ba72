"""Editors type ordinary spaces; pages never break a line before a mark."""

import markdown
import pytest

from site_builder.text.spaces import french_spaces
from site_builder.text.typography import FrenchSpaces


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Quoi ?", "Quoi\u00a0?"),
        ("Il a dit : « viens ! »", "Il a dit\u00a0: «\u00a0viens\u00a0!\u00a0»"),
        ("30 000 € ou 5 %.", "30\u00a0000\u00a0€ ou 5\u00a0%."),
        ("**Quoi** ; **si** ?", "**Quoi**\u00a0; **si**\u00a0?"),
        ("le 17 mars 2024", "le 17 mars 2024"),
        ("une liste :", "une liste\u00a0:"),
    ],
)
def test_ordinary_space_becomes_one_that_does_not_break(typed, shown):
    assert french_spaces(typed) == shown


def test_markdown_marks_are_left_alone():
    text = '!!! note "Essai"\n    Texte.\n\n| a | b |\n| :--- | :---: |\n| 1 | 2 |'

    html = markdown.markdown(text, extensions=["admonition", "tables", FrenchSpaces()])

    assert '<p class="admonition-title">Essai</p>' in html
    assert "<table>" in html
