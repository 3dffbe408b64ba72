"""`[[key]]` shows what contacts.yaml says."""

import markdown

from site_builder.text.contact_links import ContactLinks, contact_keys
from site_builder.text.danger_section import DangerSection

CONTACTS = {
    "police-secours": {"label": "17", "href": "tel:17", "name": "Police secours"},
    "thesee": {"label": "THESEE", "href": "https://exemple.gouv.fr", "name": "THESEE"},
    "civi": {"label": "Civi", "href": "", "name": "Civi"},
}


def render(text):
    links = ContactLinks(CONTACTS, lambda contact: f"<div>carte {contact['name']}</div>")
    return markdown.markdown(text, extensions=["toc", links, DangerSection()])


def test_key_becomes_a_link_with_the_label():
    assert render("Appelez le [[police-secours]].") == (
        '<p>Appelez le <a href="tel:17">17</a>.</p>'
    )


def test_key_with_a_text_shows_the_text_and_hides_where_the_reader_comes_from():
    assert render("[[thesee|le service]]") == (
        '<p><a href="https://exemple.gouv.fr" rel="noreferrer">le service</a></p>'
    )


def test_contact_without_address_is_named_and_leads_nowhere():
    assert render("[[civi]]") == "<p><span>Civi</span></p>"


def test_card_alone_on_its_line_is_a_block():
    assert render("[[carte:police-secours]]") == "<div>carte Police secours</div>"


def test_unknown_key_is_left_as_it_is():
    assert render("[[absent]]") == "<p>[[absent]]</p>"


def test_keys_of_a_line_are_read_in_order():
    assert list(contact_keys("[[a]] et [[carte:b]] et [[c|texte]]")) == ["a", "b", "c"]


def test_danger_part_is_a_section_that_ends_at_the_next_heading():
    html = render("## Êtes-vous en danger maintenant ?\n\nAppelez.\n\n## Ensuite\n\nPlus tard.")

    assert '<section class="now flow">' in html
    assert html.index("</section>") < html.index("Ensuite")
    assert html.index("Appelez") < html.index("</section>")
