"""Settings of the `pelican` command. Pelican is AGPL: it is run, never imported.

Everything that changes from build to build comes as JSON, in the file that the standard input names
once it is ready.
"""

import gc
import json
import os
import sys
from pathlib import Path

from jinja2 import FileSystemBytecodeCache

sys.path.append(str(Path(__file__).parents[2]))  # our code, where nobody installed it
from site_builder.text.contact_links import ContactLinks
from site_builder.text.document_links import DocumentLinks
from site_builder.text.plain_markdown import PlainMarkdown
from site_builder.text.typography import FrenchSpaces

gc.freeze()  # what was imported stays
gc.set_threshold(5_000, 1_000, 1_000)  # a converter a text: young cycles are all there is to free
_INPUT_FILE = os.fsdecode(sys.stdin.buffer.readline().rstrip(b"\n"))
_INPUT = json.loads(Path(_INPUT_FILE).read_text(encoding="utf-8"))
_CARDS = _INPUT["cards"]

SITENAME = _INPUT["globals"]["site"]["name"]
SITEURL = _INPUT["globals"]["site"]["url"]
PATH = _INPUT["content"]
OUTPUT_PATH = _INPUT["output"]
CACHE_PATH = _INPUT["cache"]
THEME = str(Path(__file__).parent / "pelican_theme")
THEME_TEMPLATES_OVERRIDES = _INPUT["template_folders"]
THEME_STATIC_PATHS: list[str] = []
TIMEZONE = "Europe/Paris"
DEFAULT_LANG = "fr"
LOAD_CONTENT_CACHE = False
PLUGINS: list[str] = []

ARTICLE_URL = "alertes/{slug}/"
ARTICLE_SAVE_AS = "alertes/{slug}/index.html"
INDEX_SAVE_AS = "alertes/index.html"
DIRECT_TEMPLATES = ["index"]
# One feed for all, one per kind (category) and one per département (tag).
FEED_DOMAIN = SITEURL
FEED_ALL_ATOM = "alertes/feed.atom"
CATEGORY_FEED_ATOM = "alertes/{slug}/feed.atom"
TAG_FEED_ATOM = "alertes/{slug}/feed.atom"
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None
CATEGORY_SAVE_AS = TAG_SAVE_AS = AUTHOR_SAVE_AS = ""
ARCHIVES_SAVE_AS = CATEGORIES_SAVE_AS = TAGS_SAVE_AS = AUTHORS_SAVE_AS = ""
DEFAULT_PAGINATION = False
FORMATTED_FIELDS: list[str] = []  # summaries come as HTML
MARKDOWN = {
    "extensions": [
        *("sane_lists", "admonition", PlainMarkdown()),
        ContactLinks(_INPUT["globals"]["contacts"], lambda contact: _CARDS[contact["key"]]),
        *(DocumentLinks(Path("content/alertes/alerte.md")), FrenchSpaces()),
    ],
    "output_format": "html5",
}

JINJA_ENVIRONMENT = {
    "autoescape": True,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "bytecode_cache": FileSystemBytecodeCache(_INPUT["compiled_templates"]),
}
JINJA_GLOBALS = {**_INPUT["globals"], "alertes": _INPUT["alertes"]}
