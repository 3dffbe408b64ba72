"""Answers in French, as they are read before sending, on paper and by agents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic.fields import FieldInfo

from chalicelib.forms import groups
from chalicelib.forms.answers import Answers
from chalicelib.forms.french import euros, french_date
from chalicelib.forms.spec import FormModel
from chalicelib.forms.stations import NO_STATIONS, Stations
from chalicelib.forms.widgets import widget_of
from chalicelib.forms.words import CommonWords, FieldWords

View = dict[str, Any]


class AnswerViews:
    """Makes the view of each answer to one form."""

    def __init__(
        self,
        model: type[FormModel],
        words: Mapping[str, FieldWords],
        common: CommonWords,
        stations: Stations = NO_STATIONS,
    ) -> None:
        self._fields = model.model_fields  # read once: pydantic makes it slow to ask for
        self._groups = groups.groups_of(model)
        self._words = words
        self._common = common
        self._stations = stations

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
            f"{self.find(full)[1].recap}\u00a0: {self._said(full, thing[key])}"
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
        info, words = self.find(name)
        if value is True:
            return self._common.labels["ticked"]
        if isinstance(value, list):
            return "\n".join(words.choices.get(item) or str(item) for item in value)
        codes = widget_of(info).codes
        if "station_unknown" in codes and (found := self._stations.find(value)):
            return found.label
        if "amount_invalid" in codes:
            return euros(value)
        if "date_invalid" in codes:
            return french_date(date.fromisoformat(value))
        return words.choices.get(value) or str(value)

    def knows(self, name: str) -> bool:
        """Whether a field has this name, be it inside a group."""
        top, _, inside = name.partition(".")
        if not inside:
            return top in self._fields
        return top in self._groups and inside.partition(".")[2] in self._groups[top].model_fields

    def find(self, name: str) -> tuple[FieldInfo, FieldWords]:
        """The rules and the words of a field, be it inside a group."""
        top, _, inside = name.partition(".")
        words = self._words[top]
        if not inside:
            return self._fields[top], words
        key = inside.partition(".")[2]
        return self._groups[top].model_fields[key], words.fields[key]
