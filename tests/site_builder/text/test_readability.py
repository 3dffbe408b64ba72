"""Hard texts are warned of, never refused."""

from pathlib import Path

from site_builder.front_matter import Document
from site_builder.text.readability import check_readability


def found(body):
    document = Document(Path("content/guides/vols/essai.md"), {}, body, body_line=10)
    return [(p.line, p.message, p.is_warning) for p in check_readability(document)]


def test_long_sentence_is_named_with_its_line_and_its_first_words():
    body = "Une phrase courte.\n\n- " + "mot " * 26 + "fin."

    assert found(body) == [(12, "phrase de 27 mots « mot mot mot mot mot… »", True)]


def test_marks_of_markdown_and_addresses_are_not_words():
    body = "Voyez **le** [guide](../vols/vol-velo.md) ou le [[police-secours|17]]. " * 9

    assert found(body) == []


def test_headings_and_tables_are_not_sentences():
    assert found("## " + "mot " * 40 + "\n| " + "mot " * 40) == []


def test_too_many_long_words_are_named():
    body = "Une anticonstitutionnalité. " + "Un mot court. " * 10

    assert found(body) == [(0, "3 % de mots très longs (anticonstitutionnalité)", True)]
