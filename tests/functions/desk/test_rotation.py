"""Keys change: nothing is lost, nobody is forgotten, and a run cut short is gone on with."""

import json
import subprocess
import sys

import pytest
from desk_world import Agent
from intake_world import SIGNALEMENT
from pyrage import DecryptError, x25519

from chalicelib.intake import derive, follow, seal
from chalicelib.intake.ports import Author, SealedMessage
from chalicelib.routing.routing import Routing
from reperes_desk.resealing import Tally, reseal, things_of


@pytest.fixture
def full(desk, tmp_path):
    """A record with a message of each side, an entry of the trail and a file."""
    desk.follow(desk.code, "ecrire", message="Cela recommence.")
    desk.world.upload(desk.follow(desk.code, None), "note.txt", b"une note")
    (tmp_path / "reponse.txt").write_text("Une patrouille est passée.\n", "utf-8")
    desk.run("reply", desk.reference, "--file", tmp_path / "reponse.txt", *desk.key)
    return desk


@pytest.fixture
def newcomer(tmp_path):
    return Agent(tmp_path, "newcomer")


def everything(desk):
    """Every sealed thing that the store holds."""
    store, now = desk.world.store, desk.world.now
    return [thing for record in store.all(now) for thing in things_of(store, record, now)]


def opened_by(desk, identity):
    """How many of them an identity opens."""
    count = 0
    for thing in everything(desk):
        try:
            seal.unseal(thing.ciphertext, [identity])
        except DecryptError:
            continue
        count += 1
    return count


def resealed(desk, key=None):
    code, out, err = desk.run("reseal", "--yes", "--json", *(key or desk.key))
    assert code == 0, err
    return json.loads(out)


def test_after_a_reseal_the_new_identity_opens_everything_and_the_old_one_nothing(full, newcomer):
    full.set(recipients=[newcomer.public])

    assert resealed(full) == {
        "resealed": 5, "current": 0, "closed": 0, "strange": 0, "changed": 0,
    }  # fmt: skip
    assert opened_by(full, newcomer.identity) == 5
    assert opened_by(full, full.agent.identity) == 0


def test_what_the_person_holds_is_untouched(full, newcomer):
    before = full.record(full.reference)
    full.set(recipients=[newcomer.public])
    resealed(full)

    page = full.follow(full.code, None)
    after = full.record(full.reference)
    assert "Une patrouille est passée." in page.text
    assert (after.expires_at, after.received_at) == (before.expires_at, before.received_at)
    assert (after.status, after.follow_lookup) == (before.status, before.follow_lookup)
    assert "Cela recommence." in full.run("show", full.reference, *newcomer.key)[1]


def test_a_second_run_has_nothing_left_to_do(full, newcomer):
    full.set(recipients=[full.agent.public, newcomer.public])
    first = resealed(full)
    bytes_before = [thing.ciphertext for thing in everything(full)]

    second = resealed(full)

    assert (first["resealed"], second["resealed"], second["current"]) == (5, 0, 5)
    assert [thing.ciphertext for thing in everything(full)] == bytes_before


@pytest.mark.parametrize("done", range(5))
def test_a_run_cut_anywhere_has_lost_nothing_and_the_next_one_goes_on(full, newcomer, done):
    full.set(recipients=[newcomer.public])
    routing = Routing(default=(newcomer.public,))
    for thing in everything(full)[:done]:  # then the machine stops
        reseal(thing, full.agent.identity, routing, Tally())

    assert opened_by(full, newcomer.identity) == done
    assert opened_by(full, full.agent.identity) == 5 - done
    tally = resealed(full)

    assert (tally["resealed"], tally["closed"]) == (5 - done, done)
    assert opened_by(full, newcomer.identity) == 5


def test_what_was_withdrawn_meanwhile_does_not_come_back(full, newcomer):
    things = everything(full)
    full.world.press(full.follow(full.code, "retirer"), "effacer")
    tally = Tally()

    for thing in things:
        reseal(thing, full.agent.identity, Routing(default=(newcomer.public,)), tally)

    assert (tally.resealed, tally.changed) == (0, 5)
    assert everything(full) == []


def test_each_route_is_resealed_to_its_own_agents(desk, newcomer):
    supervisor = x25519.Identity.generate()
    route = {"name": "violences", "themes": ["violences"], "recipients": [desk.agent.public]}
    desk.set(recipients=[desk.agent.public], routes=[route])
    violence = desk.received(fields={**SIGNALEMENT, "theme": "violences"}).reference
    route["recipients"] = [newcomer.public]
    desk.set(supervisors=[str(supervisor.to_public())], routes=[route])

    resealed(desk)

    opened = seal.unseal(desk.record(violence).ciphertext, [newcomer.identity])
    assert opened["reference"] == violence
    with pytest.raises(DecryptError):
        seal.unseal(desk.record(desk.reference).ciphertext, [newcomer.identity])
    assert opened_by(desk, supervisor) == 2


def test_an_answer_is_never_resealed_to_a_key_put_in_the_place_of_the_persons(full, newcomer):
    """Whoever writes the store could name a key of theirs, and wait for the next rotation."""
    thief = x25519.Identity.generate()
    with full.world.store.database.writing() as connection:
        connection.execute("update submission set follow_recipient = ?", (str(thief.to_public()),))
    full.set(recipients=[newcomer.public])

    code, out, err = full.run("reseal", "--yes", "--json", *full.key)

    assert (code, json.loads(out)["strange"]) == (1, 1)
    assert "il reste des éléments" in err
    assert opened_by(full, thief) == 0
    assert opened_by(full, derive.follow_identity(full.code.replace("-", ""))) == 1


