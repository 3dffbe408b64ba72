"""The types of fields that forms are made of: each accepts what people really type."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from chalicelib.forms import clues, parsing, texts
from chalicelib.forms.widgets import Widget

Line = Annotated[str, BeforeValidator(texts.line), Widget("text")]
CardlessLine = Annotated[
    Line, AfterValidator(clues.without_card_number), Widget("text", codes=("card_number",))
]
Paragraph = Annotated[
    str,
    BeforeValidator(texts.paragraph),
    AfterValidator(clues.without_card_number),
    Widget("textarea", codes=("card_number",)),
]
_DAY = Widget("text", width_ch=18, codes=("date_invalid", "date_too_old", "date_future"))
_PAST = (
    AfterValidator(parsing.not_too_old),
    AfterValidator(parsing.not_future),
    BeforeValidator(parsing.to_date),
)
PastDay = Annotated[date, *_PAST, _DAY]
OptionalPastDay = Annotated[date | None, *_PAST, _DAY]
Hour = Annotated[
    str, BeforeValidator(parsing.to_hour), Widget("text", width_ch=8, codes=("hour_invalid",))
]
Email = Annotated[
    Line,
    Field(max_length=254),  # RFC 5321 §4.5.3.1.3, less the angle brackets
    AfterValidator(parsing.to_email),
    Widget("text", autocomplete="email", inputmode="email", codes=("email_invalid",)),
]
Phone = Annotated[
    Line,
    Field(max_length=30),
    AfterValidator(parsing.to_phone),
    Widget("text", autocomplete="tel", inputmode="tel", width_ch=20, codes=("phone_invalid",)),
]
Postcode = Annotated[
    Line,
    Field(max_length=10),
    AfterValidator(parsing.to_postcode),
    Widget(
        "text",
        autocomplete="postal-code",
        inputmode="numeric",
        width_ch=8,
        codes=("postcode_invalid",),
    ),
]
Url = Annotated[str, Field(max_length=2048), AfterValidator(parsing.to_url)]
Ticked = Annotated[bool, BeforeValidator(parsing.to_bool), Widget("checkbox")]
MustBeTicked = Annotated[
    bool,
    AfterValidator(parsing.must_be_ticked),
    BeforeValidator(parsing.to_bool),
    Widget("checkbox", codes=("required",)),
]
Amount = Annotated[
    str,
    BeforeValidator(texts.line),
    AfterValidator(parsing.to_amount),
    Widget("text", inputmode="decimal", width_ch=14, codes=("amount_invalid",)),
]
UrlLines = Annotated[
    list[Url],
    BeforeValidator(parsing.to_lines),
    Widget("lines", inputmode="url", codes=("url_invalid", "too_long")),
]
EmailLines = Annotated[
    list[Annotated[str, Field(max_length=254), AfterValidator(parsing.to_email)]],
    BeforeValidator(parsing.to_lines),
    Widget("lines", inputmode="email", codes=("email_invalid", "too_long")),
]
PhoneLines = Annotated[
    list[Annotated[str, Field(max_length=30), AfterValidator(parsing.to_phone)]],
    BeforeValidator(parsing.to_lines),
    Widget("lines", inputmode="tel", codes=("phone_invalid", "too_long")),
]
IbanLines = Annotated[
    list[Annotated[str, Field(max_length=50), AfterValidator(clues.to_iban)]],
    BeforeValidator(parsing.to_lines),
    Widget("lines", codes=("iban_invalid", "too_long")),
]
WalletLines = Annotated[
    list[Annotated[str, Field(max_length=120), AfterValidator(clues.to_wallet)]],
    BeforeValidator(parsing.to_lines),
    Widget("lines", codes=("wallet_invalid", "too_long")),
]
NameLines = Annotated[
    list[Annotated[str, Field(max_length=100)]],
    BeforeValidator(parsing.to_lines),
    Widget("lines", codes=("too_long",)),
]
