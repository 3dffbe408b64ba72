"""The settings of content/site.yaml."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from chalicelib.routing.keys import is_recipient, wrong_key
from chalicelib.routing.model import Route
from site_builder.errors import SiteBuilderError
from site_builder.problems import Problem
from site_builder.project import SITE_FILE, Project
from site_builder.validation import to_problems
from site_builder.yaml_lines import line_of, load_yaml


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Link(_Strict):
    """An entry of the menu or of the footer; `short` is its label on a phone."""

    key: str = ""
    label: str
    short: str = ""
    href: str = Field(pattern=r"^/")


class ThemeOfGuides(_Strict):
    """A theme of guides: `key` is its folder and its URL."""

    key: str = Field(pattern=r"^[a-z-]+$")
    title: str
    name: str
    lead: str
    examples: str


class Operator(_Strict):
    """Who runs the site; the last four are asked for before a live intake."""

    name: str
    address: str = ""
    email: str = ""
    legal_basis: str = ""
    regulatory_act: str = ""
    impact_assessment: str = ""
    data_protection_contact: str = ""


class Retention(_Strict):
    """Days during which a record can be read; ceilings are promises of the privacy page."""

    pre_plainte_days: int = Field(default=60, ge=1, le=60)
    signalement_days: int = Field(default=90, ge=1, le=90)


class SiteSettings(_Strict):
    """content/site.yaml."""

    name: str
    tagline: str
    url: str = Field(pattern=r"^https?://[^/]+$")
    mode: Literal["demo", "preparation", "intake"]
    operator: Operator
    recipients: tuple[str, ...] = ()
    supervisors: tuple[str, ...] = ()
    routes: tuple[Route, ...] = ()
    answer_within_days: int = Field(default=7, ge=1, le=60)
    quick_exit_url: str = Field(pattern=r"^https://")
    retention: Retention = Retention()
    themes: tuple[ThemeOfGuides, ...]
    menu: tuple[Link, ...]
    footer: tuple[tuple[Link, ...], ...]

    @field_validator("recipients", "supervisors")
    @classmethod
    def _can_be_sealed_to(cls, keys: tuple[str, ...]) -> tuple[str, ...]:
        for key in keys:
            if not is_recipient(key):
                raise ValueError(wrong_key(key))
        return keys

    @field_validator("routes")
    @classmethod
    def _are_distinct_and_read(cls, routes: tuple[Route, ...]) -> tuple[Route, ...]:
        names = [route.name for route in routes]
        if len(set(names)) < len(names):
            raise ValueError("deux routes portent le même nom")
        for route in routes:
            cls._can_be_sealed_to(route.recipients)
        return routes

    @model_validator(mode="after")
    def _intake_is_lawful(self) -> SiteSettings:
        """French law lets only some bodies hold offence data (loi 78-17, art. 46)."""
        if self.mode != "intake":
            return self
        asked = ("email", "legal_basis", "regulatory_act", "impact_assessment")
        missing = [name for name in asked if not getattr(self.operator, name)]
        if not self.operator.data_protection_contact:
            missing.append("data_protection_contact")
        if missing:
            raise ValueError(f"le mode intake demande operator : {', '.join(missing)}")
        if not self.recipients:
            raise ValueError("le mode intake demande au moins une clé dans recipients")
        return self


def load_settings(project: Project) -> tuple[SiteSettings | None, list[Problem]]:
    """content/site.yaml, or why it cannot be used."""
    path = project.root / SITE_FILE
    data, problems = load_yaml(path, SITE_FILE)
    if problems:
        return None, problems
    try:
        return SiteSettings.model_validate(data), []
    except ValidationError as error:
        return None, to_problems(error, SITE_FILE, lambda *keys: line_of(path, *keys))


def required_settings(project: Project) -> SiteSettings:
    """content/site.yaml, for commands that cannot do without it.

    Raises:
        SiteBuilderError: the file cannot be used; the first reason is given.
    """
    settings, problems = load_settings(project)
    if settings is None:
        raise SiteBuilderError(str(problems[0]))
    return settings
