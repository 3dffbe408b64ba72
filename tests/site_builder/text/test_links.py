"""Links lead to guides and pages of the site, and to nothing else."""

from pathlib import Path

import pytest

from site_builder.front_matter import Document
from site_builder.text.anchors import anchors
from site_builder.text.links import Pages, check_links, resolve

PAGES = {"/guides/vols/vol-velo/", "/guides/vols/cambriolage/", "/stations/", "/"}


def make_document(body=""):
    return Document(Path("content/guides/vols/vol-velo.md"), {}, body, body_line=5)


def messages(body):
    pages = Pages(PAGES.__contains__, lambda url, anchor: anchor == "preuves")
    return [problem.message for problem in check_links(make_document(body), pages)]


@pytest.mark.parametrize(
    "target",
    [
        "cambriolage.md",
        "../vols/cambriolage.md",
        "cambriolage.md#preuves",
        "#preuves",
        "/stations/",
    ],
)
def test_link_to_a_page_of_the_site_is_fine(target):
    assert messages(f"Voyez [ce guide]({target}).") == []


def test_dead_link_is_named():
    assert messages("[x](../vols/absent.md)") == ["lien mort « ../vols/absent.md »"]


def test_dead_anchor_is_named():
    assert messages("[x](cambriolage.md#absent)") == [
        "« cambriolage.md#absent » : cette page n’a pas de partie « absent »"
    ]


def test_link_that_goes_on_over_two_lines_is_read():
    assert messages("[ce\nguide](absent.md)") == ["lien mort « absent.md »"]


@pytest.mark.parametrize(
    "body",
    ["[a [b](cambriolage.md)](//exemple.fr)", "[a]( <//exemple.fr>)", "[a](/\\\\exemple.fr)"],
)
def test_address_hidden_in_a_link_is_found(body):
    assert [message for message in messages(body) if message.startswith("lien mort")] != []


def test_link_whose_target_stands_elsewhere_is_refused():
    assert messages("[x][y]\n\n[y]: &#106;avascript:alert(1)") == ["lien écrit en deux morceaux"]


def test_anchors_are_the_ids_that_markdown_gives():
    body = "## Qui peut vous aider\n\n### Êtes-vous prêt ?\n\n## Qui peut vous aider"

    assert anchors(body) == {"qui-peut-vous-aider", "etes-vous-pret", "qui-peut-vous-aider_1"}


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "http://example.org",
        "www.example.org",
        "javascript:alert(1)",
        "tel:17",
    ],
)
def test_address_in_the_text_is_refused(address):
    (message,) = messages(f"[lien]({address})")

    assert message.startswith("adresse écrite dans le texte")


def test_image_without_text_is_refused():
    assert "image sans texte de remplacement" in messages("![](photo.png)")


def test_links_are_resolved_from_the_document():
    assert resolve(make_document().path, "../droits/preuves.md#photo") == "/guides/droits/preuves/"
