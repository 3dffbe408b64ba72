"""What check refuses is shown as text, should it ever get through."""

import markdown
import pytest

from site_builder.text.plain_markdown import PlainMarkdown


def html_of(text):
    return markdown.markdown(text, extensions=["sane_lists", "admonition", PlainMarkdown()])


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "avant <img src=x onerror=alert(1)> après",
        "<div markdown>\n\n<b onclick=a>x</b>\n\n</div>",
        "<!-- caché -->",
        "<https://exemple.fr>",
        "<moi@exemple.fr>",
        "[x][y]\n\n[y]: //exemple.fr",
        "[y]\n\n[y]: javascript:alert(1)",
    ],
)
def test_html_addresses_and_links_in_two_pieces_stay_text(text):
    html = html_of(text)

    for tag in ("<script", "<img", "<div", "<b", "<!--", "<a"):
        assert tag not in html
    kept = html.replace("&lt;", "<").replace("&gt;", ">")
    assert max(text.split(), key=len) in kept


def test_what_guides_are_written_with_stays():
    html = html_of("## Faits\n\nUn *mot*, **deux**, [un lien](vol-velo.md) &nbsp;!\n\n- a\n- b")

    for piece in ("<h2>", "<em>", "<strong>", '<a href="vol-velo.md">', "&nbsp;", "<li>a</li>"):
        assert piece in html
