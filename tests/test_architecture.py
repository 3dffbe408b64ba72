"""The import rules of docs/architecture.md, kept by a test rather than by memory."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TRADES = ("alertes", "forms", "guides", "orienteur", "search", "stations")

# folder → modules that it must never import
FORBIDDEN = {
    "site_builder": (
        "chalice",
        "boto3",
        "pelican",  # AGPL: run as a command, never imported
        "chalicelib.http",
        "chalicelib.intake",
        "chalicelib.stores",
        "reperes_server",
        "reperes_desk",
    ),
    "functions": ("site_builder", "mkdocs", "pelican"),
    "functions/chalicelib": ("reperes_server", "reperes_desk", "reperes_document"),
    "functions/chalicelib/intake": ("chalice", "boto3", "sqlite3", "chalicelib.stores"),
    "functions/chalicelib/stores": ("chalice", "chalicelib.http", "chalicelib.signalement"),
} | {
    f"site_builder/{trade}": (
        "mkdocs",
        *(f"site_builder.{other}" for other in TRADES if other != trade),
    )
    for trade in TRADES
}


def imported_modules(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("folder", FORBIDDEN)
def test_folder_imports_nothing_forbidden(folder):
    found = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in sorted((ROOT / folder).rglob("*.py"))
        for module in imported_modules(path)
        for name in FORBIDDEN[folder]
        if f"{module}.".startswith(f"{name}.")
    ]
    assert found == []


def test_only_the_generators_know_mkdocs():
    found = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "site_builder").rglob("*.py"))
        if any(module.split(".")[0] == "mkdocs" for module in imported_modules(path))
    ]
    assert found == ["site_builder/generators/guides_mkdocs.py"]


def test_every_package_of_ours_is_installed(tmp_path):
    """Tests find packages by their folder: a command run from elsewhere does not."""
    ours = [file.parent.name for file in sorted((ROOT / "functions").glob("*/__init__.py"))]
    assert "chalicelib" in ours
    code = f"import {', '.join([*ours, 'site_builder'])}"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=tmp_path)
