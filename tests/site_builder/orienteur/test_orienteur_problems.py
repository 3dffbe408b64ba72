"""Golden cases: one mistake in an otherwise good orienteur, and all that is said of it.

A case of problems/ holds `change` (in which file, which text is replaced by which) or `files`
(whole files), and `problems`, the lines printed. A new case is a new file.
"""

from pathlib import Path

import pytest
import yaml
from orienteur_world import CONTACTS, FILES, GUIDES, write_content

from site_builder.orienteur.check import check_flows
from site_builder.orienteur.load import load_flows

CASES = sorted((Path(__file__).parent / "problems").glob("*.yaml"))


def problems_of(content):
    orienteur, problems = load_flows(content)
    if not problems:
        problems = check_flows(orienteur, CONTACTS, GUIDES)
    return [str(problem) for problem in problems]


def test_the_unspoiled_orienteur_has_no_problem(tmp_path):
    assert problems_of(write_content(tmp_path)) == []


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_mistake_is_told_with_its_line_and_a_hint(case, tmp_path):
    data = yaml.safe_load(case.read_text(encoding="utf-8"))
    files = dict(data.get("files", {}))
    for name, change in data.get("change", {}).items():
        assert change["replace"] in FILES[name]
        files[name] = FILES[name].replace(change["replace"], change["by"])

    problems = problems_of(write_content(tmp_path, **files))

    assert problems == data["problems"]


def test_file_that_is_not_utf8_is_named(tmp_path):
    text = FILES["vols.yaml"].replace("volé", "vol\xe9").encode("latin-1", errors="replace")

    problems = problems_of(write_content(tmp_path, **{"vols.yaml": text}))

    assert problems[0] == (
        "content/orienteur/vols.yaml:5: le fichier n’est pas en UTF-8"
        " → enregistrez le fichier en UTF-8 dans votre éditeur"
    )


def test_huge_file_is_refused_without_being_read(tmp_path):
    problems = problems_of(write_content(tmp_path, **{"vols.yaml": "#" * 200_000}))

    assert problems[0] == (
        "content/orienteur/vols.yaml: le fichier pèse 200 ko (limite 100)"
        " → coupez-le en deux parcours"
    )
