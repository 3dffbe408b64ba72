"""What was taken or damaged. Never a card number, never the number of a paper."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator

from chalicelib.forms.checksums import passes_luhn
from chalicelib.forms.clues import without_card_number
from chalicelib.forms.parsing import refuse
from chalicelib.forms.spec import FormModel
from chalicelib.forms.types import Amount, CardlessLine, Line
from chalicelib.forms.widgets import Widget

Category = Literal["document", "paiement", "telephone", "multimedia", "vehicule", "cycle", "autre"]
_IMEI = Widget("text", inputmode="numeric", width_ch=20, codes=("imei_invalid",))
_QUANTITY = Widget("text", inputmode="numeric", width_ch=6, codes=("quantity_invalid",))
_SERIAL = Widget("text", codes=("card_number",))
MAX_QUANTITY = 9_999


class StolenObject(FormModel):
    """One thing, or several alike."""

    category: Annotated[Category, Widget("select")]
    damage: Annotated[Literal["vole", "abime"], Widget("select")]
    label: Annotated[CardlessLine, Field(min_length=1, max_length=80)]
    brand: Annotated[CardlessLine, Field(max_length=50)] = ""
    details: Annotated[CardlessLine, Field(max_length=255)] = ""
    serial: Annotated[Line, Field(max_length=50), _SERIAL] = ""
    imei: Annotated[Line, Field(max_length=25), _IMEI] = ""
    plate: Annotated[Line, Field(max_length=20)] = ""
    amount: Amount = ""
    quantity: Annotated[Line, Field(max_length=6), _QUANTITY] = ""

    @field_validator("serial")
    @classmethod
    def _is_no_card(cls, value: str, info: ValidationInfo) -> str:
        """Other things may have numbers that look like those of cards."""
        return without_card_number(value) if info.data.get("category") == "paiement" else value

    @field_validator("imei")
    @classmethod
    def _is_imei(cls, value: str) -> str:
        """15 digits, the last one checks the others (3GPP TS 23.003, annex B)."""
        digits = value.replace(" ", "").replace("-", "")
        known = digits.isascii() and digits.isdigit() and len(digits) == 15
        if digits and not (known and passes_luhn(digits)):
            raise refuse("imei_invalid")
        return digits

    @field_validator("plate")
    @classmethod
    def _in_capitals(cls, value: str) -> str:
        return value.upper()

    @field_validator("quantity")
    @classmethod
    def _is_count(cls, value: str) -> str:
        if not value:
            return ""
        if not (value.isascii() and value.isdigit() and 1 <= int(value) <= MAX_QUANTITY):
            raise refuse("quantity_invalid")
        return str(int(value))
