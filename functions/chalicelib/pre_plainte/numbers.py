"""Numbers of organisations, checked with their own arithmetic."""

from __future__ import annotations

import re

from chalicelib.forms.checksums import passes_luhn

_RNA = re.compile(r"W\d[\dAB]\d{7}")  # W, département, eight digits: W751234567, W2A1234567


def is_organisation_number(text: str) -> bool:
    """A SIREN (9 digits), a SIRET (14 digits) or an RNA."""
    if _RNA.fullmatch(text):
        return True
    return text.isascii() and text.isdigit() and len(text) in (9, 14) and passes_luhn(text)
