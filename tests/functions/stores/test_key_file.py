import os
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest

from chalicelib.errors import StoreUnavailableError
from chalicelib.stores.key_file import KeyFile

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def make_random(*values):
    left = list(values)
    return lambda count: left.pop(0).encode() * count


def test_the_key_is_made_once_and_read_by_the_next_process(tmp_path):
    path = tmp_path / "state" / "keys.json"

    first = KeyFile(path, make_random("a"))(NOW)
    second = KeyFile(path, make_random("b"))(NOW + timedelta(days=1))

    assert first == second
    assert first.current.secret == b"a" * 32


def test_only_its_owner_reads_it(tmp_path):
    path = tmp_path / "keys.json"
    KeyFile(path, make_random("a"))(NOW)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_after_thirty_days_a_new_key_follows_and_the_old_one_is_kept(tmp_path):
    keys = KeyFile(tmp_path / "keys.json", make_random("a", "b"))
    keys(NOW)

    later = keys(NOW + timedelta(days=30))

    assert (later.current.secret, later.previous.secret) == (b"b" * 32, b"a" * 32)
    assert KeyFile(tmp_path / "keys.json", make_random())(NOW + timedelta(days=31)) == later


@pytest.mark.parametrize("content", ["", "{}", '{"current": null, "previous": null}'])
def test_a_broken_file_is_an_outage_not_a_new_key(tmp_path, content):
    path = tmp_path / "keys.json"
    path.write_text(content)

    with pytest.raises(StoreUnavailableError):
        KeyFile(path, make_random("a"))(NOW)

    assert path.read_text() == content


def test_threads_that_find_the_key_too_old_agree_on_the_next_one(tmp_path):
    path = tmp_path / "keys.json"
    keys = KeyFile(path, os.urandom)
    keys(NOW)
    together, later = Barrier(8), NOW + timedelta(days=30)

    def use():
        together.wait(timeout=10)
        return keys(later)

    with ThreadPoolExecutor(8) as threads:
        used = [each.result() for each in [threads.submit(use) for _ in range(8)]]

    assert used == [KeyFile(path, make_random())(later)] * 8


def test_a_key_put_back_open_to_all_is_closed_again(tmp_path):
    path = tmp_path / "keys.json"
    first = KeyFile(path, make_random("a"))(NOW)
    path.chmod(0o644)

    again = KeyFile(path, make_random())(NOW)

    assert again == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
