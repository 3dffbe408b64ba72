"""PDF files made for those who ask, without taking the server from those who send."""

from __future__ import annotations

from chalicelib.forms.document import Document
from chalicelib.http.services import Writer
from chalicelib.intake.limits import Places

# One is made and one waits; the other threads go on receiving.
_AT_ONCE = 2


def bounded_writer() -> Writer:
    """Makes PDF files, for two people at once."""
    places = Places(_AT_ONCE)

    def write(document: Document) -> bytes:
        # Imported at the first PDF: typst takes 60 MB of memory.
        from reperes_document.pdf import write_pdf

        with places.taken():
            return write_pdf(document)

    return write
