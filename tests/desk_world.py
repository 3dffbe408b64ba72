"""`reperes-desk` as agents and scripts run it, over a state folder where one thing was received."""

from datetime import UTC, datetime

from age_files import PASSPHRASE, write_identity
from click.testing import CliRunner
from intake_world import World, make_assets
from pyrage import x25519

from reperes_desk import cli


class Agent:
    """Somebody who has an identity; `key` are the options that unlock it."""

    def __init__(self, folder, name="agent"):
        self.name, self.identity = name, x25519.Identity.generate()
        self.file = folder / f"{name}.age"
        self.public = write_identity(self.file, self.identity)
        (folder / "passphrase").write_text(f"{PASSPHRASE}\n")
        self.key = ["--identity", self.file, "--passphrase-file", folder / "passphrase"]


class Desk:
    """A state folder, an agent who reads it, and a person who writes."""

    def __init__(self, folder, agent, **settings):
        self.folder, self.agent, self.key = folder, agent, agent.key
        self.settings = {"recipients": [agent.public], **settings}
        self.assets = make_assets(folder / "assets", **self.settings)
        self.world = World(self.assets, folder / "state")
        self.world.now = datetime.now(UTC)  # the desk is a program: it reads the real clock
        self._base = ["--state", folder / "state", "--assets", self.assets]

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.world.store.close()

    def set(self, **settings):
        """Build the site again with other settings."""
        self.settings |= settings
        make_assets(self.assets, **self.settings)

    def received(self, form="signalement", fields=None):
        """The acknowledgement of something that a person sends."""
        return self.world.press(self.world.checked(form, fields), "confirmer")

    def follow(self, code, action, **changes):
        """What a person does at /suivi/ with their code."""
        opened = self.world.post("/api/suivi", {"code": code})
        return self.world.press(opened, action, **changes) if action else opened

    def record(self, reference):
        return self.world.store.find_by_reference(reference, self.world.now)

    def run(self, *arguments, base=None, typed=None):
        return run([*(base or self._base), *arguments], typed)


def run(arguments, typed=None):
    """Exit code, standard output and standard error."""
    with CliRunner().isolation(input=typed) as (out, err, _):
        try:
            cli.main([str(argument) for argument in arguments])
            code = 0
        except SystemExit as exit:
            code = exit.code
        return code, out.getvalue().decode(), err.getvalue().decode()
