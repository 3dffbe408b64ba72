"""Which errors a field can have and which answers it proposes, read from its rules."""

from __future__ import annotations

from typing import Any, Literal, get_args, get_origin

from annotated_types import MaxLen, MinLen
from pydantic.fields import FieldInfo

from chalicelib.forms.widgets import widget_of


def error_codes(field: FieldInfo) -> set[str]:
    """Every code that a sentence must exist for."""
    widget = widget_of(field)
    codes = set(widget.codes)
    if field.is_required():
        codes.add("required")
    for rule in field.metadata:
        if isinstance(rule, MinLen) and rule.min_length > 1:
            codes.add("too_short")
        if isinstance(rule, MaxLen):
            codes.add("too_many" if widget.kind in ("lines", "checkboxes") else "too_long")
    if literal_values(field):
        codes.add("choice")
    return codes


def literal_values(field: FieldInfo) -> list[str]:
    """The answers that the rules allow, in their order; empty for free text."""
    return _literals(field.annotation)


def _literals(annotation: Any) -> list[str]:
    if get_origin(annotation) is Literal:
        return list(get_args(annotation))
    return [value for part in get_args(annotation) for value in _literals(part)]
