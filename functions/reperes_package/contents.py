"""Our own files of a package: the application, Chalice's runtime, what the build gave."""

from __future__ import annotations

import inspect
import json
import shutil
from pathlib import Path

import chalice
import chalice.app
from pydantic import ValidationError

from chalicelib.arnaque.model import FORM as ARNAQUE
from chalicelib.http.assets import Assets, SiteSettings
from chalicelib.pre_plainte.model import FORM as PRE_PLAINTE
from chalicelib.signalement.model import FORM as SIGNALEMENT
from reperes_package.errors import PackageError


def add_application(functions: Path, assets: Path, package: Path) -> None:
    """Copy app.py, chalicelib and its assets, and the two modules that Chalice deploys."""
    shutil.copytree(
        functions / "chalicelib",
        package / "chalicelib",
        ignore=shutil.ignore_patterns("__pycache__", "*.pyc", "assets"),
    )
    shutil.copy(functions / "app.py", package / "app.py")
    shutil.copytree(assets, package / "chalicelib" / "assets")
    # Chalice deploys nothing more of itself (chalice.deploy.packager, _iter_app_filenames).
    for module in (chalice, chalice.app):
        source = Path(inspect.getfile(module))
        folder = package / "chalice"
        folder.mkdir(exist_ok=True)
        shutil.copy(source, folder / source.name)


def check_assets(assets: Path) -> SiteSettings:
    """What the build gave to the functions, read as they will read it.

    Raises:
        PackageError: a file is missing or wrong, or nobody could open what is sent.
    """
    if not (assets / "settings.json").is_file():
        raise PackageError(f"« {assets} » est vide : lancez d’abord « make build »")
    try:
        for words in sorted((assets / "words").glob("*.json")):
            json.loads(words.read_bytes())
        settings = _read_all(Assets(assets))
    except (OSError, ValueError, KeyError) as error:
        said = "n’a pas la forme attendue" if isinstance(error, ValidationError) else str(error)
        raise PackageError(
            f"les réglages de « {assets} » ne peuvent pas servir : {said}"
        ) from error
    if wrong := Assets(assets).wrong_readers():
        raise PackageError(f"{wrong} (content/site.yaml)")
    if settings.mode == "intake" and not settings.recipients:
        raise PackageError(
            "le mode « intake » demande au moins un destinataire (content/site.yaml, recipients)"
        )
    return settings


def _read_all(assets: Assets) -> SiteSettings:
    assets.page("", "")
    assets.headers("/")
    for form in (PRE_PLAINTE, SIGNALEMENT, ARNAQUE):
        assets.form(form.name)
    return (assets.common, assets.stations, assets.suivi, assets.settings)[-1]
