"""Pelican in a process of its own, which waits to be told what to render."""

import pytest

from site_builder.errors import SiteBuilderError
from site_builder.generators.pelican_command import PelicanCommand


def test_what_stops_it_is_told(tmp_path):
    with PelicanCommand() as pelican, pytest.raises(SiteBuilderError, match="KeyError: 'cards'"):
        pelican.start({}, tmp_path / "input.json")
        pelican.finish()


def test_it_may_stop_before_it_is_told_anything(tmp_path):
    with PelicanCommand() as pelican:
        pelican._process.kill()
        pelican._process.wait()
        with pytest.raises(SiteBuilderError, match="Pelican refuse"):
            pelican.start({"a": "b"}, tmp_path / "input.json")
            pelican.finish()


def test_what_went_wrong_elsewhere_is_not_hidden_when_it_has_stopped(tmp_path):
    with pytest.raises(SiteBuilderError, match="ailleurs"), PelicanCommand() as pelican:
        pelican._process.kill()
        pelican._process.wait()
        pelican.start({"a": "b"}, tmp_path / "input.json")
        raise SiteBuilderError("ailleurs")
