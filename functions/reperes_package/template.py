"""The CloudFormation template: what Chalice says of the application, and our resources."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml

from reperes_package.errors import PackageError
from reperes_package.headers import add_headers
from reperes_package.target import Target

_CHALICE = [sys.executable, "-c", "from chalice.cli import main; main()"]
_PASSED = ("PATH", "HOME", "LANG", "VIRTUAL_ENV", "PYTHONPATH")


def make_template(target: Target, functions: Path, package: Path) -> dict[str, Any]:
    """The template as `chalice package` writes it, without any credential.

    Raises:
        PackageError: Chalice refuses the settings.
    """
    with tempfile.TemporaryDirectory() as folder:
        project, made = Path(folder) / "project", Path(folder) / "made"
        _stage(target, functions, package, project)
        command = [*_CHALICE, "package", "--stage", target.stage, "--template-format", "yaml"]
        command += ["--merge-template", str(functions / "resources.yaml"), str(made)]
        environ = {name: os.environ[name] for name in _PASSED if name in os.environ}
        environ["AWS_DEFAULT_REGION"] = target.region
        done = subprocess.run(  # noqa: S603 - our own arguments
            command, cwd=project, env=environ, capture_output=True, text=True, check=False
        )
        if done.returncode:
            said = (done.stderr.strip().splitlines() or ["erreur inconnue"])[-1]
            raise PackageError(f"Chalice refuse les réglages de « {target.stage} » : {said}")
        template: dict[str, Any] = yaml.safe_load((made / "sam.yaml").read_text(encoding="utf-8"))
    # Chalice's role may write any log of the account; ours (resources.yaml) may not.
    del template["Resources"]["DefaultRole"]
    headers = package / "chalicelib" / "assets" / "headers.json"
    add_headers(template, json.loads(headers.read_bytes()))
    return template


def make_waf_template(functions: Path) -> dict[str, Any]:
    """The optional web ACL, a stack of its own in us-east-1."""
    text = (functions / "resources_waf.yaml").read_text(encoding="utf-8")
    template: dict[str, Any] = yaml.safe_load(text)
    return template


def as_json(template: dict[str, Any]) -> str:
    """A template, the same text each time."""
    return json.dumps(template, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _stage(target: Target, functions: Path, package: Path, project: Path) -> None:
    """A copy of the project for Chalice, which writes beside it; we bring the libraries."""
    project.mkdir()
    shutil.copy(package / "app.py", project)
    shutil.copytree(package / "chalicelib", project / "chalicelib")
    (project / "requirements.txt").write_text("")
    config = json.loads((functions / ".chalice" / "config.json").read_bytes())
    config["lambda_architecture"] = target.architecture
    (project / ".chalice").mkdir()
    (project / ".chalice" / "config.json").write_text(json.dumps(config))
