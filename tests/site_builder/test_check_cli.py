"""What an editor reads after `reperes check`, on a copy of the real content."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from site_builder.cli import main

TODAY = "2026-11-22"
NEW_CONTACT = """essai:
  label: Essai
  name: Service d’essai
  kind: service
  url: https://exemple.fr
  use: Pour les essais.
  sources: [{title: Texte d’essai, as_of: 2026-10-01}]
"""
GUIDE = "content/guides/vols/vol-velo.md"


@pytest.fixture
def check(project_copy: Path, capsys):
    def run(*options: str, today: str = TODAY) -> str:
        main(["--project", str(project_copy), "check", "--today", today, *options])
        return capsys.readouterr().out

    return run


def change(project: Path, file: str, old: str, new: str) -> None:
    path = project / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def group(printed: str, title: str) -> list[str]:
    """The lines under a title of --stale, without what follows the file name."""
    lines = printed.split(f"{title} (")[1].split("\n\n")[0].splitlines()[1:]
    return [line.strip() for line in lines]


def test_good_content_is_three_short_lines(check):
    first, *counts = check().splitlines()

    assert first == "Le contenu est bon."
    assert all(re.fullmatch(r"\d+ .* : « reperes check --\w+ » les montre\.", c) for c in counts)


def test_warnings_are_as_many_as_announced(check):
    announced = int(re.search(r"(\d+) avertissements", check())[1])

    shown = check("--warnings").splitlines()

    assert sum(line.startswith("avertissement : ") for line in shown) == announced


def test_verified_guide_is_stale_after_a_year_and_not_before(check, project_copy):
    title = "Guides à relire sur les pages officielles"
    change(project_copy, GUIDE, "verified_on:", "verified_on: 2026-11-22")

    assert not [line for line in group(check("--stale"), title) if GUIDE in line]
    late = [line for line in group(check("--stale", today="2027-11-23"), title) if GUIDE in line]
    assert len(late) == 1
    assert late[0].endswith("texte le plus récent du 22 novembre 2026, vérifié le 22 novembre 2026")


def test_guide_is_named_when_a_contact_is_newer_than_its_verification(check, project_copy):
    contacts = project_copy / "content/contacts.yaml"
    contacts.write_text(NEW_CONTACT + contacts.read_text(encoding="utf-8"), encoding="utf-8")
    change(project_copy, GUIDE, "verified_on:", "verified_on: 2024-08-01")
    change(project_copy, GUIDE, "contacts: [", "contacts: [essai, ")

    title = "Guides à relire car un contact a changé depuis leur vérification"
    lines = [line for line in group(check("--stale"), title) if "« essai »" in line]

    assert len(lines) == 1
    assert lines[0].startswith(f"{GUIDE}:")
    assert lines[0].endswith(
        "vérifié le 1er août 2024, le contact « essai » date du 1er octobre 2026"
    )


def test_notes_of_contacts_are_shown(check, project_copy):
    change(
        project_copy, "content/contacts.yaml", '  label: "17"', '  review: À voir.\n  label: "17"'
    )

    lines = group(check("--stale"), "Contacts à vérifier : notes de la rédaction")

    assert [line for line in lines if line.endswith("« police-secours » : À voir.")]


def test_every_line_that_shows_a_contact_is_named(check, project_copy):
    change(project_copy, GUIDE, "## Qui peut", "Écrivez à [[perceval]].\n\n## Qui peut")
    change(project_copy, GUIDE, "contacts: [", "contacts: [perceval, ")

    printed = check("--contact", "perceval")

    assert f"  {GUIDE}:9: contacts de l’en-tête\n" in printed
    assert re.search(rf"  {GUIDE}:\d+: Écrivez à \[\[perceval\]\]\.\n", printed)
    assert "  content/orienteur/reponses/perceval.yaml:" in printed
    named = set(re.findall(r"^  (content/\S+?):", printed, flags=re.M))
    assert f"{len(named)} fichiers à relire si ce contact change." in printed


def test_unknown_contact_is_an_error_of_the_command(check, capsys):
    with pytest.raises(SystemExit, match="2"):
        check("--contact", "inconnu")

    assert "« inconnu » n’est pas une clé de content/contacts.yaml" in capsys.readouterr().err
