"""Where a package will run: region, stage, Python, processor. Checked before anything is made."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from chalice.config import Config

from reperes_package.errors import PackageError

# Chalice's and Lambda's names → Linux's, as wheels are tagged.
ARCHITECTURES = {"arm64": "aarch64", "x86_64": "x86_64"}
_REGION = re.compile(r"[a-z]{2}(-[a-z]+)+-[0-9]")
# glibc of the Lambda image: Amazon Linux 2 up to 3.11 (2.26), 2023 from 3.12 on (2.34); the
# same table as `_RUNTIME_GLIBC` of chalice.deploy.packager, read in 1.34.
_GLIBC_MINOR = {(3, 11): 26, (3, 12): 34, (3, 13): 34, (3, 14): 34}
_SETTINGS = {"version", "stages"} | {
    name for name, value in vars(Config).items() if isinstance(value, property)
}
_NEWEST_TAG = 28  # Pillow’s; `native` leaves out what is really too new


@dataclass(frozen=True)
class Target:
    """One deployment."""

    region: str
    stage: str
    architecture: str
    python: tuple[int, int]

    @property
    def runtime(self) -> str:
        """As Lambda names it."""
        return f"python{self.python[0]}.{self.python[1]}"

    @property
    def glibc_minor(self) -> int:
        """2.N of the C library there."""
        return _GLIBC_MINOR[self.python]

    @property
    def platforms(self) -> list[str]:
        """Tags of the wheels to try, the best first; the last ones only run there in part."""
        machine = ARCHITECTURES[self.architecture]
        tags = [f"manylinux_2_{minor}_{machine}" for minor in range(self.glibc_minor, 16, -1)]
        newer = [f"manylinux_2_{n}_{machine}" for n in range(self.glibc_minor + 1, _NEWEST_TAG + 1)]
        return [*tags, f"manylinux2014_{machine}", *newer]


def read_targets(environ: Mapping[str, str], stage: str, functions: Path) -> list[Target]:
    """One target for each processor.

    Raises:
        PackageError: no region, an unknown stage, unreadable settings, or a Python that
            Lambda does not run.
    """
    python = sys.version_info[:2]
    if python not in _GLIBC_MINOR:
        known = ", ".join(f"{major}.{minor}" for major, minor in _GLIBC_MINOR)
        raise PackageError(
            f"Lambda ne fait pas tourner Python {python[0]}.{python[1]} : construisez avec {known}"
        )
    _require_stage(stage, functions / ".chalice" / "config.json")
    region = _region(environ)
    return [Target(region, stage, architecture, python) for architecture in ARCHITECTURES]


def _region(environ: Mapping[str, str]) -> str:
    region = environ.get("AWS_REGION") or environ.get("AWS_DEFAULT_REGION") or ""
    if not region:
        raise PackageError(
            "la région AWS manque : « AWS_DEFAULT_REGION=eu-west-3 make package » pour Paris"
        )
    if not _REGION.fullmatch(region):
        raise PackageError(f"« {region} » n’est pas une région AWS (exemple : eu-west-3)")
    return region


def _require_stage(stage: str, config: Path) -> None:
    settings = _read_settings(config)
    stages = settings.get("stages")
    if not isinstance(stages, dict) or not all(isinstance(each, dict) for each in stages.values()):
        raise PackageError(f"« {config} » n’a pas de « stages »")
    if stage not in stages:
        known = ", ".join(stages)
        raise PackageError(f"le niveau « {stage} » n’existe pas dans « {config} » ({known})")
    # Chalice says nothing of a name that it does not know.
    for name in [*settings, *stages[stage]]:
        if name not in _SETTINGS:
            near = get_close_matches(name, _SETTINGS, 1)
            hint = f" : vouliez-vous dire « {near[0]} » ?" if near else ""
            raise PackageError(f"« {config} » : le réglage « {name} » n’existe pas{hint}")


def _read_settings(config: Path) -> dict[str, Any]:
    try:
        settings = json.loads(config.read_bytes())
    except FileNotFoundError as error:
        raise PackageError(f"« {config} » manque") from error
    except ValueError as error:
        raise PackageError(f"« {config} » n’est pas du JSON valide : {error}") from error
    if not isinstance(settings, dict):
        raise PackageError(f"« {config} » n’est pas une liste de réglages")
    return settings
