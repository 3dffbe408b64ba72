"""A reference as a QR code, drawn in the page: no file, no style, no script."""

from __future__ import annotations

_MODULE_PX = 4
# Any of the eight masks can be read; trying them all to choose would cost five times more.
_MASK = 3


def qr_svg(text: str) -> str:
    """`text` as SVG to be put in HTML, black on white with its quiet zone."""
    import segno  # a cold start has no use for it

    code = segno.make(text, micro=False, error="m", boost_error=False, mask=_MASK)
    drawn: str = code.svg_inline(scale=_MODULE_PX, light="#fff", svgclass="qr", lineclass=None)
    return drawn
