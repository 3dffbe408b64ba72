"""What leaves the desk in clear: asked for by name, private, and readable years later."""

import io
import json
import stat

import pypdf
import pytest
from intake_world import PRE_PLAINTE

MARK = "Un tag bleu en forme d’ancre près de la porte."


def text_of(file):
    pages = pypdf.PdfReader(io.BytesIO(file.read_bytes())).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


@pytest.fixture
def preplainte(desk, tmp_path):
    """A pré-plainte with an answer, a message and a file."""
    sent = desk.received("pre-plainte", {**PRE_PLAINTE, "facts": MARK})
    desk.follow(sent.code, "ecrire", message="J’ai retrouvé la facture.")
    desk.world.upload(desk.follow(sent.code, None), "facture.txt", b"une facture")
    (tmp_path / "reponse.txt").write_text("Le rendez-vous est pris.\n", "utf-8")
    desk.run("reply", sent.reference, "--file", tmp_path / "reponse.txt", *desk.key)
    return sent.reference


def test_a_document_holds_all_that_was_written_and_said(desk, preplainte, tmp_path):
    code, out, err = desk.run(
        "export", preplainte, "--format", "pdf", "--output", tmp_path / "sortie", *desk.key
    )

    file = tmp_path / "sortie" / f"{preplainte}.pdf"
    said = text_of(file)
    assert (code, err) == (0, "")
    assert "1 dossier dans" in out
    for part in (preplainte, MARK, "J’ai retrouvé la facture.", "Le rendez-vous est pris."):
        assert part in said
    assert "facture.txt" in said
    assert "Ce n’est ni une plainte, ni un procès-verbal" in said
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_document_is_tagged_for_those_who_listen_to_it(desk, preplainte, tmp_path):
    desk.run("export", preplainte, "--format", "pdf", "--output", tmp_path / "sortie", *desk.key)

    catalog = pypdf.PdfReader(tmp_path / "sortie" / f"{preplainte}.pdf").trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"].startswith("fr")


def test_each_record_is_a_document_of_its_own(desk, preplainte, tmp_path):
    desk.run("export", "--format", "pdf", "--output", tmp_path / "sortie", *desk.key)

    names = sorted(file.name for file in (tmp_path / "sortie").iterdir())
    assert names == sorted([f"{preplainte}.pdf", f"{desk.reference}.pdf"])


def test_a_document_is_never_written_over_another(desk, tmp_path):
    for expected in (0, 2):
        code, _, err = desk.run(
            "export", "--format", "pdf", "--output", tmp_path / "sortie", *desk.key
        )
        assert code == expected
    assert "existe déjà" in err


def test_only_what_is_asked_for_is_exported(desk, preplainte, tmp_path):
    desk.run("export", preplainte, "--output", tmp_path / "e.json", *desk.key)

    (row,) = json.loads((tmp_path / "e.json").read_text("utf-8"))
    assert (row["reference"], row["answers"]["facts"]) == (preplainte, MARK)
    assert desk.run("export", "SIG-0000-0000-0000", "--output", tmp_path / "x", *desk.key)[0] == 1
    assert not (tmp_path / "x").exists()


def test_a_folder_that_cannot_be_written_is_a_sentence(desk, tmp_path):
    (tmp_path / "fichier").write_text("x")

    for output in (tmp_path / "fichier" / "e.json", tmp_path / "absent" / "e.json"):
        code, _, err = desk.run("export", "--output", output, *desk.key)
        assert (code, "ne peut pas être écrit" in err) == (2, True)
