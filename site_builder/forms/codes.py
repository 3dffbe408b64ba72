"""Which errors a field can have, read from its rules."""

from __future__ import annotations

from annotated_types import MaxLen, MinLen
from pydantic.fields import FieldInfo

from chalicelib.forms.widgets import literal_values, widget_of


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
            codes.add("too_many" if widget.kind in ("lines", "checkboxes", "group") else "too_long")
    if literal_values(field):
        codes.add("choice")
    return codes