def test_what_is_forged_is_left_as_it_is(desk, newcomer):
    record = desk.record(desk.reference)
    for number, payload in enumerate(([], {"reference": "SIG-AUTRE"}, 5)):
        sealed = seal.seal(payload, [desk.agent.public])
        message = SealedMessage(str(number), record.key, Author.PERSON, desk.world.now, sealed)
        desk.world.store.add_message(message, desk.world.now)
    desk.set(recipients=[newcomer.public])

    code, out, _ = desk.run("reseal", "--yes", *desk.key)

    assert code == 1
    assert "1 scellés à nouveau" in out
    assert "3 qui ne sont pas ce qu’ils annoncent" in out


def test_nothing_is_resealed_without_a_key_to_seal_to(desk):
    desk.set(recipients=[])

    code, _, err = desk.run("reseal", "--yes", *desk.key)

    assert code == 2
    assert "aucune clé" in err
    assert opened_by(desk, desk.agent.identity) == 1


def test_the_agent_sees_who_will_read_before_saying_yes(desk, newcomer):
    desk.set(recipients=[newcomer.public])

    code, _, err = desk.run("reseal", *desk.key, typed="non\n")

    assert code == 130
    assert newcomer.public in err
    assert "n’ouvrira plus rien" in err
    assert opened_by(desk, desk.agent.identity) == 1


def test_what_was_replaced_leaves_no_byte_in_the_database(full, newcomer):
    old = [thing.ciphertext for thing in everything(full)]
    full.set(recipients=[newcomer.public])
    resealed(full)

    held = b"".join(file.read_bytes() for file in full.world.state.glob("submissions*"))
    assert [ciphertext for ciphertext in old if ciphertext[200:240] in held] == []


def test_a_rotation_from_end_to_end(full, tmp_path):
    (tmp_path / "new-passphrase").write_text("une autre phrase assez longue\n")
    new = ["--identity", tmp_path / "new.age", "--passphrase-file", tmp_path / "new-passphrase"]
    made = ["--output", tmp_path / "new.age", "--new-passphrase-file", tmp_path / "new-passphrase"]

    code, said, _ = full.run("rotate", *made, *full.key)
    public = said.split("par\n")[1].split()[0]
    full.set(recipients=[public])
    resealed(full)
    code_after, shown, _ = full.run("show", full.reference, *new)

    assert (code, code_after) == (0, 0)
    assert "content/site.yaml (recipients), remplacez" in said
    assert full.agent.public in said
    assert SIGNALEMENT["facts"] in shown
    assert "Une patrouille est passée." in shown
    assert full.run("show", full.reference, *full.key)[0] == 2


def test_the_age_command_opens_all_that_the_desk_opens(full, newcomer, tmp_path):
    full.set(recipients=[full.agent.public, newcomer.public])
    resealed(full)

    kinds = []
    for number, thing in enumerate(everything(full)):
        (tmp_path / f"{number}.sealed").write_bytes(thing.ciphertext)
        for agent in (full.agent, newcomer):
            (tmp_path / "key").write_text(str(agent.identity))
            opened = subprocess.run(
                ["age", "--decrypt", "--identity", tmp_path / "key", tmp_path / f"{number}.sealed"],
                capture_output=True,
                check=True,
            )
            kinds.append(json.loads(opened.stdout)["kind"])

    assert sorted(kinds) == sorted(["message", "message", "trail", "attachment", "signalement"] * 2)


def test_agents_answers_open_with_the_code_after_many_rotations(full, tmp_path):
    identity = derive.follow_identity(full.code.replace("-", ""))
    agent = full.agent
    for number in range(3):
        following = Agent(tmp_path, f"agent-{number}")
        full.set(recipients=[following.public])
        resealed(full, agent.key)
        agent = following

    record = full.record(full.reference)
    said = follow.opened(
        full.world.store.messages(record.key, full.world.now), full.reference, identity
    )
    assert [message.text for message in said] == ["Une patrouille est passée."]


def test_what_arrives_meanwhile_for_the_old_key_is_for_the_next_run(desk, newcomer):
    """A server that is not deployed yet still seals to the old key, beside a resealed record."""
    old = desk.settings["recipients"]
    desk.set(recipients=[newcomer.public])
    resealed(desk)
    desk.set(recipients=old)
    desk.follow(desk.code, "ecrire", message="Cela recommence.")
    desk.set(recipients=[newcomer.public])

    assert resealed(desk)["resealed"] == 1
    assert "Cela recommence." in desk.run("show", desk.reference, *newcomer.key)[1]


def test_a_reseal_that_is_killed_has_lost_nothing(desk, newcomer):
    for _ in range(60):
        desk.received()
    desk.set(recipients=[newcomer.public])
    command = [sys.executable, "-m", "reperes_desk", "--state", desk.folder / "state"]
    command += ["--assets", desk.assets, "reseal", "--yes", *desk.key]

    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        while opened_by(desk, newcomer.identity) == 0 and running.poll() is None:
            pass
        running.kill()

    done = opened_by(desk, newcomer.identity)
    assert done > 0
    assert opened_by(desk, desk.agent.identity) == 61 - done
    tally = resealed(desk)
    assert (tally["resealed"], tally["closed"]) == (61 - done, done)
    assert opened_by(desk, newcomer.identity) == 61
