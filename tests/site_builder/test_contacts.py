"""Contacts: numbers that can be dialled, each with its source."""

from datetime import date
from pathlib import Path

import pytest

from site_builder.contacts import Contact, load_contacts

ROOT = Path(__file__).parents[2]


def make_contact(**changes):
    defaults = {
        "key": "essai",
        "label": "17",
        "name": "Police secours",
        "kind": "urgence",
        "phone": "17",
        "use": "En danger.",
        "sources": [{"title": "Fiche officielle", "as_of": "2024-07-22"}],
    }
    return Contact.model_validate({**defaults, **changes})


@pytest.mark.parametrize(
    ("phone", "href"),
    [
        ("17", "tel:17"),
        ("116 006", "tel:116006"),
        ("0 800 05 95 95", "tel:0800059595"),
        ("09 69 39 00 00", "tel:+33969390000"),
    ],
)
def test_number_is_dialled_as_a_phone_expects(phone, href):
    assert make_contact(phone=phone).href == href


def test_contact_reached_by_message_only_writes():
    assert make_contact(phone="", sms="114").href == "sms:114"


@pytest.mark.parametrize("phone", ["+33 1 23 45 67 89", "12-34", "1", "appelez"])
def test_number_that_nobody_can_read_aloud_is_refused(phone):
    with pytest.raises(ValueError, match="n’est pas un numéro français"):
        make_contact(phone=phone)


def test_contact_without_any_way_to_reach_it_must_say_why():
    with pytest.raises(ValueError, match="ni numéro, ni SMS, ni adresse"):
        make_contact(phone="")

    assert make_contact(phone="", review="adresse à trouver").href == ""


def test_contact_is_as_old_as_its_oldest_source():
    sources = [{"title": "Une", "as_of": "2024-01-01"}, {"title": "Deux", "as_of": "2020-02-02"}]

    assert make_contact(sources=sources).as_of == date(2020, 2, 2)


def test_mistakes_are_named_with_their_line(tmp_path):
    path = tmp_path / "contacts.yaml"
    path.write_text('faux:\n  label: "17"\n  name: Essai\n  kind: magie\n', encoding="utf-8")

    contacts, problems = load_contacts(path)

    assert len(contacts) == 0
    assert [str(p) for p in sorted(problems)] == [
        "content/contacts.yaml:1: « sources » manque → ajoutez cette clé",
        "content/contacts.yaml:1: « use » manque → ajoutez cette clé",
        "content/contacts.yaml:4: « kind » doit valoir urgence, aide, service ou organisme",
    ]


def test_urgent_numbers_of_every_page_exist():
    contacts, problems = load_contacts(ROOT / "content" / "contacts.yaml")

    assert problems == []
    assert [contacts[key].phone or contacts[key].sms for key in (
        "police-secours", "urgence-europeenne", "urgence-sourds", "samu", "pompiers",
    )] == ["17", "112", "114", "15", "18"]  # fmt: skip


def test_text_said_to_be_undated_must_be_marked_so():
    source = {"title": "Copie non datée d’une page", "as_of": "2026-11-22"}

    with pytest.raises(ValueError, match="ce texte est dit sans date"):
        make_contact(sources=[source])

    assert make_contact(sources=[{**source, "undated": True}]).as_of is None
