"""The OpenAPI 3.1 document of the JSON API, made from the models that check the answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic.json_schema import models_json_schema

from chalicelib.forms.spec import FormSpec
from chalicelib.http import problems
from chalicelib.http.openapi_suivi import STEPS

_REF = "#/components/schemas/{model}"
_TEXT = {"type": "string"}
_CHECKED = {
    "type": "object",
    "required": ["token", "code", "answers"],
    "properties": {"token": _TEXT, "code": _TEXT, "answers": {"type": "object"}},
}
_CONFIRMED = {
    "type": "object",
    "required": ["reference", "code", "status", "received_at", "expires_at", "late"],
    "properties": {
        "reference": _TEXT,
        "code": _TEXT,
        "status": _TEXT,
        "received_at": {"type": "string", "format": "date-time"},
        "expires_at": {"type": "string", "format": "date-time"},
        "late": {"type": "boolean"},
    },
}
_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "code"],
    "properties": {
        "type": _TEXT,
        "title": _TEXT,
        "status": {"type": "integer"},
        "code": _TEXT,
        "detail": _TEXT,
        "reference": _TEXT,
        "error_id": _TEXT,
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "code", "detail"],
                "properties": {"field": _TEXT, "code": _TEXT, "detail": _TEXT},
            },
        },
    },
}
_FAILURES = {
    "400": "Body that cannot be read",
    "403": "Sent by another site",
    "405": "Other method",
    "413": "Body over the limit",
    "415": "Body that is not JSON",
    "422": "Answers that break a rule",
    "429": "Too many requests",
    "503": "Closed, or the store does not answer",
}


def document(forms: Iterable[FormSpec]) -> dict[str, Any]:
    """The whole document."""
    forms = list(forms)
    models = [(form.model, "validation") for form in forms]
    _, definitions = models_json_schema(models, ref_template=_REF)  # type: ignore[arg-type] # a literal
    paths: dict[str, Any] = {}
    for form in forms:
        answers = {"$ref": _REF.format(model=form.model.__name__)}
        name = form.model.__name__
        check = _operation(f"{name}_check", {"answers": answers}, _CHECKED)
        token = {"type": "string", "maxLength": 1_000}
        sent = {"answers": answers, "token": token}
        confirm = _operation(f"{name}_confirm", sent, _CONFIRMED)
        confirm["responses"]["409"] = _failure("The token is not of these answers, or too old")
        paths[f"{form.action}/check"] = {"post": check}
        paths[f"{form.action}/confirm"] = {"post": confirm}
    for step, (sent, given) in STEPS.items():
        paths[f"/api/suivi/{step}"] = {"post": _operation(f"Suivi_{step}", sent, given)}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Repères", "version": "1"},
        "paths": paths,
        "components": {"schemas": {**definitions["$defs"], "Problem": _PROBLEM}},
    }


def _operation(name: str, properties: dict[str, Any], answer: dict[str, Any]) -> dict[str, Any]:
    body = {
        "type": "object",
        "additionalProperties": False,
        "required": sorted(properties),
        "properties": properties,
    }
    return {
        "operationId": name,
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": {
            "200": {"description": "Done", "content": {"application/json": {"schema": answer}}},
            **{status: _failure(text) for status, text in _FAILURES.items()},
        },
    }


def _failure(text: str) -> dict[str, Any]:
    schema = {"$ref": _REF.format(model="Problem")}
    return {"description": text, "content": {problems.MEDIA_TYPE: {"schema": schema}}}
