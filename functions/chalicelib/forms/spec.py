"""What a form is: a model, its sections and its promises. Words are elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pydantic import BaseModel, ConfigDict
from pydantic.fields import FieldInfo

# Filled only by programs; people never see it. Any text in it is refused, visibly.
HONEYPOT = "ne_pas_remplir"


class FormModel(BaseModel):
    """Base of the answers to a form. Errors never repeat what was typed."""

    # defer_build: a cold start prepares the rules of the form that it answers, not of all.
    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
        validate_default=True,
    )


@dataclass(frozen=True)
class Section:
    """A headed part of a form; `key` finds its title in the words."""

    key: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class FormSpec:
    """One form.

    Attributes:
        name: In URLs, in the words and in the signature of tokens: `pre-plainte`.
        prefix: Of the references.
        is_sensitive: Neutral tab title, `autocomplete="off"` everywhere.
        follow_up: Name of the yes/no field that asks for a code; empty: always a code.
        retention: Default and longest time during which a record can be read.
        retention_setting: Name of the operator's own, shorter, time.
        rounding: The time of reception is kept rounded down to this.
        renews: Any activity on a record starts its retention again.
        max_files: Files that may be added after sending.
        has_document: The acknowledgement has a QR code and, where one machine serves, a PDF.
        warn_of_contacts: The check page points out an address or a number in the texts.
    """

    name: str
    prefix: str
    model: type[FormModel]
    sections: tuple[Section, ...]
    is_sensitive: bool
    retention: timedelta
    retention_setting: str
    rounding: timedelta
    follow_up: str = ""
    warn_of_contacts: bool = False
    has_document: bool = False
    renews: bool = False
    max_files: int = 3

    @property
    def action(self) -> str:
        """Where the form is posted."""
        return f"/api/{self.name}"

    @property
    def page(self) -> str:
        """Where the empty form is."""
        return f"/declarer/{self.name}/formulaire/"

    @property
    def asks_email(self) -> bool:
        """Whether the person gives an address of theirs, which may be proved."""
        return "email" in self.model.model_fields

    def fields(self) -> Iterator[tuple[str, FieldInfo]]:
        """Name and rules of each field, in the order of the page."""
        for section in self.sections:
            for name in section.fields:
                yield name, self.model.model_fields[name]

    def wants_code(self, answers: dict[str, Any]) -> bool:
        """Whether these answers ask for a code to come back."""
        return not self.follow_up or answers[self.follow_up] == "yes"
