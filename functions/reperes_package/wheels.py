"""The libraries of functions/requirements.txt as wheels for the target, pruned."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from reperes_package.aws_models import OPERATIONS, cut_models
from reperes_package.errors import PackageError
from reperes_package.native import keep_loadable
from reperes_package.target import Target

# Never imported by the functions: a second pydantic, type stubs, command lines, what Pillow
# does beside reading and writing JPEG, PNG and WebP.
_UNUSED = re.compile(
    r"pydantic/(v1|deprecated/__pycache__|mypy\.py)"
    r"|PIL/_(avif|imagingcms|imagingft|imagingmath|imagingmorph|imagingtk)\."
    r"|.*\.(pyi|typed)$|.*/(tests?|_tests)/|(bin|.*\.data)/"
)
_BOTOCORE_DATA = re.compile(rf"botocore/data/(({'|'.join(OPERATIONS)})/|[^/]+\.json$)")


def add_wheels(target: Target, requirements: Path, package: Path, cache: Path) -> None:
    """Unpack every locked wheel into `package`.

    Raises:
        PackageError: a wheel cannot be had for this processor and this Python.
    """
    folder = cache / f"{target.runtime}-{target.architecture}"
    shutil.rmtree(folder, ignore_errors=True)
    _download(target, requirements, folder)
    for wheel in sorted(folder.glob("*.whl")):
        _unpack(wheel, package)
    keep_loadable(package, target.glibc_minor)
    cut_models(package / "botocore" / "data")


def _download(target: Target, requirements: Path, folder: Path) -> None:
    version = f"{target.python[0]}.{target.python[1]}"
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    command += ["--no-deps", "--require-hashes", "--only-binary", ":all:", "--dest", str(folder)]
    command += ["--implementation", "cp", "--python-version", version]
    for platform in target.platforms:
        command += ["--platform", platform]
    command += ["--requirement", str(requirements)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own arguments
    if done.returncode:
        raise PackageError(f"{_reason(done.stderr)} pour {target.architecture}, Python {version}")


def _reason(stderr: str) -> str:
    missing = re.search(r"No matching distribution found for (\S+)", stderr)
    if missing:
        return f"il n’y a pas de « wheel » de {missing[1]}"
    if "DO NOT MATCH THE HASHES" in stderr:
        return "une bibliothèque téléchargée n’a pas l’empreinte attendue"
    lines = [line for line in stderr.splitlines() if line.startswith("ERROR")]
    said = lines[-1].removeprefix("ERROR:").strip() if lines else "erreur inconnue"
    return f"pip n’a pas pu télécharger les bibliothèques ({said})"


def _unpack(wheel: Path, package: Path) -> None:
    name = wheel.name.split("-", 1)[0]
    with zipfile.ZipFile(wheel) as archive:
        for member in archive.namelist():
            kept = _kept_as(member, name)
            if not kept:
                continue
            file = package / kept
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(archive.read(member))


def _kept_as(member: str, name: str) -> str:
    """Where a file of a wheel goes; empty when the functions have no use for it."""
    if member.endswith("/"):
        return ""
    if ".dist-info/" in member:
        # Licences travel with the code; the rest of the metadata only slows pydantic down.
        inside = member.split(".dist-info/", 1)[1]
        is_licence = re.match(r"(licenses?/)?.*(licen[cs]e|notice|copying|authors)", inside, re.I)
        return f"licenses/{name}/{Path(inside).name}" if is_licence else ""
    if member.startswith("botocore/data/") and not _BOTOCORE_DATA.match(member):
        return ""
    return "" if _UNUSED.match(member) else member
