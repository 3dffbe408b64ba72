"""An edited guide is shown at once, exactly as a whole build would show it."""

from __future__ import annotations

import gc
import re
import shutil
from pathlib import Path

import pytest
from places import ROOT, TODAY

from site_builder.build import build
from site_builder.errors import ContentRefusedError, SiteBuilderError
from site_builder.new import new_guide
from site_builder.preview import Preview
from site_builder.project import Project

VELO = Path("content/guides/vols/vol-velo.md")
TAGS = Path("content/guides/vols/degradations.md")
KEPT = "Le site montré reste celui d’avant."


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A built project and its preview, for the module: a whole build takes seconds."""
    root = tmp_path_factory.mktemp("preview")
    for name in ("content", "data"):
        shutil.copytree(ROOT / name, root / name)
    preview = Preview(Project(root), TODAY.isoformat(), None)
    assert re.fullmatch(r"\d+ pages construites", preview.start())
    return Project(root), preview


@pytest.fixture
def edit(world):
    """Change a text of a file and tell what the preview says; everything is put back."""
    project, preview = world
    before = {}

    def change(file, old, new):
        path = project.root / file
        text = path.read_text(encoding="utf-8")
        before.setdefault(path, text)
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return list(preview.update({path}))

    yield change
    for path, text in before.items():
        path.write_text(text, encoding="utf-8")
    list(preview.update(set(before)))


def published(project):
    """The site, without what only a whole build renews: copies to keep offline, old indexes."""
    return {
        path.relative_to(project.site).as_posix(): path.read_bytes()
        for path in project.site.rglob("*")
        if path.is_file()
        and "hors-ligne" not in path.parts
        and path.name != "service-worker.js"
        and (path.name == "index.html" or not path.name.startswith("index."))
    }


def test_edited_text_is_shown_as_a_whole_build_would(world, edit):
    project, _ = world

    assert edit(VELO, "Personne n’est là", "Nul n’est là") == [
        "/guides/vols/vol-velo/ est à jour, 1 fichiers changés"
    ]

    page = (project.site / "guides/vols/vol-velo/index.html").read_text(encoding="utf-8")
    assert "Nul n’est là" in page
    shown = published(project)
    build(project, TODAY)
    assert published(project) == shown


def test_new_title_is_shown_wherever_the_guide_is_named(world, edit):
    project, _ = world

    edit(VELO, "title: On m’a volé mon vélo", "title: On m’a pris mon vélo")

    shown = published(project)
    assert "On m’a pris mon vélo" in shown["guides/vols/index.html"].decode()
    build(project, TODAY)
    assert published(project) == shown


def test_mistake_is_told_at_once_and_the_site_stays(world, edit):
    project, _ = world
    before = published(project)

    (told,) = edit(VELO, "Personne n’est là", "<b>Personne</b> n’est là")

    assert told.startswith(f"{VELO}:")
    assert told.endswith(f": HTML dans le texte → écrivez-le en Markdown\n{KEPT}")
    assert published(project) == before
    (again,) = edit(VELO, "<b>Personne</b>", "Personne")
    assert again == "/guides/vols/vol-velo/ est à jour, 0 fichiers changés"


def test_part_that_another_guide_leads_to_cannot_be_renamed_alone(edit):
    edit(TAGS, "## Qui peut vous aider\n", "## Qui peut vous aider\n\n### Au garage\n")
    edit(VELO, "Personne n’est là", "[Voyez](degradations.md#au-garage). Personne n’est là")

    (told,) = edit(TAGS, "### Au garage", "### À la maison")

    assert told.startswith(f"{VELO}:")
    assert "cette page n’a pas de partie « au-garage »" in told


def test_any_other_change_is_a_whole_build_and_a_refusal_is_told_until_it_is_repaired(world, edit):
    project, _ = world
    site = Path("content/site.yaml")

    (told,) = edit(site, "name: Repères", "nom: Repères")
    assert told.endswith(KEPT)
    assert edit(VELO, "Personne n’est là", "Nul n’est là")[1] == told

    (told,) = edit(site, "nom: Repères", "name: Autre nom")
    assert told.startswith("tout le site est à jour, ")
    assert "Autre nom" in (project.site / "index.html").read_text(encoding="utf-8")


def test_wrong_content_does_not_stop_the_preview_of_a_site_built_before(world):
    project, _ = world
    wrong = project.content / "guides" / "vols" / "brouillon.md"
    wrong.write_text("---\ntitle: Un titre\n---\n", encoding="utf-8")
    preview = Preview(project, TODAY.isoformat(), None)
    try:
        told = preview.start()
    finally:
        wrong.unlink()

    assert "content/guides/vols/brouillon.md:" in told
    assert told.endswith(KEPT)
    (shown,) = preview.update({wrong})
    assert shown == "tout le site est à jour, 0 fichiers changés"


def test_new_guide_is_shown_while_it_is_being_written(world):
    project, preview = world
    path = project.root / new_guide(project, "vols", "vol-de-parapluie", ["vols"], TODAY)
    page = project.site / "guides/vols/vol-de-parapluie/index.html"
    try:
        (created,) = preview.update({path})
        assert "À ÉCRIRE" in page.read_text(encoding="utf-8")
        path.write_text(path.read_text("utf-8").replace("À ÉCRIRE.", "Courez."), encoding="utf-8")
        (edited,) = preview.update({path})
    finally:
        path.unlink()
        list(preview.update({path}))

    assert "vol-de-parapluie.md:20: il reste du texte à écrire → complétez" in created
    assert "vol-de-parapluie.md:20: il reste" not in edited
    assert edited.endswith("/guides/vols/vol-de-parapluie/ est à jour, 1 fichiers changés")
    assert not page.exists()


def test_unfinished_text_is_not_shown_where_people_are_served(edit):
    edit(Path("content/site.yaml"), "mode: demo", "mode: preparation")

    (told,) = edit(VELO, "Personne n’est là", "À ÉCRIRE. Personne n’est là")

    assert told.endswith(KEPT)


def test_refused_content_without_a_site_built_before_is_an_error(world, tmp_path):
    project, _ = world
    shutil.copytree(project.content, tmp_path / "content")
    shutil.copytree(project.data, tmp_path / "data")
    (tmp_path / "content" / "contacts.yaml").unlink()

    with pytest.raises(ContentRefusedError, match="le fichier manque"):
        Preview(Project(tmp_path), TODAY.isoformat(), None).start()


def test_a_generator_that_stumbles_is_told_and_the_next_edit_puts_it_right(world, monkeypatch):
    project, preview = world
    contacts = project.root / "content" / "contacts.yaml"

    def stumble(self):
        raise SiteBuilderError("Pelican refuse de construire les alertes")

    with monkeypatch.context() as broken:
        broken.setattr("site_builder.generators.pelican_command.PelicanCommand.finish", stumble)
        (said,) = preview.update({contacts})
    assert said == (
        "Pelican refuse de construire les alertes\nUne partie du site montré reste celle d’avant."
    )

    (said,) = preview.update({contacts})
    assert said.startswith("tout le site est à jour")


def test_a_preview_that_lives_for_hours_keeps_no_more_than_one_site(world):
    project, preview = world
    contacts = project.root / "content" / "contacts.yaml"

    kept = []
    for _ in range(3):
        list(preview.update({contacts}))
        kept.append(len(gc.get_objects()))

    assert kept[2] < kept[0] * 1.02
