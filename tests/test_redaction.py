"""The editors' guide explains every message, every key and every command that really exist."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
import yaml
from golden_world import CASES, make_project, run
from places import ROOT

from site_builder.alertes.model import AlerteKind, AlerteMeta
from site_builder.cli import reperes
from site_builder.contacts import Contact, Source
from site_builder.front_matter import Document
from site_builder.guides.check import GUIDE_PLAN, MAX_WORDS, MIN_WORDS
from site_builder.guides.model import GuideMeta
from site_builder.text.readability import check_readability

TEXT = (ROOT / "docs" / "redaction.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `([^`]+)` \| ", TEXT.split("## Chaque message, expliqué")[1], flags=re.M)
# `path:line: message → hint`, as every problem is printed.
LINE = re.compile(r"(?:content|data)/[^:]+(?::\d+)?: (?P<message>.*)")


def pattern(row: str) -> re.Pattern[str]:
    return re.compile(".+?".join(re.escape(part) for part in row.split("…")))


def messages() -> set[str]:
    """What the golden cases print, without the file, the line and the hint."""
    lines = [line for case in CASES for line in (case / "expected.txt").read_text().splitlines()]
    for case in sorted((ROOT / "tests/site_builder/orienteur/problems").glob("*.yaml")):
        lines += yaml.safe_load(case.read_text(encoding="utf-8"))["problems"]
    found = (LINE.match(line) for line in lines)
    return {match["message"].rsplit(" → ", 1)[0] for match in found if match}


def warnings() -> set[str]:
    body = "mot " * 30 + ". anticonstitutionnellement"
    document = Document(Path("content/x.md"), {}, body, 1)
    return {p.message for p in check_readability(document)} | {"« Brigade » : aucun téléphone"}


def answers(project: Path) -> set[str]:
    """What the command itself answers to mistakes."""
    commands = [
        ("new", "guide", "vol", "x"),
        ("new", "guide", "vols", "Vol"),
        ("new", "guide", "vols", "vol-velo"),
        ("new", "alerte", "x", "--kind", "zut"),
        ("check", "--contact", "zut"),
    ]
    lines = {line for command in commands for line in run(project, *command)[0]}
    lines.add("reperes : « hier » n’est pas un jour AAAA-MM-JJ")
    lines.add("reperes : aucun dossier avec content/site.yaml ici ni au-dessus")
    return lines | {"Rien n’a été publié : corrigez ces points, puis recommencez."}


@pytest.mark.parametrize("message", sorted(messages() | warnings()))
def test_message_is_explained(message):
    assert [row for row in ROWS if pattern(row).fullmatch(message)] != []


def test_every_explained_message_exists(tmp_path):
    known = messages() | warnings() | answers(make_project(tmp_path))

    assert [row for row in ROWS if not any(pattern(row).fullmatch(m) for m in known)] == []


def test_every_answer_of_the_command_is_explained(tmp_path):
    for answer in answers(make_project(tmp_path)):
        assert [row for row in ROWS if pattern(row).fullmatch(answer)] != [], answer


@pytest.mark.parametrize("model", [GuideMeta, AlerteMeta, Contact, Source])
def test_every_key_is_explained(model):
    keys = set(model.model_fields) - {"key"}  # the key of a contact is its first line

    assert {key for key in keys if not re.search(rf"`{key}[`:]|^ +-? ?{key}:", TEXT, re.M)} == set()


def test_the_plan_and_the_limits_are_those_that_are_checked():
    plan = TEXT.split("\n## Le plan d’un guide\n")[1]
    positions = [plan.index(f"`## {heading}`") for choices in GUIDE_PLAN for heading in choices]

    assert positions == sorted(positions)
    assert f"de {MIN_WORDS} à {MAX_WORDS} mots" in TEXT
    assert all(f"`{kind}`" in TEXT for kind in AlerteKind)


def test_every_command_and_option_of_the_text_exists():
    for words in re.findall(r"^\.venv/bin/reperes (.*)$|`\.venv/bin/reperes (.*?)`", TEXT, re.M):
        arguments = "".join(words).split()
        command: click.Command = reperes
        while isinstance(command, click.Group):
            found = command.get_command(click.Context(command), arguments.pop(0))
            assert found is not None
            command = found
        options = {option for p in command.params for option in p.opts}
        assert {word for word in arguments if word.startswith("--")} <= options


def test_every_make_target_of_the_text_exists():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    for target in set(re.findall(r"\bmake ([a-z]+)", TEXT)):
        assert f"\n{target}:" in makefile


def test_the_list_of_parts_leads_somewhere():
    headings = re.findall(r"^## (.*)$", TEXT, re.M)
    # As forges write them: lower case, accents kept, marks removed.
    known = {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in headings}

    assert set(re.findall(r"^\d+\. \[.*\]\(#([^)]+)\)$", TEXT, re.M)) == known
