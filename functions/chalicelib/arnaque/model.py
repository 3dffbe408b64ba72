"""What a report of a scam may ask: how it went and what leads to the author."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from chalicelib.forms import moments
from chalicelib.forms.moments import Moment
from chalicelib.forms.spec import FormSpec, Section
from chalicelib.forms.types import (
    Amount,
    EmailLines,
    IbanLines,
    NameLines,
    Paragraph,
    PhoneLines,
    UrlLines,
    WalletLines,
)
from chalicelib.forms.widgets import Widget

# Those that THESEE takes (service-public, list read in 2026), and what it leaves out.
Kind = Literal[
    "compte_pirate",
    "faux_site",
    "fausse_annonce",
    "sentimentale",
    "sextorsion",
    "rancongiciel",
    "faux_support",
    "faux_conseiller",
    "autre",
]
Payment = Literal["carte", "virement", "especes", "cheque", "coupons", "crypto", "autre"]
_RADIO = Widget("radio")


class Arnaque(Moment):
    """Answers to the form of `/declarer/arnaque/`."""

    kind: Annotated[Kind, _RADIO]
    facts: Annotated[Paragraph, Field(min_length=20, max_length=10_000), Widget("textarea", rows=8)]
    urls: Annotated[UrlLines, Field(max_length=10, default_factory=list)]
    emails: Annotated[EmailLines, Field(max_length=10, default_factory=list)]
    phones: Annotated[PhoneLines, Field(max_length=10, default_factory=list)]
    pseudonyms: Annotated[NameLines, Field(max_length=10, default_factory=list)]
    ibans: Annotated[IbanLines, Field(max_length=10, default_factory=list)]
    wallets: Annotated[WalletLines, Field(max_length=10, default_factory=list)]
    money_lost: Annotated[Literal["yes", "no"], _RADIO]
    amount: Amount = ""
    payments: Annotated[
        list[Payment], Field(max_length=7, default_factory=list), Widget("checkboxes")
    ]
    bank_told: Annotated[Literal["yes", "no"] | None, _RADIO] = None
    already_reported: Annotated[Literal["yes", "no"] | None, _RADIO] = None
    follow_up: Annotated[Literal["yes", "no"], _RADIO]


FORM = FormSpec(
    name="arnaque",
    prefix="ARN",
    model=Arnaque,
    sections=(
        Section("what", ("kind", "facts")),
        Section("clues", ("urls", "emails", "phones", "pseudonyms", "ibans", "wallets")),
        Section("money", ("money_lost", "amount", "payments", "bank_told")),
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
