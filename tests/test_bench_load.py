"""`make bench-load` sees what it looks for: a record that is lost, and one that came twice."""

from datetime import UTC, datetime, timedelta

import pytest

from bench.load.people import People
from bench.load.scene import Scene
from chalicelib.intake.ports import SealedSubmission
from chalicelib.stores.sqlite import SqliteSubmissionStore

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture
def database(tmp_path):
    """A store that holds SIG-A, SIG-B and SIG-C."""
    path = tmp_path / "submissions.sqlite"
    store = SqliteSubmissionStore(path)
    for name in "ABC":
        store.add(
            SealedSubmission(name, f"SIG-{name}", "signalement", NOW, NOW + timedelta(1), b"sealed")
        )
    store.close()
    return path


def scene(*told):
    people = People(port=0, count=0, bodies=iter(()))
    people.acknowledged += [(moment, reference, 0.1) for moment, reference in enumerate(told)]
    return Scene(people, recovered_s=[0.5, 2.0])


@pytest.mark.parametrize(
    ("told", "lost", "duplicated"),
    [
        (["SIG-A", "SIG-B", "SIG-C"], 0, 0),
        (["SIG-A", "SIG-A", "SIG-B", "SIG-C"], 0, 0),  # the same answer, sent again
        (["SIG-A", "SIG-B", "SIG-C", "SIG-D"], 1, 0),
        (["SIG-A", "SIG-B"], 0, 1),
        (["SIG-D", "SIG-A"], 1, 2),
    ],
)
def test_what_is_lost_or_twice_is_counted(database, told, lost, duplicated):
    outcome = scene(*told).outcome("fault", database)

    assert (outcome.lost, outcome.duplicated) == (lost, duplicated)
    assert outcome.recovered_s == 2.0


def test_a_recovery_counts_from_what_was_mended():
    people = scene("SIG-A", "SIG-B", "SIG-C").people  # at 0, 1 and 2

    assert people.first_after(0.5) == 0.5
    assert people.first_after(9, within_s=0) == float("inf")
