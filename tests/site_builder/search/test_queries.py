"""What people really type finds its guide among the first three."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from site_builder.guides.load import load_guides
from site_builder.search.index import Entry, search_index

ROOT = Path(__file__).parents[3]
QUERIES = ROOT.parent / "shared" / "search" / "queries.tsv"
TO_REACH = 0.95


def real_index():
    guides, _ = load_guides(ROOT)
    entries = [
        Entry(
            g.url, g.meta.title, g.theme, g.meta.summary, g.meta.situation, g.meta.synonyms, False
        )
        for g in guides
    ]
    return json.loads(search_index(entries, {guide.theme: guide.theme for guide in guides}))


def find_guides(queries):
    """URLs found for each query by the script that the browser runs."""
    result = subprocess.run(
        ["node", str(ROOT / "tests" / "frontend" / "find_guides.mjs")],
        input=json.dumps({"index": real_index(), "queries": queries}),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(result.stdout)


def test_what_people_type_finds_its_guide_among_the_first_three():
    if not QUERIES.is_file():
        pytest.skip("../shared/search/queries.tsv is absent")
    if not shutil.which("node"):
        pytest.skip("node is absent: the ranking runs in the browser's own script")
    lines = QUERIES.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]

    found = find_guides([query for query, _ in rows])

    misses = [
        f"{query} → {[url.split('/')[-2] for url in urls[:3]]}, expected {slugs}"
        for (query, slugs), urls in zip(rows, found, strict=True)
        if not any(
            url.split("/")[-2].startswith(slug) for url in urls[:3] for slug in slugs.split("|")
        )
    ]
    assert len(misses) <= len(rows) * (1 - TO_REACH), "\n".join(misses)
