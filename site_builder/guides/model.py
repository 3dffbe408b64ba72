"""A guide: its front matter, and where it stands."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from site_builder.contacts import Source
from site_builder.front_matter import Document

Audience = Literal["particulier", "mineur", "proche", "temoin", "professionnel", "association"]


class GuideMeta(BaseModel):
    """The front matter of a guide; lengths are those that fit a phone and a search result."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str = Field(min_length=5, max_length=70)
    short_title: str = Field(min_length=3, max_length=32)
    summary: str = Field(min_length=30, max_length=160)
    synonyms: tuple[str, ...] = Field(min_length=3, max_length=40)
    situation: str = Field(min_length=10, max_length=300)
    audience: tuple[Audience, ...] = Field(min_length=1)
    sensitive: bool
    neutral_title: str = Field(default="", max_length=40)
    contacts: tuple[str, ...] = Field(min_length=1)
    sources: tuple[Source, ...] = Field(min_length=1)
    verified_on: date | None = None
    related: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _discreet_when_sensitive(self) -> GuideMeta:
        if self.sensitive and not self.neutral_title:
            raise ValueError("un guide sensible demande neutral_title, un titre d’onglet neutre")
        return self


@dataclass(frozen=True)
class Guide:
    """One guide. `theme` is its folder, `slug` its file name."""

    theme: str
    slug: str
    meta: GuideMeta
    document: Document

    @property
    def url(self) -> str:
        """URL path."""
        return f"/guides/{self.theme}/{self.slug}/"

    @property
    def read_from_to(self) -> tuple[date, date] | None:
        """Dates of the oldest and of the newest text read; None when none has a date."""
        dates = [source.as_of for source in self.meta.sources if not source.undated]
        return (min(dates), max(dates)) if dates else None


def sort_key(text: str) -> str:
    """Order of a French index: accents and case do not count."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", " ", plain.lower()).strip()
