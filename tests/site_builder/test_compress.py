"""Compressed copies are whole, fresh, reproducible, and what the server sends."""

import gzip
import random
from wsgiref.util import setup_testing_defaults

import brotli
import pytest
from whitenoise import WhiteNoise

from site_builder.assemble import listing, prune, write_changed
from site_builder.compress import brotli_level, compress_site

WORDS = ["vol", "vélo", "plainte", "numéro", "aide", "guide", "commune", "brigade", "rue", "heure"]


def write_site(files, folder):
    """The folder holds exactly these files; how many changed."""
    return write_changed(files, folder) + prune(files, folder, listing(folder))


def make_page(seed):
    chosen = random.Random(seed).choices(WORDS, k=400)  # noqa: S311 - text, not a secret
    return f"<p>{' '.join(chosen)}</p>".encode()


def test_copies_give_the_page_back_and_are_smaller(tmp_path):
    page = make_page(1)
    write_site({"guides/index.html": page, "favicon.svg": page, "photo.png": page}, tmp_path)

    report = compress_site(tmp_path)

    br = (tmp_path / "guides/index.html.br").read_bytes()
    gz = (tmp_path / "guides/index.html.gz").read_bytes()
    assert brotli.decompress(br) == gzip.decompress(gz) == page
    assert len(br) < len(gz) < len(page)
    assert (report.files, report.renewed, report.plain) == (2, 2, 2 * len(page))
    assert report.br == 2 * len(br)
    assert not (tmp_path / "photo.png.br").exists()


def test_only_pages_that_changed_are_compressed_again(tmp_path):
    site = {"a/index.html": make_page(1), "b/index.html": make_page(2)}
    write_site(site, tmp_path)
    compress_site(tmp_path)
    kept = (tmp_path / "a/index.html.br").stat().st_mtime_ns

    site["b/index.html"] = make_page(3)
    write_site(site, tmp_path)
    assert not (tmp_path / "b/index.html.br").exists()  # before, the old page would be sent
    assert not (tmp_path / "b/index.html.gz").exists()

    assert compress_site(tmp_path).renewed == 1
    assert brotli.decompress((tmp_path / "b/index.html.br").read_bytes()) == make_page(3)
    assert (tmp_path / "a/index.html.br").stat().st_mtime_ns == kept


def test_a_run_that_was_stopped_leaves_nothing_behind(tmp_path):
    site = {"a/index.html": make_page(1)}
    write_site(site, tmp_path)
    (tmp_path / "a/index.html.br.part").write_bytes(b"half")

    write_site(site, tmp_path)
    compress_site(tmp_path)

    assert sorted(p.name for p in (tmp_path / "a").iterdir()) == [
        "index.html",
        "index.html.br",
        "index.html.gz",
    ]


def test_the_same_page_gives_the_same_copies(tmp_path):
    for name in ("one", "two"):
        write_site({"index.html": make_page(1)}, tmp_path / name)
        compress_site(tmp_path / name)

    for suffix in ("br", "gz"):
        copies = [(tmp_path / n / f"index.html.{suffix}").read_bytes() for n in ("one", "two")]
        assert copies[0] == copies[1]


@pytest.mark.parametrize(
    ("path", "level"),
    [
        ("guides/vols/vol-velo/index.html", 11),
        ("stations/index.html", 10),
        ("stations/33/index.html", 10),
        ("stations/33/communes/index.html", 11),
        ("stations/33/commissariat-bordeaux/index.html", 5),
    ],
)
def test_single_stations_are_compressed_lightly(path, level):
    assert brotli_level(path) == level


@pytest.mark.parametrize(
    ("accepted", "encoding", "suffix"),
    [("gzip, deflate, br", "br", ".br"), ("gzip", "gzip", ".gz"), ("", None, "")],
)
def test_the_server_sends_the_copies(tmp_path, accepted, encoding, suffix):
    write_site({"index.html": make_page(1)}, tmp_path)
    compress_site(tmp_path)
    environ, answer = {"HTTP_ACCEPT_ENCODING": accepted, "PATH_INFO": "/"}, {}
    setup_testing_defaults(environ)
    server = WhiteNoise(None, root=str(tmp_path), prefix="/", index_file=True)

    sent = server(environ, lambda status, headers: answer.update(headers))
    body = b"".join(sent)
    sent.close()

    assert answer.get("Content-Encoding") == encoding
    assert body == (tmp_path / f"index.html{suffix}").read_bytes()
    assert answer["Vary"] == "Accept-Encoding"
