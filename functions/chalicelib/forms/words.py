"""The words of the forms, as editors write them in content/formulaires/ (French)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Titled(_Words):
    """A heading and what stands under it."""

    title: str = Field(min_length=1)
    text: str = ""


class FieldWords(_Words):
    """One question: its label, help, choices and error sentences by code."""

    label: str = Field(min_length=1)
    short: str = ""
    hint: str = ""
    choices: dict[str, str] = {}
    errors: dict[str, str] = {}

    @property
    def recap(self) -> str:
        """The label where the answer stands beside it."""
        return self.short or self.label


class PageWords(_Words):
    """The head of a page: heading, tab title, first paragraphs."""

    title: str = Field(min_length=1)
    tab: str = ""
    lead: str = ""
    notes: list[str] = []


class GateChoice(_Words):
    """One way out of a gate: a link to a page, or to a contact of contacts.yaml."""

    label: str = Field(min_length=1)
    text: str = ""
    href: str = ""
    contact: str = ""
    primary: bool = False


class GatePage(_Words):
    """One page of links before a form; `contacts` are keys of contacts.yaml."""

    title: str = Field(min_length=1)
    lead: str = ""
    text: list[str] = []
    contacts: list[str] = []
    choices: list[GateChoice] = []


class Buttons(_Words):
    """What the submit buttons say."""

    verifier: str
    modifier: str
    confirmer: str
    confirmer_demo: str
    print: str


class FormWords(_Words):
    """One file of content/formulaires/ that describes a form to send."""

    kind: Literal["form"] = "form"
    form: PageWords
    sections: dict[str, Titled]
    fields: dict[str, FieldWords]
    buttons: Buttons
    check: PageWords
    code: Titled
    acknowledgement: PageWords
    next: list[Titled]
    late: PageWords
    withdrawn: PageWords
    closed: GatePage
    preparation: PageWords
    gate: dict[str, GatePage]


class SuiviWords(_Words):
    """content/formulaires/suivi.yaml."""

    kind: Literal["suivi"] = "suivi"
    form: PageWords
    fields: dict[str, FieldWords]
    button: str
    record: PageWords
    again: str
    labels: dict[str, str]
    statuses: dict[str, Titled]


class CommonWords(_Words):
    """content/formulaires/commun.yaml: what all forms say alike.

    Attributes:
        errors: Sentence by error code, for fields that have none of their own.
        tokens: Why a check page is shown again, by error code.
        pages: What a refused request says, by error code.
        labels: Small texts of the pages.
    """

    kind: Literal["common"] = "common"
    summary_one: str
    summary_many: str
    errors: dict[str, str]
    tokens: dict[str, str]
    pages: dict[str, Titled]
    labels: dict[str, str]
    declare: GatePage


def sentence(code: str, field: FieldWords, common: CommonWords) -> str:
    """What to tell the person about an error of a field."""
    found = field.errors.get(code) or common.errors.get(code) or common.errors["invalid"]
    return fill(found, {"label": field.recap})


def fill(text: str, values: Mapping[str, str]) -> str:
    """`text` with its `{name}` replaced; other braces stay."""
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text
