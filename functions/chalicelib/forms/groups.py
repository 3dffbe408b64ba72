"""Things of which a person may give several: `objects.0.label`, `objects.1.label`…

Each is a small model of its own. They are added and removed by submit buttons, which
carry where: `ajouter.objects`, `retirer.objects.1`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, get_args

from annotated_types import MaxLen

from chalicelib.errors import InvalidSubmissionError
from chalicelib.forms.spec import FormModel
from chalicelib.forms.widgets import widget_of

Fields = Mapping[str, Sequence[str]]
ADD, REMOVE = "ajouter", "retirer"


@cache
def groups_of(model: type[FormModel]) -> dict[str, type[FormModel]]:
    """The groups of a form: field name → model of each thing (`list[StolenObject]`)."""
    return {
        name: get_args(info.annotation)[0]
        for name, info in model.model_fields.items()
        if widget_of(info).kind == "group"
    }


def indexes(fields: Fields, group: str) -> list[int]:
    """The numbers under which things of `group` were posted, in order."""
    pattern = re.compile(rf"{group}\.([0-9]{{1,4}})\.\w+")
    found = {int(match[1]) for name in fields if (match := pattern.fullmatch(name))}
    return sorted(found)


def most(model: type[FormModel], group: str) -> int:
    """How many things a group may hold."""
    rules = model.model_fields[group].metadata
    return next(rule.max_length for rule in rules if isinstance(rule, MaxLen))


def capped(model: type[FormModel], fields: Fields) -> Fields:
    """The same fields, with one thing too many at most in each group.

    No page of ours has more: a thousand of them would be drawn again for a second.
    """
    gone = {
        f"{group}.{index}."
        for group in groups_of(model)
        for index in indexes(fields, group)[most(model, group) + 1 :]
    }
    if not gone:
        return fields
    return {name: values for name, values in fields.items() if _start(name) not in gone}


def renumbered(model: type[FormModel], fields: Fields, keep_empty: bool = False) -> dict[str, Any]:
    """The same fields with things numbered 0, 1, 2…; those left wholly empty are dropped."""
    result = {name: values for name, values in fields.items() if not _is_inside(model, name)}
    for group in groups_of(model):
        kept = [
            index for index in indexes(fields, group) if keep_empty or _filled(fields, group, index)
        ]
        for number, index in enumerate(kept):
            for name, values in _inside(fields, group, index).items():
                result[f"{group}.{number}.{name}"] = values
    return result


def with_blanks(model: type[FormModel], count: int) -> dict[str, Sequence[str]]:
    """Fields of `count` empty things in each group: for a form that is filled on paper."""
    return {
        f"{group}.{number}.{next(iter(inner.model_fields))}": [""]
        for group, inner in groups_of(model).items()
        for number in range(count)
    }


def changed(model: type[FormModel], fields: Fields, action: str) -> dict[str, Any] | None:
    """The fields after `ajouter.…` or `retirer.…`; None for any other action.

    Raises:
        InvalidSubmissionError: the group is full.
    """
    verb, _, where = action.partition(".")
    group, _, index = where.partition(".")
    known = groups_of(model)
    if group not in known:
        return None
    numbered = renumbered(model, fields, keep_empty=True)
    present = indexes(numbered, group)
    if verb == ADD and not index:
        if len(present) >= most(model, group):
            raise InvalidSubmissionError({group: "too_many"})
        first = next(iter(known[group].model_fields))
        return {**numbered, f"{group}.{len(present)}.{first}": [""]}
    if verb == REMOVE and index.isascii() and index.isdigit() and int(index) in present:
        gone = f"{group}.{index}."
        left = {name: values for name, values in numbered.items() if not name.startswith(gone)}
        return renumbered(model, left, keep_empty=True)
    return None


def _start(name: str) -> str:
    """`objects.12.label` → `objects.12.`."""
    group, _, rest = name.partition(".")
    return f"{group}.{rest.partition('.')[0]}."


def _inside(fields: Fields, group: str, index: int) -> dict[str, Sequence[str]]:
    start = f"{group}.{index}."
    return {name[len(start) :]: v for name, v in fields.items() if name.startswith(start)}


def _is_inside(model: type[FormModel], name: str) -> bool:
    return name.partition(".")[0] in groups_of(model) and "." in name


def _filled(fields: Fields, group: str, index: int) -> bool:
    return any(
        value.strip() for values in _inside(fields, group, index).values() for value in values
    )
