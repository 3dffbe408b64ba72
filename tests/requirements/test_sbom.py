"""What Repères is made of is known, licensed, and what the repository carries is intact."""

import ast
import importlib.util
import re

import pytest
from places import ROOT

# Run as commands, never imported: their licences ask for more than ours (docs/adr/0001).
COMMANDS_ONLY = {"docutils", "pelican", "Unidecode"}


@pytest.fixture(scope="module")
def sbom():
    spec = importlib.util.spec_from_file_location("sbom", ROOT / "requirements" / "sbom.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def components(sbom):
    return sbom.bill()["components"]


def test_every_locked_library_is_in_the_bill(sbom, components):
    known = {sbom.canonical(each["name"]) for each in components}
    text = (ROOT / "requirements" / "run.txt").read_text("utf-8")
    # `NAME==VERSION ; mark`: for other machines than this one, perhaps.
    elsewhere = {sbom.canonical(name) for name in re.findall(r"^([\w.-]+)==\S+ *;", text, re.M)}

    assert set(sbom.locked()) - known <= elsewhere
    assert "minisearch" in known


def test_every_component_has_a_licence(sbom, components):
    assert [each["name"] for each in components if not sbom.licences(each)] == []


def test_every_library_has_its_hashes(sbom):
    assert [name for name, hashes in sbom.locked().items() if not hashes] == []


def test_nothing_that_we_import_asks_for_more_than_our_licence(sbom, components):
    copyleft = {
        each["name"]
        for each in components
        if re.search(r"\b(A?GPL|GNU General)", sbom.licences(each))
    }
    imported = {
        alias.split(".")[0].lower()
        for folder in ("site_builder", "functions")
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        for alias in (
            [each.name for each in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }

    assert copyleft <= COMMANDS_ONLY
    assert imported & {name.lower() for name in copyleft} == set()


def test_what_the_repository_carries_is_what_its_readme_tells(sbom):
    carried = {path.name for path in sbom.VENDOR.iterdir() if path.suffix == ".js"}

    assert {f"{each['name']}.js" for each in sbom.vendored()} == carried
    for each in sbom.vendored():
        assert (sbom.VENDOR / f"{each['name']}.LICENSE.txt").is_file()


def test_a_changed_script_is_refused(sbom, tmp_path, monkeypatch):
    for path in sbom.VENDOR.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    with (tmp_path / "minisearch.js").open("a") as script:
        script.write("\n// one more line")
    monkeypatch.setattr(sbom, "VENDOR", tmp_path)

    with pytest.raises(SystemExit, match="minisearch"):
        list(sbom.vendored())


def test_requirements_carry_no_address():
    for path in [*(ROOT / "requirements").glob("*.txt"), ROOT / "functions" / "requirements.txt"]:
        text = path.read_text("utf-8")
        assert not re.search(r"https?://|--(extra-)?index-url|--find-links| @ ", text), path.name
