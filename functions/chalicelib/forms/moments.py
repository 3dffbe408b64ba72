"""When something happened: one day, a period, still going on, or not known."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import ValidationInfo, field_validator

from chalicelib.forms.parsing import refuse
from chalicelib.forms.spec import FormModel
from chalicelib.forms.types import Hour, OptionalPastDay
from chalicelib.forms.widgets import Widget

FIELDS = ("when", "when_start", "when_start_hour", "when_end", "when_end_hour")
_DAY = Widget(
    "text",
    width_ch=18,
    codes=("date_invalid", "date_too_old", "date_future", "required", "end_before_start"),
)


class Moment(FormModel):
    """The five fields that say when; hours are optional everywhere."""

    when: Annotated[Literal["day", "period", "ongoing", "unknown"], Widget("radio")]
    when_start: Annotated[OptionalPastDay, _DAY] = None
    when_start_hour: Hour = ""
    when_end: Annotated[OptionalPastDay, _DAY] = None
    when_end_hour: Hour = ""

    @field_validator("when_start")
    @classmethod
    def _start_is_said(cls, value: date | None, info: ValidationInfo) -> date | None:
        if value is None and info.data.get("when") in ("day", "period"):
            raise refuse("required")
        return value

    @field_validator("when_end")
    @classmethod
    def _end_follows_start(cls, value: date | None, info: ValidationInfo) -> date | None:
        if info.data.get("when") == "period" and value is None:
            raise refuse("required")
        start = info.data.get("when_start")
        if value and start and value < start:
            raise refuse("end_before_start")
        return value
