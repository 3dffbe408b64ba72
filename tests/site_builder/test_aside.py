"""Steps made in a process of their own, each when it is asked for."""

import multiprocessing
import os

import pytest

from site_builder.aside import Aside
from site_builder.errors import SiteBuilderError


@pytest.fixture(params=["fork", "in line"])
def ways(request, monkeypatch):
    """With a process of its own, and where there is no `fork`."""
    if request.param == "in line":
        monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    return request.param


def test_each_step_waits_to_be_asked_for(ways, tmp_path):
    def steps():
        yield "loaded"
        (tmp_path / "written").touch()
        yield os.getpid()

    with Aside(steps) as aside:
        assert aside.result() == "loaded"
        assert not (tmp_path / "written").exists()
        aside.go_on()
        assert (aside.result() == os.getpid()) == (ways == "in line")
    assert (tmp_path / "written").exists()


def test_next_step_may_be_asked_for_before_the_first_is_known(ways, tmp_path):
    def steps():
        yield "loaded"
        (tmp_path / "written").touch()
        yield "written"

    with Aside(steps) as aside:
        aside.go_on()
        assert aside.result() == "loaded"
        assert aside.result() == "written"
    assert (tmp_path / "written").exists()


def test_step_that_nobody_asks_for_is_never_made(ways, tmp_path):
    def steps():
        yield "loaded"
        (tmp_path / "written").touch()
        yield "written"

    with Aside(steps) as aside:
        assert aside.result() == "loaded"
    assert not (tmp_path / "written").exists()


def test_reason_to_stop_is_told_as_if_it_were_here(ways):
    def steps():
        raise SiteBuilderError("« communes.csv » manque")
        yield

    with Aside(steps) as aside, pytest.raises(SiteBuilderError, match="communes"):
        aside.result()


def test_process_that_dies_stops_the_build_and_prints_why(capfd):
    def steps():
        yield 1 / 0

    with Aside(steps) as aside, pytest.raises(SiteBuilderError, match="n’ont pas pu être faites"):
        aside.result()
    assert "ZeroDivisionError" in capfd.readouterr().err


def test_process_that_dies_with_a_word_unread_is_told_the_same(tmp_path):
    gate = tmp_path / "gate"
    os.mkfifo(gate)

    def steps():
        gate.read_bytes()  # until the other side has asked for the next step
        os._exit(1)
        yield

    with Aside(steps) as aside:
        aside.go_on()
        gate.write_bytes(b"")
        with pytest.raises(SiteBuilderError, match="n’ont pas pu être faites"):
            aside.result()
        aside.go_on()  # too late, and no other error
