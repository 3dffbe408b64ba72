"""The pages of `/suivi/` as HTML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chalicelib.forms.answers import Fields
from chalicelib.forms.render import draw
from chalicelib.forms.view import FieldViews, Typed
from chalicelib.forms.words import CommonWords, SuiviWords
from chalicelib.suivi.model import Suivi


@dataclass(frozen=True)
class SuiviPages:
    """Draws the inner HTML of `<main>`."""

    words: SuiviWords
    common: CommonWords

    def form(self, fields: Fields, errors: Mapping[str, str]) -> str:
        """The page that asks for the code."""
        views = FieldViews(Suivi, self.words.fields, self.common)
        typed = Typed(fields, errors)
        return draw(
            "suivi.html",
            head=self.words.form.model_dump(),
            field=views.field("code", typed),
            summary=views.summary(["code"], typed),
            labels=self.common.labels,
            button=self.words.button,
        )

    def record(self, reference: str, status: str, dates: Mapping[str, str]) -> str:
        """What the holder of the code sees."""
        return draw(
            "record.html",
            head=self.words.record.model_dump(),
            reference=reference,
            status={"key": status, **self.words.statuses[status].model_dump()},
            received=dates["received"],
            expires=dates["expires"],
            labels=self.common.labels,
            words=self.words.labels,
            again=self.words.again,
        )
