"""Pydantic's findings turned into problems that an editor understands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

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
    "tuple_type": "« {field} » doit être une liste",
    "list_type": "« {field} » doit être une liste",
    "dict_type": "« {field} » doit être un groupe de clés",
    "model_type": "« {field} » doit être un groupe de clés",
    "literal_error": "« {field} » doit valoir {expected}",
    "enum": "« {field} » doit valoir {expected}",
    "date_type": "« {field} » doit être une date AAAA-MM-JJ",
    "date_parsing": "« {field} » doit être une date AAAA-MM-JJ",
    "date_from_datetime_parsing": "« {field} » doit être une date AAAA-MM-JJ",
    "date_from_datetime_inexact": "« {field} » doit être une date AAAA-MM-JJ",
    "greater_than_equal": "« {field} » doit valoir {ge} au moins",
    "less_than_equal": "« {field} » doit valoir {le} au plus",
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
    "tuple_type": "écrivez [un, deux], ou une ligne « - … » par élément",
    "list_type": "écrivez [un, deux], ou une ligne « - … » par élément",
    "too_short": "ajoutez-en",
    "string_too_long": "raccourcissez",
}
# Key → what its value looks like, when its pattern refuses it.
_SHAPES = {
    "url": "écrivez l’adresse entière, avec https://",
    "href": "écrivez le chemin d’une page du site, comme /guides/",
    "quick_exit_url": "écrivez l’adresse entière, avec https://",
}


def to_problems(
    error: ValidationError, shown: Path, line_of_keys: Callable[..., int]
) -> list[Problem]:
    """Every finding of `error`; `line_of_keys(*keys)` tells the line of a key path."""
    problems = []
    errors = error.errors(include_url=False, include_input=False)
    for found in errors:
        if found["type"] == "too_short" and _has_wrong_item(found["loc"], errors):
            continue  # pydantic counts the items that are right
        keys = [key for key in found["loc"] if isinstance(key, str | int)]
        context = {key: _french(value) for key, value in found.get("ctx", {}).items()}
        # People count from one.
        names = [str(key + 1) if isinstance(key, int) else key for key in keys]
        field = " › ".join(names) or "le fichier"
        kind = found["type"]
        if kind == "value_error":  # raised by our own validators, already in French
            reason = str(context.get("error", found["msg"]))
            message = f"« {field} » : {reason}" if keys else reason
        else:
            sentence = _SENTENCES.get(kind, "« {field} » n’est pas valable")
            message = sentence.format(field=field, **context)
        hint = _HINTS.get(kind, "")
        if kind == "string_pattern_mismatch":
            hint = _SHAPES.get(names[-1], "voyez comment un fichier voisin l’écrit")
        problems.append(Problem(shown, line_of_keys(*keys), message, hint))
    return problems


def _has_wrong_item(loc: tuple[int | str, ...], errors: Sequence[ErrorDetails]) -> bool:
    return any(len(e["loc"]) > len(loc) and e["loc"][: len(loc)] == loc for e in errors)


def _french(value: object) -> str:
    return str(value).replace(" or ", " ou ").replace("'", "")
