"""The hooks of pre-commit fetch nothing, and each command that they run is there."""

from __future__ import annotations

import sys
from pathlib import Path

import yaml
from places import ROOT

HOOKS = [
    hook
    for repository in yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    for hook in repository["hooks"]
    if repository["repo"] == "local"
]


def test_every_hook_is_local():
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))

    assert [repository["repo"] for repository in config["repos"]] == ["local"]


def test_every_command_of_a_hook_is_installed():
    commands = [hook["entry"].split()[0] for hook in HOOKS if hook["language"] == "system"]

    names = {Path(command).name for command in commands if command.startswith(".venv/bin/")}

    assert len(commands) > 5
    assert all(command.startswith(".venv/bin/") for command in commands)
    assert [name for name in names if not (Path(sys.executable).parent / name).exists()] == []
