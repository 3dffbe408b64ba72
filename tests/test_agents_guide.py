"""The agents' guide names every command, every option and every message that really exist."""

from __future__ import annotations

import ast
import re

import pytest
import yaml
from places import ROOT

from chalicelib.digest import HOUR_NAME, TO_NAME
from chalicelib.mail.smtp import FROM_NAME, URL_NAME
from chalicelib.routing.model import FORMS, THEMES, Route
from reperes_desk import cli, errors
from reperes_desk.trail import ACTIONS

TEXT = (ROOT / "docs" / "agents.md").read_text(encoding="utf-8")
COMMANDS = cli.desk.commands
CALLS = re.findall(r"reperes-desk ([a-z][^`\n]*)", TEXT)
ROWS = re.findall(r"^\| `([^`]+)` \| ", TEXT.split("## Chaque message d’erreur")[1], flags=re.M)
ERRORS = {name for name in vars(errors) if name.endswith("Error")}


def options_of(name: str) -> set[str]:
    shared = {option for p in cli.desk.params for option in p.opts}
    return shared | {option for p in COMMANDS[name].params for option in p.opts}


def sentences() -> set[str]:
    """Each sentence that a command may stop with, its variable parts as `…`."""
    found = set()
    for path in sorted((ROOT / "functions" / "reperes_desk").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ERRORS and node.args:
                found |= {said for said in [sentence(node.args[0])] if said}
    return found


def sentence(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        parts = (v.value if isinstance(v, ast.Constant) else "…" for v in node.values)
        return "".join(map(str, parts))
    return ""


def as_pattern(row: str) -> re.Pattern[str]:
    return re.compile(".+?".join(re.escape(part) for part in row.split("…")))


def is_explained(said: str) -> bool:
    spoken = said.replace("…", "x")
    return any(as_pattern(row).fullmatch(spoken) for row in ROWS) or any(
        as_pattern(said).fullmatch(row) for row in ROWS
    )


@pytest.mark.parametrize("call", CALLS)
def test_every_command_and_option_of_the_text_exists(call):
    name, *words = call.split()

    assert name in COMMANDS
    options = {word for word in words if word.startswith("--")}
    assert options <= options_of(name)


def test_every_command_is_in_the_table():
    table = TEXT.split("## Chaque commande")[1].split("\n## ")[0]

    assert [name for name in COMMANDS if f"| `reperes-desk {name}" not in table] == []


def test_every_option_of_a_list_is_told():
    told = TEXT.split("## Chaque commande")[1].split("\n## ")[0]
    own = {o for p in COMMANDS["list"].params for o in p.opts} - {
        "--json",
        "--identity",
        "--passphrase-file",
    }

    assert [
        option for option in own if f"`{option}`" not in told and f" {option}`" not in told
    ] == []


@pytest.mark.parametrize("said", sorted(sentences()))
def test_every_message_is_explained(said):
    assert is_explained(said)


def test_every_explained_message_exists():
    known = sentences() | {"la base des dossiers ne répond pas"}

    for row in ROWS:
        spoken = row.replace("…", "x")
        assert any(as_pattern(said).fullmatch(spoken) for said in known), row


def test_the_example_of_routes_can_be_used():
    example = re.search(r"```yaml\n(.*?)```", TEXT, re.S)
    assert example is not None
    routes = [Route.model_validate(route) for route in yaml.safe_load(example[1])["routes"]]

    assert {name for route in routes for name in route.model_fields_set} == set(Route.model_fields)
    assert all(name in TEXT for name in FORMS)
    assert {theme for route in routes for theme in route.themes} <= set(THEMES)


def test_what_the_environment_may_say_is_told():
    names = {URL_NAME, FROM_NAME, TO_NAME, HOUR_NAME}
    names |= {str(p.envvar) for p in cli.desk.params if p.envvar}

    assert [
        name for name in names if f"`{name}`" not in TEXT and f"export {name}=" not in TEXT
    ] == []


def test_the_exit_codes_are_those_of_the_program():
    told = set(re.findall(r"^\| `(\d+)` \|", TEXT, re.M))

    assert {str(getattr(errors, name).exit_code) for name in ERRORS} | {"0", "130"} == told


def test_the_trail_says_of_which_acts_it_is_made():
    part = TEXT.split("## Le journal")[1].split("\n## ")[0]
    said = ("Lire", "prendre les fichiers", "répondre", "changer l’état", "confier", "terminer")

    assert len(ACTIONS) == len(said) + 1
    assert all(act in part for act in (*said, "exporter"))


def test_the_list_of_parts_leads_somewhere():
    headings = re.findall(r"^## (.*)$", TEXT, re.M)
    known = {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in headings}

    assert set(re.findall(r"\(#([^)]+)\)", TEXT)) <= known
