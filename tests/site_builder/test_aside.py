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


def test_it_works_when_it_is_told_to_and_not_before(ways, tmp_path):
    def steps(receive):
        yield "loaded"
        (tmp_path / receive()).touch()
        yield os.getpid()

    with Aside(steps) as aside:
        assert aside.result() == "loaded"
        assert list(tmp_path.iterdir()) == []
        aside.tell("written")
        assert (aside.result() == os.getpid()) == (ways == "in line")
    assert (tmp_path / "written").exists()


def test_it_may_be_told_before_it_asks(ways):
    def steps(receive):
        yield "loaded"
        yield receive() + receive()

    with Aside(steps) as aside:
        aside.tell(2)
        aside.tell(3)
        assert aside.result() == "loaded"
        assert aside.result() == 5


def test_it_may_be_told_more_than_a_pipe_holds(ways):
    def steps(receive):
        yield len(receive())

    with Aside(steps) as aside:
        aside.tell("x" * 1_000_000)
        assert aside.result() == 1_000_000


def test_what_nobody_asks_for_is_never_made(ways, tmp_path):
    def steps(receive):
        yield "loaded"
        (tmp_path / receive()).touch()
        yield "written"

    with Aside(steps) as aside:
        assert aside.result() == "loaded"
    assert list(tmp_path.iterdir()) == []


def test_reason_to_stop_is_told_as_if_it_were_here(ways):
    def steps(receive):
        raise SiteBuilderError("« communes.csv » manque")
        yield

    with Aside(steps) as aside, pytest.raises(SiteBuilderError, match="communes"):
        aside.result()


def test_process_that_dies_stops_the_build_and_prints_why(capfd):
    def steps(receive):
        yield 1 / 0

    with Aside(steps) as aside, pytest.raises(SiteBuilderError, match="n’ont pas pu être faites"):
        aside.result()
    assert "ZeroDivisionError" in capfd.readouterr().err


def test_process_that_dies_with_a_word_unread_is_told_the_same(tmp_path):
    gate = tmp_path / "gate"
    os.mkfifo(gate)

    def steps(receive):
        gate.read_bytes()  # until the other side has told something
        os._exit(1)
        yield

    with Aside(steps) as aside:
        aside.tell("go on")
        gate.write_bytes(b"")
        with pytest.raises(SiteBuilderError, match="n’ont pas pu être faites"):
            aside.result()
        aside.tell("too late")  # and no other error


def test_a_reason_that_nobody_waits_for_is_not_printed(tmp_path, capfd):
    gate = tmp_path / "gate"
    os.mkfifo(gate)

    def steps(receive):
        gate.read_bytes()  # until the other side has gone
        raise SiteBuilderError("« communes.csv » manque")
        yield

    aside = Aside(steps)
    aside._wire.close()
    gate.write_bytes(b"")
    aside._process.join()

    assert aside._process.exitcode == 0
    assert capfd.readouterr().err == ""


def test_a_fault_of_the_steps_is_printed_even_if_it_looks_like_the_end(capfd):
    def steps(receive):
        raise EOFError("coupé")
        yield

    with Aside(steps) as aside, pytest.raises(SiteBuilderError, match="n’ont pas pu être faites"):
        aside.result()
    assert "EOFError: coupé" in capfd.readouterr().err
