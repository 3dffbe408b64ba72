"""What agents see first: what is late, what is about to be lost, what is grave."""

import json
from datetime import timedelta

import pytest
from desk_world import Agent
from intake_world import PRE_PLAINTE, SIGNALEMENT

from chalicelib.intake.ports import Status


def rows(desk, *arguments):
    code, out, err = desk.run("list", "--json", *arguments)
    assert code == 0, err
    return json.loads(out)


def listed(desk, *arguments):
    return [row["reference"] for row in rows(desk, *arguments)]


@pytest.fixture
def old(desk):
    """Received eight days ago, and not opened since."""
    now = desk.world.now
    desk.world.now = now - timedelta(days=8)
    reference = desk.received().reference
    desk.world.now = now
    return reference


def test_what_nobody_has_taken_in_charge_in_time_is_late(desk, old):
    assert listed(desk, "--late") == [old]
    assert "EN RETARD, s’efface le" in desk.run("list")[1]

    desk.run("status", old, "in_progress", *desk.key)
    assert listed(desk, "--late") == []


def test_the_deadline_is_that_of_the_settings(desk, old):
    desk.set(answer_within_days=30)
    assert listed(desk, "--late") == []

    row = next(row for row in rows(desk) if row["reference"] == old)
    received, answer_by = row["received_at"], row["answer_by"]
    assert (answer_by > received, row["late"]) == (True, False)


def test_what_will_soon_be_erased_is_found(desk):
    record = desk.record(desk.reference)
    other = desk.received().reference
    desk.world.store.set_expiry(record.key, desk.world.now + timedelta(days=3))

    assert listed(desk, "--expires-within", "4") == [desk.reference]
    assert listed(desk, "--expires-within", "2") == []
    desk.world.store.set_status(record.key, Status.CLOSED)
    assert listed(desk, "--expires-within", "4") == []
    assert other in listed(desk)


def test_a_list_starts_at_a_day(desk, old):
    yesterday = f"{desk.world.now - timedelta(days=2):%Y-%m-%d}"

    assert listed(desk, "--since", yesterday) == [desk.reference]
    assert sorted(listed(desk, "--since", "2020-01-01")) == sorted([old, desk.reference])
    assert desk.run("list", "--since", "hier")[0] == 2


def test_priorities_are_told_with_their_reasons_for_people_and_programs(desk):
    car = {**PRE_PLAINTE, "objects.0.category": "vehicule", "objects.0.plate": "AB-123-CD"}
    car |= {"objects.0.label": "Une berline", "objects.0.damage": "vole"}
    vehicle = desk.received("pre-plainte", car).reference
    violence = desk.received(fields={**SIGNALEMENT, "theme": "violences"}).reference

    found = rows(desk, "--priority", *desk.key)

    assert [row["reference"] for row in found] == [violence, vehicle, desk.reference]
    assert [row["reasons"] for row in found] == [["violences"], ["véhicule"], []]
    text = desk.run("list", "--priority", *desk.key)[1]
    assert "    véhicule ; confié à personne" in text


def test_filters_and_priorities_go_together(desk):
    violence = desk.received(fields={**SIGNALEMENT, "theme": "violences"}).reference
    desk.received("pre-plainte")

    assert listed(desk, "--priority", "--kind", "signalement", *desk.key) == [
        violence,
        desk.reference,
    ]


def test_a_status_that_nobody_knows_hides_neither_the_record_nor_the_others(desk):
    other = desk.received().reference
    with desk.world.store.database.writing() as connection:
        connection.execute("update submission set status = 'zut' where reference = ?", (other,))

    assert sorted(listed(desk)) == sorted([desk.reference, other])
    assert "illisible" in desk.run("list")[1]
    assert listed(desk, "--status", "unknown") == [other]
    assert desk.run("show", other, *desk.key)[0] == 0


def test_without_an_identity_a_list_opens_nothing_and_says_what_it_needs(desk):
    assert desk.run("list")[0] == 0
    code, _, err = desk.run("list", "--priority")

    assert code == 2
    assert "--identity" in err


def test_records_of_other_groups_are_counted_rather_than_listed_one_by_one(desk, tmp_path):
    other = Agent(tmp_path, "other")
    desk.set(recipients=[other.public])
    for _ in range(12):
        desk.received()

    code, out, err = desk.run("list", "--priority", *desk.key)

    assert code == 0
    assert "1 dossier\n" in out
    assert (err.count("n’ouvre pas"), "et 2 autres laissés de côté" in err) == (10, True)


def test_what_is_closed_is_found_by_its_agent_and_never_among_priorities(desk, tmp_path):
    (tmp_path / "motif.txt").write_text("Le lieu a été surveillé.\n", "utf-8")
    desk.run("assign", desk.reference, "Nour", *desk.key)
    desk.run("close", desk.reference, "--file", tmp_path / "motif.txt", *desk.key)

    assert listed(desk, "--assignee", "Nour", *desk.key) == [desk.reference]
    assert listed(desk, "--assignee", "Nour", "--status", "closed", *desk.key) == [desk.reference]
    assert listed(desk, "--priority", *desk.key) == []
