"""From a form, its words and what was typed to what the templates draw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from pydantic.fields import FieldInfo

from chalicelib.forms import groups
from chalicelib.forms.answer_views import AnswerViews, View
from chalicelib.forms.groups import Fields
from chalicelib.forms.spec import HONEYPOT
from chalicelib.forms.widgets import Widget, literal_values, widget_of
from chalicelib.forms.words import FieldWords, sentence

POSTCODES = ("place_postcode", "postcode")  # what tells where to look for a station


@dataclass(frozen=True)
class Typed:
    """What the person typed, and the error code of each wrong field."""

    fields: Fields = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


class FieldViews(AnswerViews):
    """Makes the view of each field of one form, and of each answer."""

    def field(self, name: str, typed: Typed, autocomplete: bool = False) -> View:
        """One question with what was typed and its error; `name` may be inside a group."""
        info, words = self.find(name)
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
            "choices": self._choices(info, name, words, typed),
            "error": self.error(name, typed),
            "autocomplete": widget.autocomplete if autocomplete else "off",
            "inputmode": widget.inputmode,
            "rows": widget.rows,
            "width": widget.width_ch,
        }

    def _choices(self, info: FieldInfo, name: str, words: FieldWords, typed: Typed) -> list[View]:
        values = typed.fields.get(name, ())
        if widget_of(info).kind != "station":
            offered = [(key, words.choices[key]) for key in literal_values(info)]
        else:
            found = self._stations.offered(values, _postcodes(typed))
            offered = [(one.id, one.label) for one in found]
        return [
            {"value": key, "label": label, "id": f"{_id(name)}-{number}", "checked": key in values}
            for number, (key, label) in enumerate(offered)
        ]

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
        return sentence(code, self.find(name)[1], self._common)

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


def _postcodes(typed: Typed) -> list[str]:
    """Of the place first, then of the person."""
    return [value for name in POSTCODES for value in typed.fields.get(name, ())]
