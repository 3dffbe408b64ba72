"""The follow-up in the OpenAPI document."""

from __future__ import annotations

from typing import Any

_TEXT = {"type": "string"}
_TIME = {"type": "string", "format": "date-time"}
_CODE = {"type": "string", "maxLength": 100, "description": "Twenty characters, however typed"}
_ANSWER = {
    "type": "object",
    "required": ["sent_at", "text"],
    "properties": {"sent_at": _TIME, "text": _TEXT},
}
RECORD = {
    "type": "object",
    "required": ["reference", "status", "received_at", "expires_at", "answers", "nonce"],
    "properties": {
        "reference": _TEXT,
        "status": _TEXT,
        "received_at": _TIME,
        "expires_at": _TIME,
        "longer_until": {"type": ["string", "null"], "format": "date-time"},
        "answers": {"type": "array", "items": _ANSWER},
        "nonce": {"type": "string", "description": "Makes the next message count once"},
    },
}
ERASED = {"type": "object", "required": ["reference"], "properties": {"reference": _TEXT}}
# step → what is sent, what comes back
STEPS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "open": ({"code": _CODE}, RECORD),
    "write": (
        {
            "code": _CODE,
            "message": {"type": "string", "minLength": 1, "maxLength": 5_000},
            "nonce": {"type": "string", "minLength": 44, "maxLength": 44},
        },
        RECORD,
    ),
    "keep": ({"code": _CODE, "until": _TIME}, RECORD),
    "erase": ({"code": _CODE}, ERASED),
}
