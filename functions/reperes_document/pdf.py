"""A document as PDF/UA-1, made in memory: no file, no network, the fonts that typst carries."""

from __future__ import annotations

import json
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any

import segno
import typst

from chalicelib.forms.document import Document
from reperes_document.drawable import PLACEHOLDER, drawable

_TEMPLATE = (Path(__file__).parent / "document.typ").read_bytes()
# typst uses every core for one document: two at once would keep both from those who send.
_one_at_a_time = Lock()


class DocumentError(Exception):
    """typst stopped; what it said is left out, since it quotes what people wrote."""


def write_pdf(document: Document) -> bytes:
    """The PDF of `document`.

    Raises:
        DocumentError: it cannot be made.
    """
    data = _drawable(asdict(document))
    if PLACEHOLDER in json.dumps([data["title"], data["sections"]], ensure_ascii=False):
        data["notes"] = [*data["notes"], document.undrawn]
    inputs = {"document": json.dumps(data, ensure_ascii=False)}
    if document.reference:
        inputs["qr"] = _qr(document.reference)
    with _one_at_a_time:
        try:
            return bytes(
                typst.compile(
                    _TEMPLATE,
                    format="pdf",
                    ignore_system_fonts=True,
                    sys_inputs=inputs,
                    pdf_standards="ua-1",
                )
            )
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # a panic of typst is no Exception
            raise DocumentError(type(error).__name__) from None


def _drawable(value: Any) -> Any:
    if isinstance(value, str):
        return drawable(value)
    if isinstance(value, dict):
        return {key: _drawable(inner) for key, inner in value.items()}
    return [_drawable(inner) for inner in value]


def _qr(text: str) -> str:
    drawn = BytesIO()
    segno.make(text, micro=False, error="m").save(drawn, kind="svg", border=0)
    return drawn.getvalue().decode()
