"""What was answered, in the words of the form when they are at hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from chalicelib.arnaque.model import FORM as ARNAQUE
from chalicelib.forms.spec import FormSpec
from chalicelib.forms.stations import NO_STATIONS
from chalicelib.forms.view import FieldViews
from chalicelib.http.assets import Assets
from chalicelib.intake.ports import Author
from chalicelib.pre_plainte.model import FORM as PRE_PLAINTE
from chalicelib.signalement.model import FORM as SIGNALEMENT

AUTHORS = {Author.PERSON: "La personne", Author.AGENT: "Un agent"}  # else the site itself
STATUSES = {
    "received": "reçu",
    "read": "lu",
    "in_progress": "en cours",
    "answered": "répondu",
    "closed": "terminé",
    "withdrawn": "retiré",
    "unknown": "illisible",
}
FORMS: dict[str, FormSpec] = {form.name: form for form in (PRE_PLAINTE, SIGNALEMENT, ARNAQUE)}


def who(author: Author) -> str:
    """Who said something, in French."""
    return AUTHORS.get(author, "Le site")


def form_of(kind: str) -> FormSpec:
    """The form of a record; of a name that nobody knows, the one that tells least."""
    return FORMS.get(kind, SIGNALEMENT)


def labelled(kind: str, answers: dict[str, Any], assets: Path) -> Iterator[tuple[str, str]]:
    """(question, answer) in the order of the form; unknown questions come last, as stored."""
    form = FORMS.get(kind)
    rest = dict(answers)
    if form is not None and (assets / "words" / f"{kind}.json").is_file():
        found = Assets(assets)
        stations = found.stations if (assets / "stations.json").is_file() else NO_STATIONS
        views = FieldViews(form.model, found.form(kind).fields, found.common, stations)
        for name, _ in form.fields():
            if name in rest:
                try:
                    rows = views.rows(name, answers)
                except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError):
                    continue  # not what the form lets in: shown as stored, with the unknown ones
                yield from ((row["label"], row["value"]) for row in rows)
                del rest[name]
    for name, value in rest.items():
        yield name, str(value)
