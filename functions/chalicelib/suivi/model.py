"""What `/suivi/` asks: the code, as it was noted."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from chalicelib.forms.parsing import refuse
from chalicelib.forms.spec import FormModel
from chalicelib.forms.types import Email, Line, Paragraph
from chalicelib.forms.widgets import Widget
from chalicelib.intake import crockford
from chalicelib.intake.derive import CODE_LENGTH
from chalicelib.intake.ports import Status
from chalicelib.intake.proofs import DIGITS

STATUSES = tuple(Status)  # each has its words, the one of a forged row too
# Each visit opens them all: five thousand would take half a second and 44 MB.
MAX_MESSAGES = 200


def to_code(value: str) -> str:
    """Without separators, look-alikes read as what they look like."""
    code = crockford.normalised(value)
    if not crockford.is_valid(code, CODE_LENGTH):
        raise refuse("code_invalid")
    return code


class Suivi(FormModel):
    """The one field of `/suivi/`."""

    code: Annotated[
        Line,
        Field(max_length=100),
        AfterValidator(to_code),
        Widget("text", width_ch=30, codes=("code_invalid", "code_unknown")),
    ]


class SuiviFile(FormModel):
    """A file that the holder of a code adds; `chalicelib.files` looks into it."""

    file: Annotated[
        str,
        Widget(
            "file",
            codes=(
                "file_empty",
                "file_too_large",
                "file_kind",
                "file_unreadable",
                "too_many",
            ),
        ),
    ]


def to_digits(value: str) -> str:
    """`123 456` → `123456`."""
    digits = value.replace(" ", "").replace("\u00a0", "").replace("\u202f", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) == DIGITS):
        raise refuse("digits_invalid")
    return digits


class SuiviEmail(FormModel):
    """An address to be proved."""

    email: Annotated[
        Email,
        Field(min_length=1),
        Widget("text", inputmode="email", codes=("email_invalid", "mail_failed", "mail_too_many")),
    ]


class SuiviDigits(SuiviEmail):
    """What that address received."""

    digits: Annotated[
        Line,
        Field(min_length=1, max_length=20),
        AfterValidator(to_digits),
        Widget(
            "text",
            "one-time-code",
            "numeric",
            width_ch=10,
            codes=("digits_invalid", "digits_wrong"),
        ),
    ]


class SuiviMessage(FormModel):
    """What the holder of a code adds."""

    message: Annotated[
        Paragraph,
        Field(min_length=1, max_length=5_000),
        Widget("textarea", rows=6, codes=("too_many",)),
    ]
