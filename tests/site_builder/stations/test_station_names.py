"""Names, phones and addresses that stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.stations.names import assign_slugs, fold, place_of, slug_of
from site_builder.stations.phones import SHAPE, parse_phone, show_phone
from site_builder.stations.shards import commune_key


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("L’Haÿ-les-Roses", "l hay les roses"),
        ("Évry-Courcouronnes", "evry courcouronnes"),
        ("Œuilly", "oeuilly"),
        ("  SAINT  Étienne ", "saint etienne"),
        ("Mœurs-Verdey", "moeurs verdey"),
    ],
)
def test_names_are_compared_without_accents_case_or_hyphens(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Saint-Denis", "denis"),
        ("Sainte-Marie", "marie"),
        ("Le Havre", "havre"),
        ("L’Île-d’Yeu", "iledyeu"),
        ("Les", "les"),
        ("Saint-Lô", "lo"),
    ],
)
def test_communes_are_filed_without_article_or_saint(name, key):
    assert commune_key(fold(name)) == key


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Commissariat de police d’Oyonnax", "Oyonnax"),
        ("Commissariat police du Havre - Mont-Gaillard", "Le Havre - Mont-Gaillard"),
        ("Commissariat de police des Pennes-Mirabeau", "Les Pennes-Mirabeau"),
        ("Commissariat central de police de Paris 11e arrondissement", "Paris 11e arrondissement"),
        ("Bureau de police d'Allauch", "Allauch"),
        ("Brigade de gendarmerie – Ambérieu-en-Bugey", "Ambérieu-en-Bugey"),
        ("Brigade de gendarmerie - La Bastide", "La Bastide"),
        ("Gendarmerie - Brigade de Châtillon-sur-Chalaronne", "Châtillon-sur-Chalaronne"),
        ("Gendarmerie - Brigade d'Ambérieu-en-Bugey", "Ambérieu-en-Bugey"),
        ("Poste de police municipal", "Poste de police municipal"),
    ],
)
def test_place_is_what_tells_stations_apart(name, place):
    assert place_of(name) == place


def test_the_two_spellings_of_one_commissariat_give_one_address():
    dila = slug_of("commissariat", "Commissariat de police de Château-Thierry")
    ministry = slug_of("commissariat", "Commissariat de police de Château Thierry")

    assert dila == ministry == "commissariat-chateau-thierry"


def test_namesakes_get_a_number_and_keep_it():
    first = assign_slugs(
        [("b", "26", "valence"), ("a", "26", "valence"), ("c", "82", "valence")], {}
    )
    again = assign_slugs([("0", "26", "valence"), ("a", "26", "valence"), ("b", "26", "x")], first)

    assert first == {"a": "valence", "b": "valence-2", "c": "valence"}
    assert again == {"a": "valence", "b": "valence-2", "0": "valence-3"}


@pytest.mark.parametrize(
    ("text", "phone", "shown"),
    [
        ("04 74 47 20 20", "+33474472020", "04 74 47 20 20"),
        ("+33 4 74 47 20 20", "+33474472020", "04 74 47 20 20"),
        ("+33 (0)4 74 47 20 20", "+33474472020", "04 74 47 20 20"),
        ("3430", "3430", "34 30"),
        ("17", "17", "17"),
        ("+590 41 14 20", "+590590411420", "05 90 41 14 20"),
        ("+590 5 90 89 77 17", "+590590897717", "05 90 89 77 17"),
        ("0262 42 47 50", "+262262424750", "02 62 42 47 50"),
        ("02 69 61 12 22", "+262269611222", "02 69 61 12 22"),
        ("+508 41 02 70", "+508410270", "+508 41 02 70"),
        ("+687 24 33 00", "+687243300", "+687 24 33 00"),
        ("+689 40 50 73 05", "+68940507305", "+689 40 50 73 05"),
        ("+689 47 01 47", "+68940470147", "+689 40 47 01 47"),
        ("", "", ""),
        ("04 74 47 20", "", ""),
        ("https://www.contacterlagendarmerie.fr", "", ""),
        ("+44 20 7946 0000", "", ""),
    ],
)
def test_phones_are_kept_international_and_shown_as_in_france(text, phone, shown):
    assert parse_phone(text) == phone
    assert show_phone(phone) == shown


@given(st.text(alphabet="+0123456789 .", max_size=18))
def test_a_phone_that_is_kept_has_the_shape_that_the_file_asks(text):
    phone = parse_phone(text)

    assert phone == "" or SHAPE.fullmatch(phone)
    assert parse_phone(show_phone(phone)) == phone
