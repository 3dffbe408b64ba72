"""The settings that the code reads are those that docs/deployment.md explains."""

import ast
import re

from places import ROOT

NAME = re.compile(r"REPERES_[A-Z_]+")


def names_in_code():
    """Every name that stands alone in a string of the code."""
    files = [*(ROOT / "functions").rglob("*.py"), *(ROOT / "site_builder").rglob("*.py")]
    return {
        node.value
        for file in files
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and NAME.fullmatch(node.value)
    }


def names_in_table():
    """Those of the first column under « Settings »."""
    text = (ROOT / "docs" / "deployment.md").read_text("utf-8")
    section = text.partition("### Settings\n")[2].partition("\n### ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| `")]
    return {name for row in rows for name in NAME.findall(row.split("|")[1])}


def test_every_setting_that_is_read_is_explained_and_the_reverse():
    assert names_in_code() == names_in_table()
    assert "REPERES_SUBMISSIONS_PER_MINUTE" in names_in_table()


def test_no_other_file_names_a_setting_that_nothing_reads():
    files = [ROOT / "Makefile", *(ROOT / "deploy").iterdir(), *(ROOT / "docs").glob("*.md")]
    files += (ROOT / "functions").glob("*.yaml")
    named = {name for file in files for name in NAME.findall(file.read_text("utf-8"))}

    assert named - names_in_code() == {"REPERES_GOLDEN"}  # of the tests, set by `make golden`
