"""Every promise of /vie-privee/ has tests that bear its name, and the threat model lists them."""

import ast
import re
import sqlite3
from functools import cache
from pathlib import Path

import pytest
from places import ROOT, TODAY

from chalicelib.stores.sqlite_rows import SCHEMA
from site_builder.contacts import load_contacts
from site_builder.project import Project
from site_builder.settings import load_settings
from site_builder.theme import Page, Theme

MODES = ("demo", "preparation", "intake")


@cache
def privacy_page(mode, **changes):
    settings, _ = load_settings(Project(ROOT))
    contacts, _ = load_contacts(ROOT / "content" / "contacts.yaml")
    site = settings.model_copy(update={"mode": mode, **changes})
    page = Page("/vie-privee/", "Ce que nous gardons")
    return Theme(site, contacts, TODAY).render("vie_privee.html", page).decode()


def promised(mode):
    return re.findall(r'data-promise="([^"]+)"', privacy_page(mode))


def marked_tests(text, path):
    """(promise, test id) of each `@pytest.mark.promise("…")` of a file."""
    for node in ast.walk(ast.parse(text)):
        for mark in getattr(node, "decorator_list", ()):
            if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.promise":
                assert isinstance(node, ast.FunctionDef) and node.name.startswith("test_"), path
                for promise in mark.args:
                    yield ast.literal_eval(promise), f"{path}::{node.name}"


def kept():
    """Ids of the tests of each promise, by promise."""
    found = {}
    for file in sorted((ROOT / "tests").rglob("test_*.py")):
        text = file.read_text(encoding="utf-8")
        if "mark.promise" in text:
            for promise, test in marked_tests(text, file.relative_to(ROOT).as_posix()):
                found.setdefault(promise, []).append(test)
    return {promise: sorted(tests) for promise, tests in found.items()}


def listed():
    """The table of the threat model: ids of tests by promise."""
    text = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \|.*\| (`tests/.*) \|$", text, re.MULTILINE)
    return {promise: sorted(re.findall(r"`(tests/[^`]+)`", tests)) for promise, tests in rows}


def test_a_promise_is_written_once_on_a_page():
    for mode in MODES:
        ids = promised(mode)
        assert len(ids) >= 7
        assert sorted(set(ids)) == sorted(ids)


def test_every_promise_has_a_test_that_bears_its_name():
    on_a_page = {promise for mode in MODES for promise in promised(mode)}

    assert set(kept()) == on_a_page


def test_the_threat_model_lists_the_same_promises_and_the_same_tests():
    assert listed() == kept()


def test_a_promise_without_a_test_would_be_seen():
    text = '@pytest.mark.promise("a", "b")\ndef test_x(): ...\ndef test_y(): ...\n'

    assert list(marked_tests(text, "t.py")) == [("a", "t.py::test_x"), ("b", "t.py::test_x")]


@pytest.mark.parametrize("mode", ["demo", "intake"])
def test_the_page_tells_the_days_of_the_settings(mode):
    settings, _ = load_settings(Project(ROOT))
    shorter = settings.retention.model_copy(update={"pre_plainte_days": 17, "signalement_days": 23})

    text = privacy_page(mode, retention=shorter)

    assert "17 jours après l’envoi" in text
    assert "23 jours après le dernier message" in text


def test_each_mode_says_what_is_true_there():
    assert "phrase secrète de démonstration est connue de tous" in privacy_page("demo")
    assert (
        "démonstration" not in privacy_page("intake").partition("<h1>")[2].partition("<footer")[0]
    )
    assert "sealed" not in promised("preparation")
    assert "preparation-sends-nothing" not in promised("intake")


def test_what_cannot_be_hidden_is_said_in_every_mode():
    for mode in MODES:
        main = privacy_page(mode).partition("<h2>Ce que nous ne pouvons pas cacher</h2>")[2]
        for word in ("historique", "appareil surveillé", "opérateur", "hébergeur", "Tor"):
            assert word in main, (mode, word)


def test_the_markers_are_registered():
    assert "promise(" in (Path(ROOT) / "pyproject.toml").read_text(encoding="utf-8")


def test_the_threat_model_names_every_column_that_is_held():
    held = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")

    with sqlite3.connect(":memory:") as base:
        base.executescript(SCHEMA)
        tables = [
            name for (name,) in base.execute("select name from sqlite_master where type = 'table'")
        ]
        columns = [
            f"{t}.{row[1]}" for t in tables for row in base.execute(f"pragma table_info({t})")
        ]
    base.close()

    assert len(columns) >= 14
    assert [column for column in columns if f"`{column}`" not in held] == []
