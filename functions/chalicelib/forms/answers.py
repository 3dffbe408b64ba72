"""Posted fields → valid answers or error codes; valid answers → fields to post again.

    fields   {"birth_date": ["14/07/1990"], …}       as a browser posts them
    answers  {"birth_date": "1990-07-14", …}         JSON values, empty ones left out
    canonical(answers)                               bytes: the same answers, the same bytes

`read(flat(answers))` gives `answers` again: the hidden fields of a check page say
exactly what the person read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from chalicelib.errors import InvalidSubmissionError
from chalicelib.forms import groups
from chalicelib.forms.groups import Fields
from chalicelib.forms.spec import FormModel
from chalicelib.forms.stations import NO_STATIONS, Stations
from chalicelib.forms.widgets import widget_of

Answers = dict[str, Any]

_CODES = {
    "missing": "required",
    "string_too_long": "too_long",
    "string_too_short": "too_short",
    "literal_error": "choice",
    "bool_parsing": "choice",
    "bool_type": "choice",
}


def read(
    model: type[FormModel], fields: Fields, today: date, stations: Stations = NO_STATIONS
) -> Answers:
    """The answers in `fields`; fields that the model does not know are ignored.

    Things of a group must be numbered from 0 (`groups.renumbered`).

    Raises:
        InvalidSubmissionError: with one code for each wrong field.
    """
    return validate(model, _nested(model, fields), today, stations)


def validate(
    model: type[FormModel],
    data: Mapping[str, Any],
    today: date,
    stations: Stations = NO_STATIONS,
) -> Answers:
    """The answers in JSON `data`, checked and normalised.

    Raises:
        InvalidSubmissionError: with one code for each wrong field.
    """
    try:
        valid = model.model_validate(data, context={"today": today, "stations": stations})
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        raise InvalidSubmissionError(_codes(model, found)) from None  # `from error` would be logged
    return _without_empty(valid.model_dump(mode="json"))


def canonical(answers: Answers) -> bytes:
    """The bytes that are digested, and sealed."""
    text = json.dumps(answers, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def flat(model: type[FormModel], answers: Answers) -> dict[str, list[str]]:
    """The answers as a browser would post them."""
    fields: dict[str, list[str]] = {}
    known = groups.groups_of(model)
    for name, value in answers.items():
        if name not in known:
            fields[name] = _posted(model, name, value)
            continue
        for number, thing in enumerate(value):
            inner = flat(known[name], thing)
            fields |= {f"{name}.{number}.{key}": values for key, values in inner.items()}
    return fields


def _posted(model: type[FormModel], name: str, value: Any) -> list[str]:
    if isinstance(value, bool):
        return ["yes"]
    if isinstance(value, list):
        is_text = widget_of(model.model_fields[name]).kind == "lines"
        return ["\n".join(value)] if is_text else list(value)
    return [str(value)]


def _nested(model: type[FormModel], fields: Fields, prefix: str = "") -> Answers:
    data: Answers = {}
    known = groups.groups_of(model)
    for name, info in model.model_fields.items():
        if name in known:
            inner = known[name]
            numbers = groups.indexes(fields, name)
            data[name] = [_nested(inner, fields, f"{name}.{number}.") for number in numbers]
            continue
        values = [value for value in fields.get(prefix + name, ()) if value.strip()]
        if values:
            is_many = widget_of(info).kind == "checkboxes"
            data[name] = values if is_many else values[-1]
    return data


def _codes(model: type[FormModel], found: Sequence[ErrorDetails]) -> dict[str, str]:
    """The first code of each field; unknown keys of a JSON body are fields too."""
    codes: dict[str, str] = {}
    for error in found:
        where = error["loc"]
        name = str(where[0]) if where else ""  # a key that is no text has no place
        if len(where) > 2 and name in groups.groups_of(model):
            name = ".".join(map(str, where[:3]))
        code = _CODES.get(error["type"], error["type"])
        if code == "too_short" and error["ctx"]["min_length"] == 1:
            code = "required"
        if code == "too_long" and len(where) == 1 and _is_list(model, name):
            code = "too_many"
        codes.setdefault(name, code)
    return codes


def _is_list(model: type[FormModel], name: str) -> bool:
    return widget_of(model.model_fields[name]).kind in ("lines", "checkboxes", "group")


def _without_empty(answers: Answers) -> Answers:
    """Without what was left empty, at any depth."""
    kept = {}
    for name, value in answers.items():
        if isinstance(value, list):
            value = [_without_empty(v) if isinstance(v, dict) else v for v in value]
        if value is not None and value is not False and value not in ("", []):
            kept[name] = value
    return kept
