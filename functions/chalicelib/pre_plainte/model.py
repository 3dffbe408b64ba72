"""What a pré-plainte asks, and no more: no job, no family situation, no card number."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator

from chalicelib.forms import moments
from chalicelib.forms.moments import Moment
from chalicelib.forms.parsing import refuse
from chalicelib.forms.spec import FormSpec, Section
from chalicelib.forms.stations import Stations
from chalicelib.forms.types import (
    Email,
    Line,
    MustBeTicked,
    Paragraph,
    PastDay,
    Phone,
    Postcode,
    Ticked,
)
from chalicelib.forms.widgets import Widget
from chalicelib.pre_plainte.numbers import is_organisation_number
from chalicelib.pre_plainte.objects import StolenObject

Offence = Literal[
    "vol",
    "cambriolage",
    "degradation",
    "escroquerie",
    "delit_de_fuite",
    "menaces",
    "harcelement",
    "violences",
    "autre",
]
Place = Literal["address", "route", "transport", "phone", "internet"]
_RADIO = Widget("radio")
_NEEDED = Widget("text", codes=("required",))
_NUMBER = Widget("text", width_ch=20, codes=("organisation_number",))
_BIRTH = Widget(
    "text",
    autocomplete="bday",
    width_ch=18,
    codes=("date_invalid", "date_too_old", "date_future", "minor"),
)
_EMAIL = Widget("text", "email", "email", codes=("email_invalid", "required"))
_PHONE = Widget("text", "tel", "tel", width_ch=20, codes=("phone_invalid", "required"))
_PLACE_POSTCODE = Widget("text", "", "numeric", width_ch=8, codes=("postcode_invalid",))
_STATION = Widget("station", codes=("station_unknown", "station_postcode"))
ADULT_YEARS = 18  # Code civil, art. 414


class PrePlainte(Moment):
    """Answers to the form of `/declarer/pre-plainte/`."""

    declarant: Annotated[Literal["victim", "representative", "organisation"], _RADIO]
    represented: Annotated[Line, Field(max_length=150), _NEEDED] = ""
    organisation: Annotated[Line, Field(max_length=150), _NEEDED] = ""
    organisation_number: Annotated[Line, Field(max_length=20), _NUMBER] = ""

    birth_name: Annotated[Line, Field(min_length=1, max_length=70), Widget("text", "family-name")]
    usage_name: Annotated[Line, Field(max_length=70)] = ""
    first_names: Annotated[Line, Field(min_length=1, max_length=100), Widget("text", "given-name")]
    birth_date: Annotated[PastDay, _BIRTH]
    birth_place: Annotated[Line, Field(max_length=100)] = ""
    nationality: Annotated[Line, Field(max_length=100)] = ""

    contact_email: Ticked = False
    contact_sms: Ticked = False
    email: Annotated[Email, _EMAIL] = ""
    phone: Annotated[Phone, _PHONE] = ""
    address: Annotated[Line, Field(max_length=200), Widget("text", "street-address")] = ""
    postcode: Postcode = ""
    commune: Annotated[Line, Field(max_length=100), Widget("text", "address-level2")] = ""

    offence: Annotated[Offence, _RADIO]
    violence: Annotated[Literal["yes", "no"], _RADIO]
    place_kind: Annotated[Place, _RADIO]
    place: Annotated[Line, Field(max_length=300)] = ""
    place_end: Annotated[Line, Field(max_length=300)] = ""
    place_postcode: Annotated[Postcode, _PLACE_POSTCODE] = ""
    place_commune: Annotated[Line, Field(max_length=100)] = ""
    facts: Annotated[Paragraph, Field(min_length=30, max_length=5_000), Widget("textarea", rows=10)]

    objects: Annotated[
        list[StolenObject], Field(max_length=20, default_factory=list), Widget("group")
    ]

    author_known: Annotated[Literal["yes", "no"], _RADIO]
    author: Annotated[Paragraph, Field(max_length=1_000)] = ""
    witnesses: Annotated[Paragraph, Field(max_length=1_000)] = ""
    cctv: Annotated[Literal["yes", "no", "unknown"] | None, _RADIO] = None

    station: Annotated[Line, Field(max_length=80), _STATION] = ""
    station_text: Annotated[Line, Field(max_length=150)] = ""
    availability: Annotated[Paragraph, Field(max_length=500)] = ""
    truth: MustBeTicked

    @field_validator("represented", "organisation")
    @classmethod
    def _said_by_who_speaks_for_another(cls, value: str, info: ValidationInfo) -> str:
        needed = {"represented": "representative", "organisation": "organisation"}
        if not value and info.data.get("declarant") == needed[str(info.field_name)]:
            raise refuse("required")
        return value

    @field_validator("organisation_number")
    @classmethod
    def _is_siren_or_rna(cls, value: str) -> str:
        number = value.replace(" ", "").upper()
        if number and not is_organisation_number(number):
            raise refuse("organisation_number")
        return number

    @field_validator("birth_date")
    @classmethod
    def _is_adult(cls, value: date, info: ValidationInfo) -> date:
        today = info.context["today"]  # type: ignore[index] # always given
        birthday = (today.year - value.year, today.month, today.day)
        if birthday < (ADULT_YEARS, value.month, value.day):
            raise refuse("minor")
        return value

    @field_validator("station")
    @classmethod
    def _is_one_of_ours(cls, value: str, info: ValidationInfo) -> str:
        stations: Stations = info.context["stations"]  # type: ignore[index] # always given
        if value and stations.find(value) is None:
            raise refuse("station_unknown")
        return value

    @field_validator("email", "phone")
    @classmethod
    def _given_when_asked_to_be_used(cls, value: str, info: ValidationInfo) -> str:
        asked = {"email": "contact_email", "phone": "contact_sms"}
        if not value and info.data.get(asked[str(info.field_name)]):
            raise refuse("required")
        return value


FORM = FormSpec(
    name="pre-plainte",
    prefix="PRE",
    model=PrePlainte,
    sections=(
        Section("declarant", ("declarant", "represented", "organisation", "organisation_number")),
        Section(
            "identity",
            ("birth_name", "usage_name", "first_names", "birth_date", "birth_place", "nationality"),
        ),
        Section(
            "contact",
            ("email", "phone", "address", "postcode", "commune", "contact_email", "contact_sms"),
        ),
        Section("offence", ("offence", "violence", "facts")),
        Section("objects", ("objects",)),
        Section("place", ("place_kind", "place", "place_end", "place_postcode", "place_commune")),
        Section("when", moments.FIELDS),
        Section("author", ("author_known", "author", "witnesses", "cctv")),
        Section("appointment", ("station", "station_text", "availability")),
        Section("truth", ("truth",)),
    ),
    is_sensitive=False,
    retention=timedelta(days=60),
    retention_setting="pre_plainte_days",
    rounding=timedelta(hours=1),
    max_files=5,
    has_document=True,
)
