"""What the SQLite store promises beyond every store: durability settings, and erasure."""

import shutil
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.errors import StoreUnavailableError
from chalicelib.intake.ports import SealedSubmission
from chalicelib.stores.sqlite import SqliteSubmissionStore

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)


def make_submission(key):
    return SealedSubmission(key, f"SIG-{key}", "signalement", NOW, NOW + timedelta(days=1), b"x")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "state" / "submissions.sqlite"


@pytest.fixture
def store(path):
    made = SqliteSubmissionStore(path)
    yield made
    made.close()


def bytes_on_disk(path):
    return b"".join(file.read_bytes() for file in path.parent.iterdir())


def test_only_the_owner_reads_the_files(store, path):
    store.add(make_submission("a"))

    modes = {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert modes == {0o600}


def test_a_commit_reaches_the_disk(store):
    connection = store.database._connection

    assert connection.execute("pragma journal_mode").fetchone() == ("wal",)
    assert connection.execute("pragma synchronous").fetchone() == (2,)  # FULL
    assert connection.execute("pragma secure_delete").fetchone() == (1,)


def test_the_order_of_arrival_is_not_the_order_of_rows(store):
    (schema,) = store.database._connection.execute("select sql from sqlite_master").fetchone()

    assert "without rowid" in schema


@pytest.mark.promise("erased-in-time")
def test_what_is_purged_leaves_no_byte(store, path):
    marker = b"MARKER-OF-A-CIPHERTEXT"
    sealed = marker * 200  # long enough for several pages
    record = SealedSubmission("k", "SIG-K", "signalement", NOW, NOW, sealed, "lookup-of-k")
    store.add(record)
    assert marker in bytes_on_disk(path)

    assert store.purge(NOW) == 1

    left = bytes_on_disk(path)
    assert marker not in left
    assert b"lookup-of-k" not in left


def test_a_locked_database_says_that_nothing_was_recorded(path, monkeypatch):
    store = SqliteSubmissionStore(path)
    store.database._connection.execute("pragma busy_timeout = 0")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("begin immediate")

    with pytest.raises(StoreUnavailableError):
        store.add(make_submission("a"))

    other.execute("rollback")
    other.close()
    assert store.add(make_submission("a")).key == "a"
    store.close()


def test_a_full_disk_says_that_nothing_was_recorded(store):
    store.database._connection.execute("pragma max_page_count = 4")
    big = SealedSubmission("k", "SIG-K", "signalement", NOW, NOW, b"7" * 100_000)

    with pytest.raises(StoreUnavailableError):
        store.add(big)

    assert store.find("k", NOW - timedelta(days=1)) is None


def test_a_file_that_is_no_database_is_an_outage(path):
    path.parent.mkdir()
    path.write_bytes(b"not a database, but long enough to be read as one" * 100)

    with pytest.raises(StoreUnavailableError):
        SqliteSubmissionStore(path)


@pytest.mark.parametrize("harm", ["moved", "erased", "replaced"])
def test_nothing_is_acknowledged_into_a_file_that_has_lost_its_name(store, path, harm):
    """What is written there would be gone at the next start, or would never be found again."""
    store.add(make_submission("a"))
    away = path.with_suffix(".away")
    path.rename(away)
    if harm == "replaced":
        shutil.copy(away, path)
    if harm == "erased":
        away.unlink()

    with pytest.raises(StoreUnavailableError):
        store.add(make_submission("b"))
    with pytest.raises(StoreUnavailableError):
        store.find("", NOW)  # what /api/health asks

    if harm == "moved":
        away.rename(path)
        assert store.add(make_submission("c")).key == "c"
        assert [each.key for each in store.all(NOW - timedelta(days=1))] == ["a", "c"]


def test_an_outage_is_told_to_every_thread_of_the_group(store):
    store.database._connection.execute("pragma max_page_count = 4")
    big = [
        SealedSubmission(f"k{n}", f"SIG-{n}", "signalement", NOW, NOW, b"7" * 100_000)
        for n in range(8)
    ]

    with ThreadPoolExecutor(8) as pool:
        outcomes = [pool.submit(store.add, each).exception() for each in big]

    assert {type(outcome) for outcome in outcomes} == {StoreUnavailableError}


def test_many_threads_at_once_lose_nothing(store):
    submissions = [make_submission(f"k{n % 50}") for n in range(200)]  # each one four times

    with ThreadPoolExecutor(16) as pool:
        stored = list(pool.map(store.add, submissions))

    assert stored == submissions
    assert len(list(store.all(NOW))) == 50
