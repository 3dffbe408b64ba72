"""What the tests of the package share: assets as the site's build makes them, and packages."""

import json
import zipfile
from pathlib import Path

from intake_world import AGENT

from reperes_package.cli import build
from reperes_package.target import read_targets
from site_builder.contacts import load_contacts
from site_builder.forms.words import load_words
from site_builder.functions_assets import functions_assets, write_assets
from site_builder.project import Project
from site_builder.settings import load_settings
from site_builder.stations.choices import station_list
from site_builder.theme import Theme

ROOT = Path(__file__).parents[1]
FUNCTIONS = ROOT / "functions"
REGION = {"AWS_DEFAULT_REGION": "eu-west-3"}


def write_real_assets(folder, today):
    """The real shell, headers and words; open, with one agent who reads."""
    project = Project(ROOT)
    site, _ = load_settings(project)
    contacts, _ = load_contacts(project.content / "contacts.yaml")
    words, _ = load_words(project.content)
    outputs = functions_assets(Theme(site, contacts, today), site, words)
    write_assets([*outputs, station_list([])], folder)
    settings = folder / "settings.json"
    opened = {"mode": "intake", "recipients": [str(AGENT.to_public())]}
    settings.write_text(json.dumps({**json.loads(settings.read_text("utf-8")), **opened}), "utf-8")
    return folder


class Packages:
    """One package for each processor, made when it is first asked for."""

    def __init__(self, assets, folder):
        self._assets = assets
        self._folder = folder
        targets = read_targets(REGION, "prod", FUNCTIONS)
        self.targets = {target.architecture: target for target in targets}

    def archive(self, architecture):
        """Its zip."""
        archive = self._folder / architecture / "deployment.zip"
        if not archive.is_file():
            build(self.targets[architecture], self._assets, self._folder / architecture)
        return archive

    def again(self, architecture):
        """The same package, made anew elsewhere."""
        folder = self._folder / f"{architecture}-again"
        return build(self.targets[architecture], self._assets, folder)

    def template(self, architecture):
        """Its CloudFormation template."""
        self.archive(architecture)
        return json.loads((self._folder / architecture / "template.json").read_text("utf-8"))

    def unpacked(self, architecture):
        """Its files, as Lambda unpacks them."""
        folder = self._folder / f"{architecture}-unpacked"
        if not folder.is_dir():
            with zipfile.ZipFile(self.archive(architecture)) as archive:
                archive.extractall(folder)
        return folder
