"""content/formulaires/*.yaml: loaded, and checked against the models that hold the rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from chalicelib.forms.spec import FormSpec
from chalicelib.forms.widgets import literal_values, widget_of
from chalicelib.forms.words import CommonWords, FieldWords, FormWords, SuiviWords
from chalicelib.suivi.model import STATUSES, Suivi, SuiviDigits, SuiviFile, SuiviMessage
from site_builder.contacts import Contacts
from site_builder.forms.codes import error_codes
from site_builder.forms.registry import FORMS
from site_builder.problems import Problem
from site_builder.text.contact_links import contact_keys
from site_builder.text.wording import numbers_in
from site_builder.validation import to_problems
from site_builder.yaml_lines import Keys, line_of, load_yaml

FOLDER = Path("content/formulaires")
_EXAMPLE = "Par exemple"
SCHEMAS: dict[str, type[BaseModel]] = {
    "commun": CommonWords,
    "suivi": SuiviWords,
    **{form.name: FormWords for form in FORMS},
}


def load_words(content: Path) -> tuple[dict[str, Any], list[Problem]]:
    """The words by file name; a file that cannot be used is left out and told."""
    words: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, schema in SCHEMAS.items():
        path, shown = content / "formulaires" / f"{name}.yaml", FOLDER / f"{name}.yaml"
        if not path.is_file():
            problems.append(Problem(shown, 0, "ce fichier manque", "un formulaire en a besoin"))
            continue
        data, found = load_yaml(path, shown)
        if not found:
            found = _schema_problems(schema, data, path, shown)
        if not found:
            words[name] = data
            found = list(_typed_numbers(data, path, shown))
        problems += found
    return words, problems


def _typed_numbers(data: Any, path: Path, shown: Path) -> Iterator[Problem]:
    """A number lives in contacts.yaml; one that shows how to write one's own is no service."""
    for keys, text in _texts(data):
        for number in () if text.startswith(_EXAMPLE) else numbers_in(text):
            message = f"numéro écrit dans le texte « {number} »"
            hint = "mettez-le dans content/contacts.yaml et écrivez [[clé]]"
            yield Problem(shown, line_of(path, *keys), message, hint)


def _texts(value: Any, keys: Keys = ()) -> Iterator[tuple[Keys, str]]:
    """Every text, with the keys that lead to it."""
    if isinstance(value, str):
        yield keys, value
    elif isinstance(value, list | dict):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(item, (*keys, key))


def _schema_problems(schema: type[BaseModel], data: Any, path: Path, shown: Path) -> list[Problem]:
    try:
        schema.model_validate(data)
    except ValidationError as error:
        return to_problems(error, shown, lambda *keys: line_of(path, *keys))
    return []


def check_words(words: Mapping[str, Any], contacts: Contacts | None = None) -> list[Problem]:
    """What the rules ask and the words do not say, or the other way round."""
    if "commun" not in words:
        return []  # told by load_words; without it nothing else can be judged
    common = CommonWords.model_validate(words["commun"])
    problems = [problem for form in FORMS for problem in _check_form(form, words, common)]
    if "suivi" in words:
        suivi = SuiviWords.model_validate(words["suivi"])
        models = (Suivi, SuiviMessage, SuiviFile, SuiviDigits)
        fields = [each for model in models for each in model.model_fields.items()]
        problems += _check_fields("suivi", fields, suivi.fields, common)
        problems += _differences("suivi", "statuses", set(STATUSES), set(suivi.statuses))
    if contacts is not None:
        problems += _unknown_contacts(words, contacts)
    return problems


def _check_form(form: FormSpec, words: Mapping[str, Any], common: CommonWords) -> Iterator[Problem]:
    if form.name not in words:
        return
    said = FormWords.model_validate(words[form.name])
    sections = {section.key for section in form.sections}
    yield from _differences(form.name, "sections", sections, set(said.sections))
    yield from _check_fields(form.name, form.fields(), said.fields, common)


def _check_fields(
    name: str,
    fields: Iterable[tuple[str, FieldInfo]],
    said: Mapping[str, FieldWords],
    common: CommonWords,
) -> Iterator[Problem]:
    known = dict(fields)
    yield from _differences(name, "fields", set(known), set(said))
    for key, field in known.items():
        if key not in said:
            continue
        answers = set(literal_values(field))
        yield from _differences(name, f"fields › {key} › choices", answers, set(said[key].choices))
        codes = error_codes(field)
        own = set(said[key].errors)
        missing = codes - own - set(common.errors)
        yield from _differences(name, f"fields › {key} › errors", missing | (own & codes), own)
        if widget_of(field).kind == "group":
            inner = get_args(field.annotation)[0].model_fields.items()
            yield from _check_fields(name, inner, said[key].fields, common)


def _differences(name: str, where: str, wanted: set[str], said: set[str]) -> Iterator[Problem]:
    shown = FOLDER / f"{name}.yaml"
    for key in sorted(wanted - said):
        message = f"« {where} › {key} » manque : le formulaire s’en sert"
        yield Problem(shown, 0, message, "ajoutez cette clé")
    for key in sorted(said - wanted):
        message = f"« {where} › {key} » ne sert à rien"
        yield Problem(shown, 0, message, "vérifiez l’orthographe ou supprimez-la")


def _unknown_contacts(words: Mapping[str, Any], contacts: Contacts) -> Iterator[Problem]:
    for name, value in words.items():
        for key in sorted(set(_named_contacts(value)) - set(contacts)):
            message = f"le contact « {key} » n’est pas dans content/contacts.yaml"
            yield Problem(FOLDER / f"{name}.yaml", 0, message, "vérifiez l’orthographe")


def _named_contacts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from contact_keys(value)
    elif isinstance(value, list):
        for item in value:
            yield from _named_contacts(item)
    elif isinstance(value, dict):
        yield from value.get("contacts") or []
        for item in value.values():
            yield from _named_contacts(item)
