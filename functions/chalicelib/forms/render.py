"""The pages of a form as HTML: the same for the static page and for its redrawing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import minijinja

from chalicelib.forms import groups
from chalicelib.forms.answer_views import View
from chalicelib.forms.answers import Answers, flat
from chalicelib.forms.document import Document, sections_of
from chalicelib.forms.french import days
from chalicelib.forms.groups import Fields
from chalicelib.forms.qr import qr_svg
from chalicelib.forms.spec import HONEYPOT, FormSpec
from chalicelib.forms.stations import NO_STATIONS, Stations
from chalicelib.forms.view import FieldViews, Typed
from chalicelib.forms.words import CommonWords, FormWords, fill

_BLANK_THINGS = 3
_TEMPLATES = Path(__file__).parents[1] / "templates"


@cache
def _environment() -> Any:
    templates = {file.name: file.read_text(encoding="utf-8") for file in _TEMPLATES.glob("*.html")}
    return minijinja.Environment(templates=templates, trim_blocks=True, lstrip_blocks=True)


def draw(template: str, **context: Any) -> str:
    """One template of chalicelib/templates/ as HTML; every value is escaped."""
    html = str(_environment().render_template(template, **context))
    # minijinja escapes `/` too, which HTML never asks for.
    return html.replace("&#x2f;", "/")


class FormPages:
    """Draws the pages of one form, always the inner HTML of `<main>`."""

    def __init__(
        self,
        spec: FormSpec,
        words: FormWords,
        common: CommonWords,
        mode: str,
        stations: Stations = NO_STATIONS,
    ) -> None:
        self.spec = spec
        self.words = words
        self.common = common
        self._mode = mode
        self._views = FieldViews(spec.model, words.fields, common, stations)

    def form(self, typed: Typed, retention: timedelta) -> str:
        """The form, empty or with what was typed and what is wrong."""
        autocomplete = not self.spec.is_sensitive
        if self._mode == "preparation":  # no button can add a thing: some are there
            typed = Typed(groups.with_blanks(self.spec.model, _BLANK_THINGS))
        sections = [
            {
                "key": section.key,
                "words": self.words.sections[section.key].model_dump(),
                "fields": [self._views.field(name, typed, autocomplete) for name in section.fields],
            }
            for section in self.spec.sections
        ]
        return draw(
            "form.html",
            **self._shared(),
            sections=sections,
            summary=self._views.summary([*dict(self.spec.fields()), HONEYPOT], typed),
            head=self._head("form", {"days": days(retention)}),
            preparation=self._preparation(),
            trap={
                "name": HONEYPOT,
                "value": "".join(typed.fields.get(HONEYPOT, ())),
                "error": self._views.error(HONEYPOT, typed),
            },
        )

    def check(self, answers: Answers, token: str, code: str, notes: list[str]) -> str:
        """The answers to read again, carried by hidden fields; nothing is stored."""
        return draw(
            "check.html",
            **self._shared(),
            head=self._head("check", {}),
            recap=self.recap(answers),
            recap_level=2,
            hidden=_hidden(flat(self.spec.model, answers)),
            token=token,
            code=code,
            code_words=self.words.code.model_dump(),
            notes=notes,
        )

    def acknowledgement(
        self, answers: Answers, values: Mapping[str, str], token: str = "", proves: bool = False
    ) -> str:
        """What the person keeps; `values` are reference, code, received, expires.

        With the `token` of the check page, a button makes a PDF of the same answers; where
        this site sends e-mails, another `proves` the address.
        """
        return draw(
            "acknowledgement.html",
            **self._shared(),
            head=self._head("acknowledgement", values),
            recap=self.recap(answers),
            recap_level=3,
            next=[
                {"title": step.title, "text": fill(step.text, values)} for step in self.words.next
            ],
            reference=values["reference"],
            qr=qr_svg(values["reference"]) if self.spec.has_document else "",
            email=answers.get("email", "") if self.spec.asks_email else "",
            proves=proves,
            token=token,
            hidden=_hidden(flat(self.spec.model, answers)) if token else [],
            code=values["code"],
            code_words=self.words.code.model_dump(),
        )

    def document(self, answers: Answers, values: Mapping[str, str]) -> Document:
        """The acknowledgement without the code: it may be handed over."""
        words = self.words.document or self.words.acknowledgement
        labels = self.common.labels
        demo = [labels["demo"]] if self._mode == "demo" else []
        email = answers.get("email") if self.spec.asks_email else None
        unproved = [f"{labels['email_unproved']} {email}"] if email else []
        return Document(
            title=words.title,
            lang="fr",
            reference=values["reference"],
            date_line=fill(words.lead, values),
            sections=sections_of(self.recap(answers)),
            notes=(*demo, *unproved, *(fill(note, values) for note in words.notes)),
            qr_alt=labels["qr"],
        )

    def short(self, page: str, values: Mapping[str, str]) -> str:
        """A page that has only a head and the reference: `late`, `withdrawn`."""
        return draw(
            "short.html",
            **self._shared(),
            head=self._head(page, values),
            reference=values["reference"],
        )

    def closed(self) -> str:
        """What to do when nothing can be received here."""
        return draw("closed.html", page=self.words.closed.model_dump())

    def recap(self, answers: Answers) -> list[View]:
        """The answered questions by section."""
        sections = [
            {
                "title": self.words.sections[section.key].title,
                "rows": [row for name in section.fields for row in self._views.rows(name, answers)],
            }
            for section in self.spec.sections
        ]
        return [section for section in sections if section["rows"]]

    def _shared(self) -> View:
        return {
            "name": self.spec.name,
            "action": self.spec.action,
            "page": self.spec.page,
            "sensitive": self.spec.is_sensitive,
            "labels": self.common.labels,
            "buttons": self._buttons(),
            "demo": self._mode == "demo",
        }

    def _buttons(self) -> View:
        buttons = self.words.buttons.model_dump()
        if self._mode == "demo":
            buttons["confirmer"] = buttons["confirmer_demo"]
        return buttons

    def _head(self, page: str, values: Mapping[str, str]) -> View:
        words = getattr(self.words, page)
        return {
            "title": words.title,
            "lead": fill(words.lead, values),
            "notes": [fill(note, values) for note in words.notes],
        }

    def _preparation(self) -> View | None:
        return self.words.preparation.model_dump() if self._mode == "preparation" else None


def _hidden(fields: Fields) -> list[View]:
    return [{"name": name, "value": value} for name, values in fields.items() for value in values]
