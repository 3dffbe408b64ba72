"""Tagged PDF (PDF/UA-1) of what a person sent: on the embedded server and at the desk only."""

from chalicelib.forms.document import Document, Section
from reperes_document.pdf import write_pdf

__all__ = ["Document", "Section", "write_pdf"]
