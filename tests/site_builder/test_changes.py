"""What changed is told newest first, with links to the guides."""

from __future__ import annotations

import re
from datetime import date

from places import ROOT, TODAY

from site_builder.changes import load_changes
from site_builder.contacts import load_contacts
from site_builder.pages.changes import render_changes
from site_builder.project import Project
from site_builder.settings import required_settings
from site_builder.theme import Theme

CHANGES = """
- date: 2026-10-01
  what: Un premier changement.
- {date: 2026-11-01, what: Un deuxième changement., guides: [vol-velo]}
"""


def test_newest_change_comes_first_and_names_its_guides(tmp_path):
    (tmp_path / "changements.yaml").write_text(CHANGES, encoding="utf-8")
    contacts, _ = load_contacts(ROOT / "content" / "contacts.yaml")
    theme = Theme(required_settings(Project(ROOT)), contacts, TODAY)

    changes, problems = load_changes(tmp_path)
    output = render_changes(theme, changes, {"vol-velo": ("Vol", "/guides/vols/vol-velo/")})

    assert problems == []
    assert [(c.date, c.line) for c in changes] == [(date(2026, 11, 1), 4), (date(2026, 10, 1), 2)]
    assert output.path == "ce-qui-a-change/index.html"
    html = output.body.decode()
    assert re.findall(r'<time datetime="([\d-]+)">', html) == ["2026-11-01", "2026-10-01"]
    assert '<a href="/guides/vols/vol-velo/">Vol</a>' in html


def test_site_without_the_file_has_no_change(tmp_path):
    assert load_changes(tmp_path) == ([], [])
