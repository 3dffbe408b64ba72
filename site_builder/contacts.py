"""Every number, service and official address, written once in content/contacts.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from site_builder.problems import Problem
from site_builder.validation import to_problems
from site_builder.yaml_lines import line_of, load_yaml

SHOWN = Path("content/contacts.yaml")
_UNDATED = re.compile(r"\b(?:non datée?s?|sans date)\b", re.IGNORECASE)
_PHONE = re.compile(
    r"(\d{2,6}|0\d( \d\d){4}|0 \d{3} \d{3} \d{3}|0 \d{3}( \d\d){3}|116 00\d|39 \d\d)"
)


class Source(BaseModel):
    """A text that was read. `as_of` is its date, or the day of reading when it is `undated`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str = Field(min_length=3, max_length=250)
    url: str = Field(default="", pattern=r"^(https?://.+)?$", max_length=400)
    as_of: date
    undated: bool = False
    facts: str = ""

    @model_validator(mode="after")
    def _says_what_it_knows(self) -> Source:
        if not self.undated and _UNDATED.search(f"{self.title} {self.facts}"):
            raise ValueError("ce texte est dit sans date : ajoutez « undated: true »")
        return self


class Contact(BaseModel):
    """One number, service or address. `label` is what a sentence shows."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str
    label: str = Field(min_length=2, max_length=60)
    name: str = Field(min_length=3, max_length=120)
    kind: Literal["urgence", "aide", "service", "organisme"]
    phone: str = ""
    sms: str = ""
    url: str = Field(default="", pattern=r"^(https://.+)?$")
    use: str
    hours: str = ""
    cost: str = ""
    access: str = ""
    who: str = ""
    needs: str = ""
    delay: str = ""
    note: str = ""
    review: str = ""
    sources: tuple[Source, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _reachable(self) -> Contact:
        if not (self.phone or self.sms or self.url or self.review):
            raise ValueError("ni numéro, ni SMS, ni adresse, ni review qui dise pourquoi")
        for number in (self.phone, self.sms):
            if number and not _PHONE.fullmatch(number):
                raise ValueError(f"« {number} » n’est pas un numéro français")
        return self

    @property
    def href(self) -> str:
        """Where the label leads: a call, else a message, else the site, else nowhere ("")."""
        if self.phone:
            return f"tel:{self.dialled}"
        return f"sms:{self.sms.replace(' ', '')}" if self.sms else self.url

    @property
    def dialled(self) -> str:
        """The digits to dial; ordinary long numbers in international form, for phones abroad.

        Numbers in 08 stay national: many networks refuse them after +33.
        """
        digits = self.phone.replace(" ", "")
        is_ordinary = len(digits) == 10 and not digits.startswith("08")
        return f"+33{digits[1:]}" if is_ordinary else digits

    @property
    def as_of(self) -> date | None:
        """The oldest date among the texts read; None when none of them has a date."""
        return min((s.as_of for s in self.sources if not s.undated), default=None)


class Contacts(Mapping[str, Contact]):
    """All contacts by key, in the order of the file (urgent numbers first)."""

    def __init__(self, contacts: Mapping[str, Contact]) -> None:
        self._contacts = dict(contacts)

    def __getitem__(self, key: str) -> Contact:
        return self._contacts[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._contacts)

    def __len__(self) -> int:
        return len(self._contacts)

    def of_kind(self, kind: str) -> list[Contact]:
        """The contacts of one kind, in the order of the file."""
        return [contact for contact in self.values() if contact.kind == kind]


def load_contacts(path: Path) -> tuple[Contacts, list[Problem]]:
    """Read content/contacts.yaml; what is wrong is left out and told."""
    data, problems = load_yaml(path, SHOWN)
    if problems or not isinstance(data, dict):
        empty = [Problem(SHOWN, 0, "le fichier est vide", "il doit porter tous les numéros")]
        return Contacts({}), problems or empty
    contacts = {}
    for key, value in data.items():
        if not isinstance(value, dict):
            hint = "écrivez label, name, kind… dessous, décalés de deux espaces"
            message = f"« {key} » doit être un groupe de clés"
            problems.append(Problem(SHOWN, line_of(path, key), message, hint))
            continue
        try:
            contacts[key] = Contact.model_validate({**value, "key": key})
        except ValidationError as error:
            problems += to_problems(error, SHOWN, lambda *keys, key=key: line_of(path, key, *keys))
    return Contacts(contacts), problems
