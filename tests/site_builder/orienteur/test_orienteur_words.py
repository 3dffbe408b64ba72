"""The marks that editors write in a sentence, and the numbers that they must not type."""

import pytest

from site_builder.orienteur.words import is_broken, keys_in, parts, typed_in

LINKS = {"police-secours": ("17", "tel:17"), "unites": ("commissariats", "/stations/")}


def test_sentence_without_mark_is_one_piece():
    assert parts("Appelez.", LINKS) == [{"text": "Appelez."}]


def test_marks_become_links_and_bold():
    assert parts("**Vite.** Le [[police-secours]] ou [[unites|une unité]].", LINKS) == [
        {"text": "Vite.", "strong": True},
        {"text": " Le "},
        {"text": "17", "href": "tel:17"},
        {"text": " ou "},
        {"text": "une unité", "href": "/stations/"},
        {"text": "."},
    ]


def test_marks_of_punctuation_never_start_a_line():
    assert parts("Le [[police-secours]] ? Oui !", LINKS)[-1] == {"text": "\u00a0? Oui\u00a0!"}


def test_keys_of_a_sentence_are_those_of_its_links():
    assert list(keys_in("[[unites|une unité]] et [[police-secours]]")) == [
        "unites",
        "police-secours",
    ]


@pytest.mark.parametrize("text", ["[[unites", "unites]]", "**gras"])
def test_unclosed_mark_is_broken(text):
    assert is_broken(text)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Appelez le 17.", ["17"]),
        ("au 15 ou au 18", ["15", "18"]),
        ("Écrivez au 114 ou au 119", ["114", "119"]),
        ("le 3919, le 39 77", ["3919", "39 77"]),
        ("le 116 006", ["116 006"]),
        ("01 23 45 67 89 ou 0 805 805 817", ["01 23 45 67 89", "0 805 805 817"]),
        ("Voir https://exemple.fr/x ou www.exemple.fr", ["https://exemple.fr/x", "www.exemple.fr"]),
    ],
)
def test_typed_numbers_and_addresses_are_found(text, typed):
    assert list(typed_in(text)) == typed


@pytest.mark.parametrize(
    "text",
    [
        "Moins de 18 ans, dans les 15 jours, 3100 €.",
        "Ouvrez 17Cyber.",
        "À partir du 15 octobre 2024, article 15-3.",
        "Dites [[police-secours]].",
    ],
)
def test_other_figures_are_not_numbers_of_services(text):
    assert list(typed_in(text)) == []
