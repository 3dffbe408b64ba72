"""The page « Ce qui a changé »."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from site_builder.changes import Change
from site_builder.outputs import Output, page_file
from site_builder.theme import Page, Theme, french_date


def render_changes(
    theme: Theme, changes: Sequence[Change], guides: Mapping[str, tuple[str, str]]
) -> Output:
    """The changes, newest first; `guides` gives (title, URL path) by slug."""
    page = Page(
        "/ce-qui-a-change/", "Ce qui a changé", "Les dernières nouveautés et corrections du site."
    )
    shown = [
        {
            "date": change.date.isoformat(),
            "date_text": french_date(change.date),
            "what": change.what,
            "guides": [{"title": guides[s][0], "url": guides[s][1]} for s in change.guides],
        }
        for change in changes
    ]
    return Output(page_file(page.path), theme.render("changements.html", page, changes=shown))
