"""Links of a text that is shown at several places: page and feed."""

from pathlib import Path

import markdown
import pytest

from site_builder.text.document_links import DocumentLinks


@pytest.mark.parametrize(
    ("target", "href"),
    [
        ("../guides/vols/vol-velo.md", "/guides/vols/vol-velo/"),
        ("../guides/vols/vol-velo.md#preuves", "/guides/vols/vol-velo/#preuves"),
        ("2026-11-20-autre.md", "/alertes/2026-11-20-autre/"),
        ("/stations/33/", "/stations/33/"),
        ("#ici", "#ici"),
    ],
)
def test_a_link_leads_to_the_page_wherever_it_is_read(target, href):
    own = DocumentLinks(Path("content/alertes/2026-11-22-essai.md"))

    html = markdown.markdown(f"[lire]({target})", extensions=[own])

    assert html == f'<p><a href="{href}">lire</a></p>'
