"""The words of the forms, as editors write them in content/formulaires/ (French)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

_BEFORE = re.compile(r" (?=[»:;!?])")
_AFTER = re.compile(r"(?<=«) ")


def unbroken(words: Any) -> Any:
    """French punctuation never starts a line: its spaces become unbreakable, at any depth."""
    if isinstance(words, str):
        return _AFTER.sub("\u00a0", _BEFORE.sub("\u00a0", words))
    if isinstance(words, list):
        return [unbroken(item) for item in words]
    if isinstance(words, dict):
        return {key: unbroken(item) for key, item in words.items()}
    return words


class _Words(BaseModel):
    model_config = ConfigDict(
        defer_build=True, extra="forbid", frozen=True, hide_input_in_errors=True
    )


class _File(_Words):
    """One whole file."""

    @model_validator(mode="before")
    @classmethod
    def _typeset(cls, words: Any) -> Any:
        return unbroken(words)


class Titled(_Words):
    """A heading and what stands under it."""

    title: str = Field(min_length=1)
    text: str = ""


class FieldWords(_Words):
    """One question: its label, help, choices and error sentences by code.

    A group has the `fields` of each thing, and the buttons that `add` and `remove` one.
    """

    label: str = Field(min_length=1)
    short: str = ""
    hint: str = ""
    choices: dict[str, str] = {}
    errors: dict[str, str] = {}
    fields: dict[str, FieldWords] = {}
    add: str = ""
    remove: str = ""

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


class FormWords(_File):
    """One file of content/formulaires/ that describes a form to send."""

    kind: Literal["form"] = "form"
    form: PageWords
    sections: dict[str, Titled]
    fields: dict[str, FieldWords]
    buttons: Buttons
    check: PageWords
    code: Titled
    acknowledgement: PageWords
    document: PageWords | None = None
    next: list[Titled]
    late: PageWords
    withdrawn: PageWords
    closed: GatePage
    preparation: PageWords
    gate: dict[str, GatePage]


class SuiviWords(_File):
    """content/formulaires/suivi.yaml."""

    kind: Literal["suivi"] = "suivi"
    form: PageWords
    fields: dict[str, FieldWords]
    button: str
    record: PageWords
    statuses: dict[str, Titled]
    received: str
    expires: str
    answers: Titled
    answered: str
    write: Titled
    write_button: str
    written: str
    attach: Titled
    attach_button: str
    attached: str
    longer: Titled
    longer_button: str
    kept: str
    withdraw: Titled
    withdraw_button: str
    prove: Titled
    prove_button: str
    proof: PageWords
    mail_button: str
    mail_sent: str
    proof_button: str
    resend: Titled
    proved: str
    proved_for_agents: str
    mail: Titled
    memo: PageWords
    sure: PageWords
    erase_button: str
    back_button: str
    erased: PageWords
    again: str


class CommonWords(_File):
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
