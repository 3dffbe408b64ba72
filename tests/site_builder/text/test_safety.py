"""Whatever passes the checks gives a page without code and without an address of its own."""

from __future__ import annotations

import re
from pathlib import Path

import markdown
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder import generators
from site_builder.front_matter import Document
from site_builder.text.links import Pages, check_links
from site_builder.text.plain_markdown import PlainMarkdown
from site_builder.text.wording import check_wording

ATTACKS = (
    "<script>", "<img src=x onerror=a>", "<a href=//exemple.fr>", "<b\n", "<!-- ",
    "{ onclick=a }", "{: onclick=a }", "{{ x }}", "](//exemple.fr)", "[a [b](vol-velo.md)](//c.fr)",
    "[y]\n\n[y]: //exemple.fr", "[y]\n\n[y]: &#106;avascript:a", "![x](//exemple.fr/x.png)",
    "](&#106;avascript:a)", "](java\\script:a)", "](<//exemple.fr>)", "<//exemple.fr>",
)  # fmt: skip
HARMLESS = (
    "mot ", "[x](vol-velo.md)", "[x", "[", "]", "!", "\n", "\n\n", "    ", "`", "```\n", "*", "**",
    "- ", "1. ", "> ", "# ", "| a | b |\n|---|---|\n| ", '!!! note "x"\n    ', "\\", "&", "^", ">",
)  # fmt: skip
PIECES = st.sampled_from(HARMLESS) | st.sampled_from(ATTACKS)
SETTINGS = Path(generators.__file__).parent / "mkdocs.yml"
CODE = re.compile(r"<script|<iframe|<object|<style|<[a-z][^>]* on[a-z]+\s*=", re.IGNORECASE)
TARGET = re.compile(r"<[a-z][^>]*\s(?:href|src|action)\s*=\s*[\"']?([^\"'\s>]*)", re.IGNORECASE)
# What the site itself writes: a guide, an anchor (toc, footnotes), or nothing.
OWN = re.compile(r"vol-velo\.md|#.*|")


def extensions() -> tuple[list[str], dict[str, dict[str, object]]]:
    """Those of the real build."""
    listed = yaml.safe_load(SETTINGS.read_text(encoding="utf-8"))["markdown_extensions"]
    names = [next(iter(entry)) if isinstance(entry, dict) else entry for entry in listed]
    options = {name: entry[name] for name, entry in zip(names, listed, strict=True)
               if isinstance(entry, dict)}  # fmt: skip
    return names, options


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=5).map("".join))
def test_accepted_text_holds_no_code_and_leads_only_to_pages(body):
    document = Document(Path("content/guides/vols/essai.md"), {}, body, 1)
    pages = Pages({"/guides/vols/vol-velo/"}.__contains__, lambda url, anchor: False)
    if [*check_wording(document), *check_links(document, pages)]:
        return
    names, options = extensions()

    rules = [*names, PlainMarkdown()]
    html = markdown.markdown(body, extensions=rules, extension_configs=options)

    assert CODE.findall(html) == []
    assert [target for target in TARGET.findall(html) if not OWN.fullmatch(target)] == []
