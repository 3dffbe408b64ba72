"""An alerte: what happened, where, until when it matters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field, model_validator

from site_builder.contacts import Source
from site_builder.front_matter import Document


class AlerteKind(StrEnum):
    """Values of `kind` in the front matter; each has its feed."""

    ACCIDENT = "accident"
    ARNAQUE = "arnaque"
    SECURITE = "securite"
    DISPARITION = "disparition"


KIND_LABELS = {
    AlerteKind.ACCIDENT: "Accident",
    AlerteKind.ARNAQUE: "Arnaque",
    AlerteKind.SECURITE: "Sécurité",
    AlerteKind.DISPARITION: "Disparition",
}


class AlerteMeta(BaseModel):
    """Front matter. `expires` is the first day on which the alerte is no longer active."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str = Field(min_length=5, max_length=90)
    summary: str = Field(min_length=20, max_length=200)
    date: dt.date
    expires: dt.date
    kind: AlerteKind
    departements: tuple[str, ...] = Field(min_length=1, max_length=20)
    example: bool = False
    sources: tuple[Source, ...] = ()

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> AlerteMeta:
        if self.expires <= self.date:
            raise ValueError("expires doit venir après date")
        return self


@dataclass(frozen=True)
class Alerte:
    """One alerte; `name` is the file name, `AAAA-MM-JJ-slug`."""

    name: str
    meta: AlerteMeta
    document: Document

    @property
    def url(self) -> str:
        """URL path."""
        return f"/alertes/{self.name}/"

    def is_active(self, today: dt.date) -> bool:
        """Whether the alerte concerns `today`."""
        return self.meta.date <= today < self.meta.expires


def newest_first(alertes: Iterable[Alerte]) -> list[Alerte]:
    """In the order in which people read them."""
    return sorted(alertes, key=lambda alerte: alerte.name, reverse=True)
