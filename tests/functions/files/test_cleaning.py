"""What people add: photos lose what they say of who took them; the rest is refused or named."""

import hashlib
import io
import zipfile
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image

from chalicelib.errors import InvalidSubmissionError
from chalicelib.files import cleaning
from chalicelib.files.cleaning import MAX_BYTES, cleaned

GPS = 0x8825
ORIENTATION = 0x0112
CAMERA = 0x0110


def photo(kind="JPEG", mode="RGB", size=(40, 20), **exif_tags):
    image = Image.new(mode, size, "red")
    exif = Image.Exif()
    exif[CAMERA] = "MARKER-CAMERA"
    exif[ORIENTATION] = exif_tags.get("orientation", 1)
    exif.get_ifd(GPS)[2] = (48.0, 51.0, 24.0)
    out = io.BytesIO()
    image.save(out, kind, exif=exif, **({"comment": b"MARKER-COMMENT"} if kind == "JPEG" else {}))
    return out.getvalue()


def code(name, data):
    with pytest.raises(InvalidSubmissionError) as refused:
        cleaned(name, data)
    return refused.value.fields["file"]


@pytest.mark.promise("photo-cleaned")
@pytest.mark.parametrize(
    ("kind", "suffix", "media_type"),
    [("JPEG", ".jpg", "image/jpeg"), ("PNG", ".png", "image/png"), ("WEBP", ".webp", "image/webp")],
)
def test_a_photo_loses_place_camera_and_comment(kind, suffix, media_type):
    sent = photo(kind)
    assert b"MARKER" in sent

    file = cleaned("IMG_1234.whatever", sent)

    with Image.open(io.BytesIO(file.data)) as image:
        assert dict(image.getexif()) == {}
        assert image.size == (40, 20)
    assert b"MARKER" not in file.data
    assert (file.name, file.media_type) == (f"IMG_1234{suffix}", media_type)


def test_a_photo_taken_sideways_stays_upright():
    with Image.open(io.BytesIO(cleaned("a.jpg", photo(orientation=6)).data)) as image:
        assert image.size == (20, 40)


@pytest.mark.parametrize("mode", ["RGBA", "P", "L", "1", "LA"])
def test_every_kind_of_picture_is_drawn_again(mode):
    out = io.BytesIO()
    Image.new(mode, (10, 10)).save(out, "PNG")

    with Image.open(io.BytesIO(cleaned("a.png", out.getvalue()).data)) as image:
        assert image.size == (10, 10)


def test_what_is_hidden_behind_a_picture_is_gone():
    hidden = io.BytesIO()
    with zipfile.ZipFile(hidden, "w") as archive:
        archive.writestr("MARKER.exe", b"MARKER")

    file = cleaned("photo.jpg", photo() + hidden.getvalue())

    assert b"MARKER" not in file.data
    assert not zipfile.is_zipfile(io.BytesIO(file.data))


def test_a_decompression_bomb_is_refused():
    wide = 60_000
    raw = zlib.compress(b"\x00" * ((wide // 8 + 1) * wide), 9)

    def chunk(kind, data):
        return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)

    head = wide.to_bytes(4) + wide.to_bytes(4) + b"\x01\x00\x00\x00\x00"
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", raw) + chunk(b"IEND", b"")

    assert len(bomb) < MAX_BYTES
    assert code("a.png", bomb) in ("file_too_large", "file_unreadable")


@pytest.mark.parametrize("cut", [3, 12, 60, -20])
def test_a_broken_picture_is_named_as_such(cut):
    assert code("a.jpg", photo()[:cut]) in ("file_unreadable", "file_kind")


def test_noise_after_a_magic_number_never_fails():
    for magic in (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\x00\x00\x00\x00WEBP"):
        for number in range(50):
            noise = hashlib.shake_128(b"%d" % number).digest(500)
            assert code("a", magic + noise) == "file_unreadable"


def test_a_pdf_is_known_by_what_it_is():
    pdf = b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"

    assert cleaned("facture.exe", pdf).name == "facture.pdf"


def test_a_text_is_kept_without_what_cannot_be_seen():
    file = cleaned("notes", "été\r\n\u202eexe".encode())

    assert (file.name, file.media_type, file.data) == (
        "notes.txt",
        "text/plain",
        "été\nexe".encode(),
    )


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "file_empty"),
        (b"a" * (MAX_BYTES + 1), "file_too_large"),
        (b"MZ\x90\x00\x03", "file_kind"),
        (b"PK\x03\x04\x14\x00\x08", "file_kind"),
        (b"GIF89a\xff\x00", "file_kind"),
        (b"a\x00b", "file_kind"),
    ],
)
def test_other_files_are_refused_with_the_reason(data, expected):
    assert code("fichier.jpg", data) == expected


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("../../etc/passwd", "passwd.txt"),
        ("C:\\Users\\Camille\\plainte.txt", "plainte.txt"),
        ("a.php.txt", "aphp.txt"),
        (".htaccess", "htaccess.txt"),
        ("$(rm -rf).txt", "(rm -rf).txt"),
        ("\u202egpj.exe", "gpj.txt"),
        ("", "fichier.txt"),
        ("é" * 200 + ".txt", "é" * 80 + ".txt"),
    ],
)
def test_a_name_commands_nothing(typed, kept):
    assert cleaned(typed, b"texte").name == kept


def test_photos_are_drawn_one_at_a_time_so_that_eight_do_not_fill_the_memory():
    with ThreadPoolExecutor() as threads:
        with cleaning._one_at_a_time:
            waiting = threads.submit(cleaned, "a.jpg", photo())
            text = threads.submit(cleaned, "a.txt", b"Un texte.")
            assert text.result(timeout=10).media_type == "text/plain"
            assert not waiting.done()
        assert waiting.result(timeout=10).media_type == "image/jpeg"
