"""The accessibility statement says no more than what the tests keep."""

import ast
import re
from pathlib import Path

import pytest
from places import ROOT, TODAY

from site_builder.contacts import load_contacts
from site_builder.pages.accessibility import (
    Criterion,
    load_statement,
    numbers,
    render_accessibility,
)
from site_builder.project import Project
from site_builder.settings import load_settings
from site_builder.theme import Theme

# Criteria of each of the thirteen themes of the RGAA 4.1.
HOW_MANY = [9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12]


def page(**operator) -> str:
    settings, _ = load_settings(Project(ROOT))
    contacts, _ = load_contacts(ROOT / "content" / "contacts.yaml")
    site = settings.model_copy(update={"operator": settings.operator.model_copy(update=operator)})
    return render_accessibility(Theme(site, contacts, TODAY)).body.decode()


def test_every_criterion_has_one_line_and_one_state():
    said = [number for key, _ in load_statement().lines() for number in numbers(key)]

    assert said == [f"{t}.{n}" for t, many in enumerate(HOW_MANY, 1) for n in range(1, many + 1)]
    assert len(said) == 106


def test_every_test_that_is_named_exists():
    wanted = load_statement().tests.values()

    missing = [test for test in wanted if not exists(*test.split("::"))]

    assert missing == []


def exists(file: str, name: str) -> bool:
    tree = ast.parse((Path(ROOT) / file).read_text(encoding="utf-8"))
    return any(isinstance(node, ast.FunctionDef) and node.name == name for node in tree.body)


def test_every_claim_names_known_tests_and_every_test_serves_a_claim():
    statement = load_statement()
    claims = [criterion for _, criterion in statement.lines()] + list(statement.beyond)

    named = {name for criterion in claims for name in criterion.tested}

    assert named == set(statement.tests)
    assert all(criterion.tested for criterion in statement.beyond)


def test_a_criterion_without_anything_is_not_claimed():
    assert Criterion(what="x").state == "unseen"
    with pytest.raises(ValueError, match="nothing is concerned"):
        Criterion(what="x", tested=("axe",), none="rien")


def test_the_page_counts_every_criterion_and_claims_no_rate():
    text = page()

    counts = re.findall(r"<strong>(\d+) (?:sont|est|n’ont)", text)
    assert sum(map(int, counts)) == 106
    assert "Aucun audit" in text
    assert "%" not in text.partition("<h1>")[2].partition("<footer")[0]


def test_the_page_says_to_whom_to_write_or_that_nobody_is_named_yet():
    assert 'href="mailto:aide@exemple.fr"' in page(email="aide@exemple.fr")
    assert "n’a pas encore donné d’adresse" in page(email="")
