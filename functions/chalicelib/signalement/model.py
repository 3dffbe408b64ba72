"""What a signalement may ask: nothing that says who writes."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from chalicelib.forms import moments
from chalicelib.forms.moments import Moment
from chalicelib.forms.spec import FormSpec, Section
from chalicelib.forms.types import Line, Paragraph, UrlLines
from chalicelib.forms.widgets import Widget

Theme = Literal[
    "deal",
    "violences",
    "menaces",
    "harcelement",
    "degradations",
    "contenu",
    "disparition",
    "autre",
]
Means = Literal["face", "telephone", "messages", "reseaux", "courrier"]
_YES_NO = Widget("radio")


class Signalement(Moment):
    """Answers to the form of `/declarer/signalement/`."""

    theme: Annotated[Theme, Widget("radio")]
    facts: Annotated[Paragraph, Field(min_length=20, max_length=10_000), Widget("textarea", rows=8)]
    commune: Annotated[Line, Field(max_length=100)] = ""
    place: Annotated[Line, Field(max_length=300)] = ""
    people: Annotated[Paragraph, Field(max_length=1_000)] = ""
    # Short fields of one theme or two: a browser that can hides the others (declaration.css).
    habits: Annotated[Line, Field(max_length=300)] = ""
    children: Annotated[Literal["yes", "no", "unknown"] | None, _YES_NO] = None
    means: Annotated[list[Means], Field(max_length=5, default_factory=list), Widget("checkboxes")]
    damage: Annotated[Line, Field(max_length=300)] = ""
    last_seen: Annotated[Paragraph, Field(max_length=500)] = ""
    urls: Annotated[UrlLines, Field(max_length=5, default_factory=list)]
    already_reported: Annotated[Literal["yes", "no"] | None, _YES_NO] = None
    follow_up: Annotated[Literal["yes", "no"], _YES_NO]


FORM = FormSpec(
    name="signalement",
    prefix="SIG",
    model=Signalement,
    sections=(
        Section(
            "what",
            (
                "theme",
                "facts",
                "people",
                "habits",
                "children",
                "means",
                "damage",
                "last_seen",
                "urls",
            ),
        ),
        Section("where", ("commune", "place")),
        Section("when", moments.FIELDS),
        Section("after", ("already_reported", "follow_up")),
    ),
    is_sensitive=True,
    retention=timedelta(days=90),
    retention_setting="signalement_days",
    rounding=timedelta(hours=6),
    follow_up="follow_up",
    warn_of_contacts=True,
    renews=True,
)
