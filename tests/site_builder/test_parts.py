"""Parts of the site are written in place, a batch at a time, and joined."""

import pytest

from site_builder.discovery import NOT_LISTED
from site_builder.errors import SiteBuilderError
from site_builder.outputs import Output
from site_builder.parts import joined, write_part


def make_pages(count):
    for number in range(count):
        yield Output(f"stations/{number}/index.html", b"<p>%d</p>" % number)
    yield Output("stations/closed/index.html", b"<head>" + NOT_LISTED)


def test_pages_are_in_place_and_only_what_others_ask_is_kept(tmp_path):
    written = write_part(make_pages(450), tmp_path)

    assert written.changed == 451
    assert written.files["stations/7/index.html"] == b""
    assert written.files["stations/closed/index.html"] == NOT_LISTED
    assert (tmp_path / "stations/449/index.html").read_bytes() == b"<p>449</p>"


def test_second_time_nothing_changes(tmp_path):
    write_part(make_pages(3), tmp_path)

    assert write_part(make_pages(3), tmp_path).changed == 0


def test_two_pages_with_the_same_address_are_refused_across_batches(tmp_path):
    def twice():
        yield from make_pages(300)
        yield Output("stations/0/index.html", b"again")

    with pytest.raises(SiteBuilderError, match="deux pages veulent la même adresse"):
        write_part(twice(), tmp_path)


def test_parts_are_joined_and_may_not_hide_one_another(tmp_path):
    pages = write_part(make_pages(2), tmp_path)
    lists = write_part([Output("stations.csv", b"id")], tmp_path)

    whole = joined(pages, lists)

    assert whole.changed == 4
    assert set(whole.files) == {*pages.files, "stations.csv"}
    with pytest.raises(SiteBuilderError, match="deux pages veulent la même adresse"):
        joined(pages, write_part(make_pages(1), tmp_path))
