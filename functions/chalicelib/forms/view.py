"""From a form, its words and what was typed to what the templates draw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic.fields import FieldInfo

from chalicelib.forms import groups
from chalicelib.forms.answers import Answers
from chalicelib.forms.french import euros, french_date
from chalicelib.forms.groups import Fields
from chalicelib.forms.spec import HONEYPOT, FormModel
from chalicelib.forms.widgets import Widget, literal_values, widget_of
from chalicelib.forms.words import CommonWords, FieldWords, sentence

View = dict[str, Any]


@dataclass(frozen=True)
class Typed:
    """What the person typed, and the error code of each wrong field."""

    fields: Fields = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


class FieldViews:
    """Makes the view of each field of one form."""

    def __init__(
        self, model: type[FormModel], words: Mapping[str, FieldWords], common: CommonWords
    ) -> None:
        self._fields = model.model_fields  # read once: pydantic makes it slow to ask for
        self._groups = groups.groups_of(model)
        self._words = words
        self._common = common

    def field(self, name: str, typed: Typed, autocomplete: bool = False) -> View:
        """One question with what was typed and its error; `name` may be inside a group."""
        info, words = self._find(name)
        widget = widget_of(info)
        if widget.kind == "group":
            return self._group(name, words, typed)
        values = list(typed.fields.get(name, ()))
        return {
            "name": name,
            "id": _id(name),
            "label": words.label,
            "hint": words.hint,
            "optional": _is_optional(info, widget),
            "widget": widget.kind,
            "value": _shown_value(info, values),
            "choices": _choices(info, name, words, values),
            "error": self.error(name, typed),
            "autocomplete": widget.autocomplete if autocomplete else "off",
            "inputmode": widget.inputmode,
            "rows": widget.rows,
            "width": widget.width_ch,
        }

    def _group(self, name: str, words: FieldWords, typed: Typed) -> View:
        numbers = groups.indexes(typed.fields, name)
        inner = self._groups[name].model_fields
        return {
            "name": name,
            "id": _id(name),
            "label": words.label,
            "hint": words.hint,
            "widget": "group",
            "error": self.error(name, typed),
            "add": f"{groups.ADD}.{name}",
            "add_label": words.add,
            "remove_label": words.remove,
            "things": [
                {
                    "title": f"{words.recap} {number + 1}",
                    "remove": f"{groups.REMOVE}.{name}.{number}",
                    "fields": [self.field(f"{name}.{number}.{key}", typed) for key in inner],
                }
                for number in numbers
            ],
        }

    def error(self, name: str, typed: Typed) -> str:
        """The sentence of the error of a field, or nothing."""
        code = typed.errors.get(name)
        if not code:
            return ""
        if name == HONEYPOT:
            return self._common.errors["trap"]
        return sentence(code, self._find(name)[1], self._common)

    def summary(self, names: Iterable[str], typed: Typed) -> View | None:
        """What is wrong among `names`, in their order, each line leading to its field."""
        wrong = [each for name in names for each in self._wrong_under(name, typed)]
        items = [{"href": f"#{_id(name)}", "text": self.error(name, typed)} for name in wrong]
        if not items:
            return None
        title = self._common.summary_one if len(items) == 1 else self._common.summary_many
        return {"title": title.replace("{count}", str(len(items))), "items": items}

    def _wrong_under(self, name: str, typed: Typed) -> list[str]:
        """`name` and what is inside it, if wrong."""
        inside = [each for each in typed.errors if each.startswith(f"{name}.")]
        inside.sort(key=lambda each: int(each.split(".")[1]))
        return ([name] if name in typed.errors else []) + inside

    def rows(self, name: str, answers: Answers) -> list[View]:
        """A question and its answer, as read before sending and by agents."""
        if name not in answers:
            return []
        words = self._words[name]
        if name not in self._groups:
            return [{"label": words.recap, "value": self._said(name, answers[name])}]
        things = answers[name]
        return [
            {"label": f"{words.recap} {number + 1}", "value": self._thing(name, thing)}
            for number, thing in enumerate(things)
        ] + self._total(things)

    def _thing(self, group: str, thing: Answers) -> str:
        names = [(key, f"{group}.0.{key}") for key in thing]
        return "\n".join(
            f"{self._find(full)[1].recap}\u00a0: {self._said(full, thing[key])}"
            for key, full in names
        )

    def _total(self, things: Sequence[Answers]) -> list[View]:
        """The sum of the amounts, when there are several."""
        amounts = [
            Decimal(t["amount"]) * int(t.get("quantity", 1)) for t in things if "amount" in t
        ]
        if len(amounts) < 2:
            return []
        return [{"label": self._common.labels["total"], "value": euros(str(sum(amounts)))}]

    def _said(self, name: str, value: Any) -> str:
        """An answer in French."""
        info, words = self._find(name)
        if value is True:
            return self._common.labels["ticked"]
        if isinstance(value, list):
            return "\n".join(words.choices.get(item) or str(item) for item in value)
        codes = widget_of(info).codes
        if "amount_invalid" in codes:
            return euros(value)
        if "date_invalid" in codes:
            return french_date(date.fromisoformat(value))
        return words.choices.get(value) or str(value)

    def _find(self, name: str) -> tuple[FieldInfo, FieldWords]:
        """The rules and the words of a field, be it inside a group."""
        top, _, inside = name.partition(".")
        words = self._words[top]
        if not inside:
            return self._fields[top], words
        key = inside.partition(".")[2]
        return self._groups[top].model_fields[key], words.fields[key]


def _id(name: str) -> str:
    return name.replace(".", "-")


def _is_optional(info: FieldInfo, widget: Widget) -> bool:
    return not info.is_required() and widget.kind != "checkbox" and "required" not in widget.codes


def _shown_value(info: FieldInfo, values: list[str]) -> str:
    """The text of a field; days that come from a check page are shown as they are typed."""
    value = values[-1] if values else ""
    if "date_invalid" in widget_of(info).codes:
        try:
            return date.fromisoformat(value).strftime("%d/%m/%Y")
        except ValueError:
            return value
    return value


def _choices(info: FieldInfo, name: str, words: FieldWords, values: list[str]) -> list[View]:
    return [
        {
            "value": key,
            "label": words.choices[key],
            "id": f"{_id(name)}-{number}",
            "checked": key in values,
        }
        for number, key in enumerate(literal_values(info))
    ]
