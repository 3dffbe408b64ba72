"""A part of the site made in a process of its own."""

import pytest

from site_builder.aside import Aside, write_aside
from site_builder.discovery import NOT_INDEXED
from site_builder.errors import SiteBuilderError
from site_builder.outputs import Output


def make_pages(count):
    for number in range(count):
        yield Output(f"stations/{number}/index.html", b"<p>%d</p>" % number)
    yield Output("stations/closed/index.html", b"<head>" + NOT_INDEXED)


def test_pages_are_in_place_and_only_what_others_ask_is_kept(tmp_path):
    written = Aside(lambda: make_pages(450), tmp_path).finish()

    assert written.changed == 451
    assert written.files["stations/7/index.html"] == b""
    assert written.files["stations/closed/index.html"] == NOT_INDEXED
    assert (tmp_path / "stations/449/index.html").read_bytes() == b"<p>449</p>"


def test_second_time_nothing_changes(tmp_path):
    write_aside(lambda: make_pages(3), tmp_path)

    assert write_aside(lambda: make_pages(3), tmp_path).changed == 0


def test_two_pages_with_the_same_address_are_refused_across_batches(tmp_path):
    def twice():
        yield from make_pages(300)
        yield Output("stations/0/index.html", b"again")

    with pytest.raises(SiteBuilderError, match="deux pages veulent la même adresse"):
        write_aside(twice, tmp_path)


def test_part_that_fails_stops_the_build(tmp_path, capfd):
    def fails():
        yield Output("a", b"")
        raise ZeroDivisionError

    with pytest.raises(SiteBuilderError, match="n’ont pas pu être faites"):
        Aside(fails, tmp_path).finish()
    assert "ZeroDivisionError" in capfd.readouterr().err
