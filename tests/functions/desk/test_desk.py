"""The command `reperes-desk`, as agents and scripts use it."""

import json
import stat
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from intake_world import AGENT, SIGNALEMENT, World, make_assets

from chalicelib.intake.ports import Status
from reperes_desk import cli, identity, reading
from reperes_desk.errors import DeskError

PASSPHRASE = "une phrase assez longue"


@pytest.fixture(scope="session")
def agent(tmp_path_factory):
    """(identity file, public key): made once, since it is slow on purpose."""
    file = tmp_path_factory.mktemp("agent") / "agent.age"
    return file, identity.make_identity(file, PASSPHRASE)


@pytest.fixture
def desk(agent, tmp_path):
    """A desk over a state folder where one signalement was received."""
    assets = make_assets(tmp_path / "assets", recipients=[agent[1]])
    (tmp_path / "passphrase").write_text(f"{PASSPHRASE}\n")
    with World(assets, tmp_path / "state") as world:
        world.now = datetime.now(UTC)  # the desk is a program: it reads the real clock
        page = world.press(world.checked(), "confirmer")
        yield Desk(tmp_path, agent[0], page.reference, world)


class Desk:
    def __init__(self, folder, identity_file, reference, world):
        self.reference, self.world = reference, world
        self._base = ["--state", str(folder / "state"), "--assets", str(folder / "assets")]
        self.key = ["--identity", str(identity_file)]
        self.key += ["--passphrase-file", str(folder / "passphrase")]

    def run(self, *arguments, base=None):
        return run([*(base or self._base), *arguments])


def run(arguments):
    runner = CliRunner()
    with runner.isolation() as (out, err, _):
        try:
            cli.main([str(argument) for argument in arguments])
            code = 0
        except SystemExit as exit:
            code = exit.code
        return code, out.getvalue().decode(), err.getvalue().decode()


def test_list_shows_what_waits_without_opening_anything(desk):
    code, out, _ = desk.run("list")

    assert code == 0
    assert desk.reference in out
    assert "reçu" in out
    assert "1 dossier" in out


def test_list_for_a_program(desk):
    _, out, _ = desk.run("list", "--json")

    (row,) = json.loads(out)
    assert row["reference"] == desk.reference
    assert row["kind"] == "signalement"
    assert row["status"] == "received"


def test_show_prints_what_was_written_in_the_words_of_the_form(desk):
    typed_by_hand = desk.reference.lower().replace("-", " ")

    code, out, _ = desk.run("show", typed_by_hand, *desk.key)

    assert code == 0
    assert SIGNALEMENT["facts"] in out
    assert "Un point de vente de drogue" in out
    assert "Que se passe-t-il ?" in out


def test_show_for_a_program_and_the_person_sees_that_it_was_read(desk):
    code, out, _ = desk.run("show", desk.reference, "--json", *desk.key)

    (record,) = desk.world.store.all(desk.world.now)
    assert code == 0
    assert json.loads(out)["answers"]["theme"] == "deal"
    assert record.status == Status.READ


def test_an_unknown_number_is_exit_code_1(desk):
    code, _, err = desk.run("show", "SIG-0000-0000-0000", *desk.key)

    assert code == 1
    assert "aucun dossier" in err


def test_a_wrong_passphrase_is_exit_code_2_and_opens_nothing(desk, tmp_path):
    (tmp_path / "passphrase").write_text("une autre phrase secrète\n")

    code, out, err = desk.run("show", desk.reference, *desk.key)

    assert (code, out) == (2, "")
    assert "n’ouvre pas" in err


def test_where_nothing_was_received_it_says_so(tmp_path):
    code, _, err = run(["--state", tmp_path / "ailleurs", "list"])

    assert code == 2
    assert "rien n’a encore été reçu" in err


def test_keygen_protects_the_identity_and_never_overwrites_one(agent, tmp_path):
    file, recipient = agent
    (tmp_path / "p").write_text(f"{PASSPHRASE}\n")
    before = file.read_bytes()

    code, _, err = run(["keygen", "--output", file, "--passphrase-file", tmp_path / "p"])

    assert code == 2
    assert "existe déjà" in err
    assert file.read_bytes() == before
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert b"AGE-SECRET-KEY" not in before
    assert recipient.startswith("age1")


def test_keygen_refuses_a_short_passphrase(tmp_path):
    (tmp_path / "p").write_text("court\n")

    code, _, err = run(
        ["keygen", "--output", tmp_path / "a.age", "--passphrase-file", tmp_path / "p"]
    )

    assert code == 2
    assert "12 caractères" in err
    assert not (tmp_path / "a.age").exists()


def test_a_record_that_is_not_what_it_claims_is_not_shown(world):
    world.press(world.checked(), "confirmer")
    (record,) = world.store.all(world.now)

    with pytest.raises(DeskError, match="prévenez l’exploitant"):
        reading.read(world.store, replace(record, kind="pre-plainte"), AGENT)

    assert next(world.store.all(world.now)).status == Status.RECEIVED
