"""Failures of the JSON API (RFC 9457): the same codes and sentences as the pages."""

from __future__ import annotations

from typing import Any

from chalicelib.errors import IntakeError, InvalidSubmissionError, TokenError, TooManyRequestsError
from chalicelib.forms.view import FieldViews, Typed
from chalicelib.forms.words import CommonWords, fill
from chalicelib.http.exchange import Outgoing

MEDIA_TYPE = "application/problem+json"


def problem(common: CommonWords, error: IntakeError, error_id: str = "") -> Outgoing:
    """`error` as a problem; nothing that was sent is repeated."""
    headers: dict[str, str] = {"Content-Type": MEDIA_TYPE}
    body: dict[str, Any] = {"type": "about:blank", "status": error.status, "code": error.code}
    values: dict[str, str] = {}
    if isinstance(error, TooManyRequestsError):
        headers["Retry-After"] = values["seconds"] = str(error.retry_after_s)
    if isinstance(error, TokenError):
        body |= {"title": common.tokens[error.code], "reference": error.reference}
    elif isinstance(error, InvalidSubmissionError):
        count = len(error.fields)
        summary = common.summary_one if count == 1 else common.summary_many
        body["title"] = fill(summary, {"count": str(count)})
    else:
        words = common.pages[error.code]
        body |= {"title": words.title, "detail": fill(words.text, values)}
    if error_id:
        body["error_id"] = error_id
    return Outgoing(error.status, headers=headers, json=body)


def invalid(common: CommonWords, views: FieldViews, error: InvalidSubmissionError) -> Outgoing:
    """Each wrong field with its code and, if it is one of ours, its sentence."""
    typed = Typed({}, error.fields)
    outgoing = problem(common, error)
    if outgoing.json is not None:
        outgoing.json["errors"] = [
            {
                "field": name,
                "code": code,
                "detail": views.error(name, typed) if views.knows(name) else "",
            }
            for name, code in error.fields.items()
        ]
    return outgoing
