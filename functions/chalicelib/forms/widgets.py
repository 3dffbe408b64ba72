"""How a field of a model is drawn; attached to the field with `Annotated`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

Kind = Literal[
    "text",
    "textarea",
    "radio",
    "select",
    "checkbox",
    "checkboxes",
    "lines",
    "group",
    "file",
    "station",
]


@dataclass(frozen=True)
class Widget:
    """Drawing of one field.

    Attributes:
        autocomplete: Token of the HTML standard; drawn only by forms that allow it.
        inputmode: Keyboard shown on a phone.
        rows: Height of a text area.
        width_ch: Expected length, which sizes the field; 0 is the whole line.
        codes: Error codes that the validators of the field may raise beyond those
            that follow from its constraints.
    """

    kind: Kind
    autocomplete: str = ""
    inputmode: str = ""
    rows: int = 4
    width_ch: int = 0
    codes: tuple[str, ...] = ()


@cache  # asked several times for each field of each request
def widget_of(field: FieldInfo) -> Widget:
    """The last widget of the field, so that a field may override that of its type.

    Raises:
        TypeError: the field has none.
    """
    found: list[Any] = [entry for entry in field.metadata if isinstance(entry, Widget)]
    if not found:
        raise TypeError("a field of a form needs a Widget")
    return found[-1]  # type: ignore[no-any-return] # checked by isinstance


def literal_values(field: FieldInfo) -> list[str]:
    """The answers that the rules allow, in the order of the page; empty for free text."""
    return _literals(field.annotation)


def _literals(annotation: Any) -> list[str]:
    if get_origin(annotation) is Literal:
        return list(get_args(annotation))
    return [value for part in get_args(annotation) for value in _literals(part)]
