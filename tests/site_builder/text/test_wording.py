"""A number, an official air or HTML typed in a text is found; ordinary figures are not."""

from pathlib import Path

import pytest

from site_builder.front_matter import Document
from site_builder.text.wording import check_wording


def make_document(body):
    return Document(Path("content/guides/vols/essai.md"), {}, body, body_line=10)


def messages(body):
    return [problem.message for problem in check_wording(make_document(body))]


@pytest.mark.parametrize(
    "text",
    [
        "01 23 45 67 89",
        "06.12.34.56.78",
        "0612345678",
        "+33 6 12 34 56 78",
        "0 800 05 95 95",
        "0 805 805 817",
        "116 006",
        "3919",
        "39 19",
    ],
)
def test_phone_number_in_the_text_is_refused(text):
    assert messages(f"Contactez le service au {text}.") == [
        f"numéro écrit dans le texte « {text} »"
    ]


@pytest.mark.parametrize(
    "text", ["Appelez le 17", "composez le 112", "un SMS au 114", "Faites le 18"]
)
def test_urgent_number_dialled_in_the_text_is_refused(text):
    assert len(messages(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Le 17 mars, ou le 15 septembre.",
        "une amende de 3000 euros et de 30 000 €",
        "l’article 222-33-2-2, l’article 311-3",
        "dans les 48 heures, jusqu’à 3900 €",
        "du 15 au 18 ans",
        "en 2024, avant 1997",
    ],
)
def test_ordinary_figures_are_left_alone(text):
    assert messages(text) == []


def test_contact_by_key_is_the_right_way():
    assert messages("Appelez le [[police-secours]] ou le [[net-ecoute|3018]].") == []


def test_html_templates_imitations_and_spellings_are_found_with_their_line():
    body = "\n".join(
        [
            "<b>gras</b>",
            "{{ page.title }}",
            "C’est notre récépissé.",
            "Allez sur Thésée avec France Connect.",
        ]
    )

    found = [(problem.line, problem.message) for problem in check_wording(make_document(body))]

    assert found == [
        (10, "HTML dans le texte"),
        (11, "accolade dans le texte"),
        (12, "« notre récépissé » nous ferait passer pour l’État"),
        (13, "« Thésée » s’écrit « THESEE »"),
        (13, "« France Connect » s’écrit « FranceConnect »"),
    ]


@pytest.mark.parametrize("text", ["<img", "</b>", "<!-- x -->", "<?php", "<script"])
def test_tag_is_found_by_its_beginning(text):
    assert messages(f"Un texte {text}") == ["HTML dans le texte"]


def test_attributes_of_markdown_are_refused():
    assert messages("[texte](vol-velo.md){ onclick=alert(1) }") == ["accolade dans le texte"]
