"""The PDF: readable aloud, and what people wrote is text in it, never code."""

import re
from io import BytesIO

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reperes_document import Document, Section, write_pdf
from reperes_document.drawable import RANGES, drawable

TEXT = "Mon vélo attaché devant chez moi a été pris pendant la nuit."


def document(said=TEXT, reference="PRE-7K2M-9QXD-4TFB", **changes):
    sections = (
        Section("Ce qui s’est passé", (("Les faits", said), ("Violence", "Non"))),
        Section("Où", (("Commune", "Bordeaux"),)),
    )
    made = Document("Préparer ma plainte", "fr", reference, "Le 22 novembre 2026", sections)
    return Document(**{**made.__dict__, **changes})


def read(document):
    return pypdf.PdfReader(BytesIO(write_pdf(document)))


def text_of(reader):
    return "\n".join(page.extract_text() for page in reader.pages)


def unbroken(text):
    """Without the places where a line may be cut."""
    return re.sub(r"[\s\u200b]", "", text)


def tags(node, found):
    """Every structure element under `node`."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for kid in node:
            tags(kid, found)
    elif isinstance(node, dict):
        if "/S" in node:
            found.append(node)
        tags(node.get("/K", []), found)
    return found


def test_it_says_that_it_is_pdf_ua_and_in_french():
    root = read(document()).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("fr")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    xmp = root["/Metadata"].get_object().get_data().decode()
    assert re.search(r"pdfuaid:part[^0-9]{1,3}1", xmp)


def test_title_headings_and_tables_are_tagged():
    reader = read(document())
    assert reader.metadata.title == "Préparer ma plainte"
    found = tags(reader.trailer["/Root"]["/StructTreeRoot"], [])
    names = [str(tag["/S"]) for tag in found]
    assert names.count("/Title") == 1
    assert names.count("/H1") == 2
    assert names.count("/Table") == 2
    assert names.count("/TH") == 4
    assert names.count("/TD") == 6
    assert [item["/Title"] for item in reader.outline] == ["Ce qui s’est passé", "Où"]


def test_the_qr_code_says_in_words_what_it_is():
    found = tags(read(document()).trailer["/Root"]["/StructTreeRoot"], [])
    figures = [tag for tag in found if tag["/S"] == "/Figure"]
    assert [tag["/Alt"] for tag in figures] == ["Code QR de la référence PRE-7K2M-9QXD-4TFB"]


def test_without_a_reference_there_is_no_qr_code():
    found = tags(read(document(reference="")).trailer["/Root"]["/StructTreeRoot"], [])
    assert not [tag for tag in found if tag["/S"] == "/Figure"]


def test_every_text_is_there():
    text = text_of(read(document(notes=("À apporter : une pièce d’identité.",))))
    for expected in ("Préparer ma plainte", "PRE-7K2M-9QXD-4TFB", "Le 22 novembre 2026", TEXT):
        assert expected in text
    assert "À apporter : une pièce d’identité." in text


@pytest.mark.parametrize(
    "hostile",
    [
        '#import "/etc/passwd": *',
        '#read("/etc/passwd")',
        '#panic("x")',
        "= Titre",
        "$x^2$ *gras* _italique_ `code`",
        "<étiquette> @renvoi #[bloc]",
        '"); panic("x',
        "\\u{41} \\ // commentaire /* autre */",
        "- liste\n+ liste\n/ terme: x",
        "{{ 7 * 7 }} ${7*7}",
    ],
)
def test_what_people_write_is_shown_as_they_wrote_it(hostile):
    for changes in ({"said": hostile}, {"title": hostile}, {"notes": (hostile,)}):
        assert unbroken(hostile) in unbroken(text_of(read(document(**changes))))


@given(st.text(max_size=400))
@settings(max_examples=200, deadline=None, derandomize=True, database=None)
def test_any_text_makes_a_document(text):
    assert write_pdf(document(text, title=f"Titre {text}", notes=(text,)))


@given(st.text(st.sampled_from([chr(c) for a, b in RANGES for c in range(a, b + 1)]), max_size=300))
@settings(max_examples=200, deadline=None, derandomize=True, database=None)
def test_no_order_of_the_drawable_signs_stops_it(text):
    assert write_pdf(document(text))


def test_every_sign_that_is_said_to_be_drawn_is():
    signs = "".join(chr(c) for a, b in RANGES for c in range(a, b + 1))
    assert drawable(signs).count("□") == signs.count("□") == 1
    assert write_pdf(document(" ".join(signs)))


def test_a_sign_that_cannot_be_drawn_leaves_a_square_and_a_note():
    text = text_of(read(document("Il a écrit 😀 puis 你好")))
    assert "Il a écrit □ puis □□" in text
    assert "Un carré □ tient la place" in text
    assert "Un carré" not in text_of(read(document()))


def test_accents_typed_apart_are_composed():
    assert "été" in text_of(read(document("e\u0301te\u0301")))


def test_a_word_without_end_stays_on_the_page():
    reader = read(document("https://exemple.fr/" + "a" * 600))
    lines = text_of(reader).splitlines()
    assert max(map(len, lines)) < 200
    assert "a" * 600 in unbroken(text_of(reader))


def test_five_thousand_characters_go_on_over_pages():
    reader = read(document("mot " * 1_250))
    assert len(reader.pages) > 1
    assert text_of(reader).count("mot") == 1_250


def test_the_same_document_is_the_same_bytes():
    assert write_pdf(document()) == write_pdf(document())


def test_nothing_says_when_or_where_it_was_made():
    reader = read(document())
    assert set(reader.metadata) == {"/Title", "/Creator"}
