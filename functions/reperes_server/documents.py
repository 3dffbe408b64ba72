"""PDF files made for those who ask, without taking the server from those who send."""

from __future__ import annotations

from threading import BoundedSemaphore

from chalicelib.errors import TooManyRequestsError
from chalicelib.forms.document import Document
from chalicelib.http.services import Writer

# One is made and one waits; the other threads go on receiving.
_PLACES = 2
_RETRY_AFTER_S = 2


def bounded_writer() -> Writer:
    """Makes PDF files, two people at a time; the next ones are told when to come back."""
    places = BoundedSemaphore(_PLACES)

    def write(document: Document) -> bytes:
        # Imported at the first PDF: typst takes 60 MB of memory.
        from reperes_document.pdf import write_pdf

        if not places.acquire(blocking=False):
            raise TooManyRequestsError(_RETRY_AFTER_S)
        try:
            return write_pdf(document)
        finally:
            places.release()

    return write
