"""From a form, its words and what was typed to what the templates draw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic.fields import FieldInfo

from chalicelib.forms.answers import Answers, Fields
from chalicelib.forms.french import french_date
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
        self._model = model
        self._words = words
        self._common = common

    def field(self, name: str, typed: Typed, autocomplete: bool = False) -> View:
        """One question with what was typed and its error."""
        info, words = self._model.model_fields[name], self._words[name]
        widget = widget_of(info)
        values = list(typed.fields.get(name, ()))
        return {
            "name": name,
            "id": name.replace(".", "-"),
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

    def error(self, name: str, typed: Typed) -> str:
        """The sentence of the error of a field, or nothing."""
        code = typed.errors.get(name)
        if name == HONEYPOT:
            return self._common.errors["trap"] if code else ""
        return sentence(code, self._words[name], self._common) if code else ""

    def summary(self, names: Iterable[str], typed: Typed) -> View | None:
        """What is wrong among `names`, in their order, each line leading to its field."""
        items = [
            {"href": f"#{name.replace('.', '-')}", "text": self.error(name, typed)}
            for name in names
            if name in typed.errors
        ]
        if not items:
            return None
        title = self._common.summary_one if len(items) == 1 else self._common.summary_many
        return {"title": title.replace("{count}", str(len(items))), "items": items}

    def recap(self, name: str, answers: Answers) -> View:
        """A question and its answer, as read before sending and by agents."""
        words = self._words[name]
        return {"label": words.recap, "value": self.said(name, answers.get(name))}

    def said(self, name: str, value: Any) -> str:
        """An answer in French."""
        if value is None:
            return self._common.labels["nothing"]
        if value is True:
            return self._common.labels["ticked"]
        if isinstance(value, list):
            choices = self._words[name].choices
            return "\n".join(choices.get(item) or str(item) for item in value)
        if _is_day(self._model.model_fields[name]):
            return french_date(date.fromisoformat(value))
        return self._words[name].choices.get(value, str(value))


def _is_optional(info: FieldInfo, widget: Widget) -> bool:
    return not info.is_required() and widget.kind != "checkbox" and "required" not in widget.codes


def _is_day(info: FieldInfo) -> bool:
    return "date_invalid" in widget_of(info).codes


def _shown_value(info: FieldInfo, values: list[str]) -> str:
    """The text of a field; days that come from a check page are shown as they are typed."""
    value = values[-1] if values else ""
    if _is_day(info):
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
            "id": f"{name}-{number}",
            "checked": key in values,
        }
        for number, key in enumerate(literal_values(info))
    ]
