"""Whatever an editor writes, loading tells problems; it never stops on an exception."""

from __future__ import annotations

import pytest

from site_builder.changes import load_changes
from site_builder.contacts import load_contacts
from site_builder.forms.words import load_words
from site_builder.front_matter import read_document
from site_builder.orienteur.load import load_flows
from site_builder.project import Project
from site_builder.settings import load_settings

JUNK = [
    b"",
    b"\x00",
    b"\xff\xfe",
    b"un mot",
    b"- 1\n- [2]\n- null\n",
    b"a: [1]\n",
    b"a: 1\n",
    b"17: {label: x}\n",
    b"null: {}\n",
    b"? {a: b}\n: c\n",
    b"? [a, b]\n: c\n",
    b"a: 2026-13-45\n",
    b"a: *absent\n",
    b"a: !!python/object:os.system x\n",
    b"a: &a [*a]\n",
    b"a:\n\t- b\n",
    b"---\na: 1\n---\nb: 2\n",
    b"a: {" + b"[" * 20_000,
]
FILES = {
    "content/contacts.yaml": lambda root: load_contacts(root / "content/contacts.yaml"),
    "content/site.yaml": lambda root: load_settings(Project(root)),
    "content/changements.yaml": lambda root: load_changes(root / "content"),
    "content/orienteur/vols.yaml": lambda root: load_flows(root / "content"),
    "content/orienteur/depart.yaml": lambda root: load_flows(root / "content"),
    "content/orienteur/reponses/appeler-17.yaml": lambda root: load_flows(root / "content"),
    "content/orienteur/references/sources.yaml": lambda root: load_flows(root / "content"),
    "content/formulaires/commun.yaml": lambda root: load_words(root / "content"),
    "content/formulaires/signalement.yaml": lambda root: load_words(root / "content"),
}


@pytest.mark.parametrize("junk", JUNK, ids=lambda junk: repr(junk)[:24])
@pytest.mark.parametrize("file", FILES)
def test_junk_is_told_with_the_name_of_its_file(file, junk, tmp_path):
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_bytes(junk)

    _, problems = FILES[file](tmp_path)

    assert file in {problem.path.as_posix() for problem in problems}


@pytest.mark.parametrize("junk", JUNK, ids=lambda junk: repr(junk)[:24])
@pytest.mark.parametrize("wrap", [b"%b", b"---\n%b\n---\nTexte.\n"])
def test_junk_in_front_matter_is_told_or_read(wrap, junk, tmp_path):
    path = tmp_path / "essai.md"
    path.write_bytes(wrap % junk)

    document, problems = read_document(tmp_path, path)

    assert (document is None) == (problems != [])


def test_folder_named_like_a_text_is_told(tmp_path):
    (tmp_path / "essai.md").mkdir()

    _, (problem,) = read_document(tmp_path, tmp_path / "essai.md")

    assert str(problem) == "essai.md: le fichier ne peut pas être lu → est-ce bien un fichier ?"
