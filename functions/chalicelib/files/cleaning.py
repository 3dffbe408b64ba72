"""A file as people send it → a file that an agent may be given, or why not.

Photos are drawn again from their pixels: what they say of who took them, where and
when is gone, and so is anything hidden behind the picture.
"""

from __future__ import annotations

import io
import logging
import re
import warnings
from threading import Lock
from typing import TYPE_CHECKING

from chalicelib.errors import InvalidSubmissionError
from chalicelib.forms import texts
from chalicelib.intake.follow import CleanFile

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_BYTES = 4 * 1024 * 1024  # Lambda takes 6 MB of base64
# Pillow tells what each tag of a photo says to whoever listens to everything.
logging.getLogger("PIL").setLevel(logging.CRITICAL)
_MAX_PIXELS = 50_000_000
_MAX_NAME = 80
# 4 MB of one colour become 200 MB of pixels, twice: eight at once would fill the memory.
_one_at_a_time = Lock()
_IMAGES = {
    "JPEG": ("image/jpeg", ".jpg"),
    "PNG": ("image/png", ".png"),
    "WEBP": ("image/webp", ".webp"),
}
_UNSAFE = re.compile(r"[^\w ()-]")


def cleaned(name: str, data: bytes) -> CleanFile:
    """The file, by what it really is and not by what its name says.

    Raises:
        InvalidSubmissionError: under the field `file`.
    """
    if not data:
        raise _refused("file_empty")
    if len(data) > MAX_BYTES:
        raise _refused("file_too_large")
    kind = _image_kind(data)
    if kind:
        media_type, suffix = _IMAGES[kind]
        return CleanFile(_named(name, suffix), media_type, _drawn_again(data, kind))
    if data.startswith(b"%PDF-") and b"%%EOF" in data[-1024:]:
        return CleanFile(_named(name, ".pdf"), "application/pdf", data)
    return CleanFile(_named(name, ".txt"), "text/plain", _plain_text(data))


def _image_kind(data: bytes) -> str:
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    return "WEBP" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else ""


def _drawn_again(data: bytes, kind: str) -> bytes:
    # Imported here: only this needs it, and it is heavy.
    from PIL import Image, UnidentifiedImageError

    try:
        with _one_at_a_time, warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            pixels = _pixels(data, kind)
            blank = Image.new(pixels.mode, pixels.size)  # carries nothing but the pixels
            blank.paste(pixels)
            out = io.BytesIO()
            blank.save(out, kind, quality=88)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _refused("file_too_large") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, IndexError) as error:
        raise _refused("file_unreadable") from error
    return out.getvalue()


def _pixels(data: bytes, kind: str) -> Image:
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(data), formats=[kind]) as image:
        if image.width * image.height > _MAX_PIXELS:
            raise _refused("file_too_large")
        ImageOps.exif_transpose(image, in_place=True)
        mode = "RGB" if kind == "JPEG" or image.mode not in ("RGBA", "LA", "P") else "RGBA"
        return image if image.mode == mode else image.convert(mode)


def _plain_text(data: bytes) -> bytes:
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise _refused("file_kind") from None
    if "\x00" in text:
        raise _refused("file_kind")
    return str(texts.paragraph(text)).encode()


def _named(name: str, suffix: str) -> str:
    """The last part of the name, without anything that a disk or a shell could obey."""
    last = str(texts.line(name)).replace("\\", "/").rpartition("/")[2]
    stem = _UNSAFE.sub("", last.rpartition(".")[0] or last).strip(" .-")[:_MAX_NAME]
    return f"{stem or 'fichier'}{suffix}"


def _refused(code: str) -> InvalidSubmissionError:
    return InvalidSubmissionError({"file": code})
