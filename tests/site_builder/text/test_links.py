"""Links lead to guides and pages of the site, and to nothing else."""

from pathlib import Path

import pytest

from site_builder.front_matter import Document
from site_builder.text.links import check_links, resolve

PAGES = {"/guides/vols/vol-velo/", "/guides/vols/cambriolage/", "/stations/", "/"}


def make_document(body=""):
    return Document(Path("content/guides/vols/vol-velo.md"), {}, body, body_line=5)


def messages(body):
    return [problem.message for problem in check_links(make_document(body), PAGES.__contains__)]


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
    assert resolve(make_document(), "../droits/preuves.md#photo") == "/guides/droits/preuves/"
