"""Pydantic's findings turned into problems that an editor understands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pydantic import ValidationError

from site_builder.problems import Problem

# pydantic error type → French sentence; `{…}` are values of its context.
_SENTENCES = {
    "missing": "« {field} » manque",
    "extra_forbidden": "« {field} » n’est pas une clé connue",
    "string_too_long": "« {field} » dépasse {max_length} caractères",
    "string_too_short": "« {field} » est trop court ou vide",
    "string_type": "« {field} » doit être un texte",
    "bool_type": "« {field} » doit valoir true ou false",
    "bool_parsing": "« {field} » doit valoir true ou false",
    "list_type": "« {field} » doit être une liste",
    "dict_type": "« {field} » doit être un groupe de clés",
    "model_type": "« {field} » doit être un groupe de clés",
    "literal_error": "« {field} » doit valoir {expected}",
    "enum": "« {field} » doit valoir {expected}",
    "date_type": "« {field} » doit être une date AAAA-MM-JJ",
    "date_parsing": "« {field} » doit être une date AAAA-MM-JJ",
    "date_from_datetime_parsing": "« {field} » doit être une date AAAA-MM-JJ",
    "int_parsing": "« {field} » doit être un nombre entier",
    "int_type": "« {field} » doit être un nombre entier",
    "string_pattern_mismatch": "« {field} » n’a pas la forme attendue",
    "too_short": "« {field} » est vide",
    "too_long": "« {field} » a trop d’éléments",
}
_HINTS = {
    "missing": "ajoutez cette clé",
    "extra_forbidden": "vérifiez l’orthographe ou supprimez-la",
    "string_type": "mettez la valeur entre guillemets",
}


def to_problems(
    error: ValidationError, shown: Path, line_of_keys: Callable[..., int]
) -> list[Problem]:
    """Every finding of `error`; `line_of_keys(*keys)` tells the line of a key path."""
    problems = []
    for found in error.errors(include_url=False, include_input=False):
        keys = [key for key in found["loc"] if isinstance(key, str | int)]
        context = {key: _french(value) for key, value in found.get("ctx", {}).items()}
        field = " › ".join(str(key) for key in keys) or "le fichier"
        kind = found["type"]
        if kind == "value_error":  # raised by our own validators, already in French
            message = f"« {field} » : {context.get('error', found['msg'])}"
        else:
            sentence = _SENTENCES.get(kind, "« {field} » n’est pas valable")
            message = sentence.format(field=field, **context)
        problems.append(Problem(shown, line_of_keys(*keys), message, _HINTS.get(kind, "")))
    return problems


def _french(value: object) -> str:
    return str(value).replace(" or ", " ou ").replace("'", "")
