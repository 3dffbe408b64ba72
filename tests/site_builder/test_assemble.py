"""The site folder holds exactly what the generators made."""

import pytest

from site_builder.assemble import collect, listing, prune, read_outputs, write_changed
from site_builder.errors import SiteBuilderError
from site_builder.outputs import Output, page_file


def write_site(files, folder):
    """The folder holds exactly these files; how many changed."""
    return write_changed(files, folder) + prune(files, folder, listing(folder))


def test_two_pages_with_the_same_address_are_refused():
    with pytest.raises(
        SiteBuilderError, match=r"deux pages veulent la même adresse : /a/index\.html"
    ):
        collect([Output("a/index.html", b"1"), Output("a/index.html", b"2")])


def test_only_what_changed_is_written_and_what_is_gone_is_removed(tmp_path):
    first = {"index.html": b"accueil", "vols/index.html": b"vols", "vols/velo/index.html": b"velo"}
    assert write_site(first, tmp_path) == 3

    stamp = (tmp_path / "index.html").stat().st_mtime_ns
    second = {"index.html": b"accueil", "vols/index.html": b"Vols"}

    assert write_site(second, tmp_path) == 2  # one changed, one removed
    assert (tmp_path / "index.html").stat().st_mtime_ns == stamp
    assert {o.path: o.body for o in read_outputs(tmp_path)} == second
    assert not (tmp_path / "vols" / "velo").exists()


def test_page_is_never_half_written_for_who_reads_it_meanwhile(tmp_path):
    old, new = b"a" * 200_000, b"b" * 200_000
    write_site({"index.html": old}, tmp_path)

    with (tmp_path / "index.html").open("rb") as reading:
        start = reading.read(10)
        write_site({"index.html": new}, tmp_path)
        rest = reading.read()

    assert start + rest == old
    assert {o.path: o.body for o in read_outputs(tmp_path)} == {"index.html": new}


def test_what_is_written_after_the_site_was_listed_stays(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / ".index.html.new").write_bytes(b"half")
    listed = listing(tmp_path)
    (tmp_path / "a" / ".index.html.new").replace(tmp_path / "a" / "index.html")
    write_changed({"b/index.html": b"b"}, tmp_path)

    assert prune({"a/index.html", "b/index.html"}, tmp_path, listed) == 0

    assert {o.path: o.body for o in read_outputs(tmp_path)} == {
        "a/index.html": b"half",
        "b/index.html": b"b",
    }


def test_compressed_copies_go_with_their_page(tmp_path):
    write_site({"a/index.html": b"a"}, tmp_path)
    (tmp_path / "a" / "index.html.br").write_bytes(b"x")

    write_site({}, tmp_path)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("url", "file"), [("/", "index.html"), ("/stations/33/", "stations/33/index.html")]
)
def test_page_is_a_folder_with_an_index(url, file):
    assert page_file(url) == file
