"""Whatever goes wrong, every command says one French sentence and an exit code, never more."""

import json
import os
from contextlib import contextmanager

import click
import pytest
from age_files import write_identity
from desk_world import run
from pyrage import x25519

from reperes_desk import cli

COMMANDS = cli.desk.commands
# Each command with what it needs beside the identity.
ARGUMENTS = {
    "list": ["--priority"],
    "show": ["REF"],
    "files": ["REF", "--output", "sortie"],
    "trail": [],
    "stats": None,
    "reply": ["REF", "--file", "reponse.txt"],
    "status": ["REF", "in_progress"],
    "assign": ["REF", "Nour"],
    "close": ["REF", "--file", "reponse.txt"],
    "purge": None,
    "export": ["--output", "export.json"],
    "digest": None,
    "reseal": ["--yes"],
    "rotate": ["--output", "autre.age", "--new-passphrase-file", "passphrase"],
    "keygen": None,
}
OPENING = [name for name, arguments in ARGUMENTS.items() if arguments is not None]
WITH_STORE = [name for name in ARGUMENTS if name not in ("keygen", "rotate")]


@pytest.fixture
def ready(desk, tmp_path, monkeypatch):
    """A folder where every command finds what it names."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reponse.txt").write_text("Une patrouille est passée.\n", "utf-8")
    return desk


def arguments_of(name, desk, key=None):
    given = ARGUMENTS[name]
    if given is None:
        return [name]
    filled = [desk.reference if each == "REF" else each for each in given]
    return [name, *filled, *(key or desk.key)]


def said(result):
    code, _, err = result
    assert "Traceback" not in err
    return code, err


def test_no_command_is_forgotten_here():
    assert set(COMMANDS) == set(ARGUMENTS)


@pytest.mark.parametrize("name", ARGUMENTS)
def test_each_command_says_in_french_what_it_does_and_what_its_options_are(name):
    assert run([name, "--help"])[0] == 0
    options = [p for p in COMMANDS[name].params if isinstance(p, click.Option)]
    undocumented = [p.name for p in options if p.help is None and p.name != "shape"]
    assert undocumented == []
    assert COMMANDS[name].help.endswith((".", "prouve."))


def test_the_exit_codes_are_in_the_help():
    out = run(["--help"])[1]

    assert "Codes de sortie : 0 fait" in out


@pytest.mark.parametrize("name", OPENING)
def test_a_wrong_passphrase_opens_nothing_and_changes_nothing(ready, tmp_path, name):
    (tmp_path / "passphrase").write_text("une autre phrase secrète\n")
    before = ready.record(ready.reference)

    code, err = said(ready.run(*arguments_of(name, ready)))

    assert code == 2
    assert "n’ouvre pas" in err
    assert ready.record(ready.reference) == before
    assert not (tmp_path / "export.json").exists()


@pytest.mark.parametrize("name", OPENING)
def test_a_missing_identity_is_said(ready, name):
    key = ["--identity", "absente.age", *ready.key[2:]]

    code, err = said(ready.run(*arguments_of(name, ready, key)))

    assert code == 2
    assert "il n’y a pas d’identité dans « absente.age »" in err


@pytest.mark.parametrize("name", OPENING)
def test_the_identity_of_somebody_else_is_said(ready, tmp_path, name):
    write_identity(tmp_path / "other.age", x25519.Identity.generate())
    key = ["--identity", "other.age", *ready.key[2:]]

    code, err = said(ready.run(*arguments_of(name, ready, key)))

    if name in ("list", "trail", "export"):  # many records: those that open are shown
        assert code == 0
        assert "laissé de côté : cette identité n’ouvre pas" in err
    elif name in ("reseal", "rotate"):
        assert code == 0
    else:
        assert (code, "cette identité n’ouvre pas" in err) == (2, True)


@pytest.mark.parametrize("name", WITH_STORE)
def test_where_nothing_was_received_each_says_so(ready, tmp_path, name):
    base = ["--state", tmp_path / "vide", "--assets", ready.assets]

    code, err = said(ready.run(*arguments_of(name, ready), base=base))

    assert code == 2
    assert "rien n’a encore été reçu" in err


@pytest.mark.parametrize("name", WITH_STORE)
def test_a_database_that_is_no_database_is_said(ready, tmp_path, name):
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "submissions.sqlite").write_bytes(b"pas une base" * 1_000)

    base = ["--state", broken, "--assets", ready.assets]
    code, err = said(ready.run(*arguments_of(name, ready), base=base))

    assert code == 2
    assert "la base des dossiers ne répond pas" in err


@contextmanager
def locked(folder):
    """Nobody may look into `folder`: root may look anywhere, so it becomes somebody else."""
    folder.chmod(0)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)
        folder.chmod(0o700)


def test_a_folder_that_may_not_be_read_is_said(ready, tmp_path):
    ready.run("list")  # everything is imported

    with locked(tmp_path / "state"):
        code, err = said(ready.run("list"))

    assert code == 2
    assert "ne peut pas être lu" in err


@pytest.mark.parametrize(
    "name", [n for n, command in COMMANDS.items() if "as_json" in {p.name for p in command.params}]
)
def test_what_is_said_to_a_program_is_json(ready, name):
    code, out, _ = ready.run(*arguments_of(name, ready), "--json")

    assert code == 0
    assert json.loads(out) is not None


@pytest.mark.parametrize("name", ["list", "show", "trail", "stats", "digest", "reseal", "purge"])
def test_those_that_scripts_read_have_json(name):
    assert "as_json" in {parameter.name for parameter in COMMANDS[name].params}


@pytest.mark.parametrize("name", ["show", "files", "trail", "reply", "status", "assign", "close"])
def test_an_unknown_number_is_exit_code_1(ready, name):
    arguments = arguments_of(name, ready)
    if name == "trail":
        arguments.insert(1, "REF")
    unknown = ["SIG-0000-0000-0000" if a in (ready.reference, "REF") else a for a in arguments]

    code, err = said(ready.run(*unknown))

    assert code == 1
    assert "aucun dossier ne porte le numéro" in err


def test_settings_that_cannot_be_read_are_said(ready):
    (ready.assets / "settings.json").write_text("{", "utf-8")

    for name in ("list", "reseal", "reply"):
        code, err = said(ready.run(*arguments_of(name, ready)))
        assert (code, "settings.json" in err) == (2, True), name


def test_a_passphrase_file_that_is_no_text_is_said(ready, tmp_path):
    (tmp_path / "passphrase").write_bytes(b"\xff\xfe\x00")

    code, err = said(ready.run(*arguments_of("show", ready)))

    assert code == 2
    assert "ne peut pas être lu" in err


def test_without_a_passphrase_nor_a_keyboard_it_says_that_it_stopped(ready):
    code, err = said(ready.run("show", ready.reference, *ready.key[:2], typed=""))

    assert code == 130
    assert "arrêté avant la fin" in err
