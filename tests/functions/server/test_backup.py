"""A backup is restored by putting the file back; the records in it still open."""

import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from intake_world import AGENT, SIGNALEMENT

from chalicelib.intake import follow, seal
from chalicelib.stores.sqlite import SqliteSubmissionStore
from reperes_server.backup import back_up
from reperes_server.errors import ServerError


def database(world):
    return world.state / "submissions.sqlite"


def test_a_copy_made_under_writing_restores_and_opens(world, tmp_path):
    """The copy is made while the store is open, its last writes still in its log."""
    sent = world.press(world.checked(), "confirmer")
    copy = tmp_path / "copy.sqlite"

    assert back_up(database(world), copy) == 1
    world.press(world.checked(), "confirmer")  # after the copy: not in it

    restored = tmp_path / "restored"
    restored.mkdir()
    shutil.copy(copy, restored / "submissions.sqlite")
    store = SqliteSubmissionStore(restored / "submissions.sqlite")
    record = store.find_by_reference(sent.reference, world.now)
    assert [each.reference for each in store.all(world.now)] == [sent.reference]
    assert seal.unseal(record.ciphertext, [AGENT])["answers"]["facts"] == SIGNALEMENT["facts"]
    assert list(follow.opened(store.messages(record.key, world.now), sent.reference, AGENT)) == []
    store.close()


def test_a_restored_store_still_answers_to_the_code(world, tmp_path):
    sent = world.press(world.checked(), "confirmer")
    copy = tmp_path / "copy.sqlite"
    back_up(database(world), copy)
    world.store.close()
    for file in world.state.glob("submissions.sqlite*"):
        file.unlink()

    shutil.copy(copy, database(world))
    world.store = SqliteSubmissionStore(database(world))

    assert sent.reference in world.post("/api/suivi", {"code": sent.code}).text


def test_only_its_owner_reads_a_copy_and_it_holds_no_secret(world, tmp_path):
    sent = world.press(world.checked(), "confirmer")
    copy = tmp_path / "copy.sqlite"
    back_up(database(world), copy)

    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    held = copy.read_bytes()
    for secret in (SIGNALEMENT["facts"].encode(), sent.code.replace("-", "").encode()):
        assert secret not in held


def test_an_older_copy_is_never_overwritten(world, tmp_path):
    copy = tmp_path / "copy.sqlite"
    copy.write_text("older")

    with pytest.raises(ServerError, match="existe déjà"):
        back_up(database(world), copy)

    assert copy.read_text() == "older"


def test_the_command_says_what_is_missing(tmp_path):
    command = [sys.executable, "-m", "reperes_server.backup", "--state", str(tmp_path)]

    done = subprocess.run(
        [*command, str(tmp_path / "copy")], capture_output=True, text=True, check=False
    )

    assert done.returncode == 2
    assert "rien n’a encore été reçu" in done.stderr
    assert not Path(tmp_path / "copy").exists()
