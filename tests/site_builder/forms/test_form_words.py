"""Words and rules say the same things, and every gap is told at once with its line."""

import copy
from pathlib import Path

import pytest

from site_builder.contacts import load_contacts
from site_builder.forms.codes import error_codes
from site_builder.forms.registry import FORMS
from site_builder.forms.words import FOLDER, SCHEMAS, check_words, load_words
from site_builder.problems import Problem

ROOT = Path(__file__).parents[3]
WORDS, _ = load_words(ROOT / "content")
CONTACTS, _ = load_contacts(ROOT / "content" / "contacts.yaml")
FORM_FILE = FOLDER / "signalement.yaml"


def spoiled(form, *path, to=None, drop=False):
    words = copy.deepcopy(WORDS)
    inner = words[form]
    for key in path[:-1]:
        inner = inner[key]
    if drop:
        del inner[path[-1]]
    else:
        inner[path[-1]] = to
    return words


def messages(words):
    return [str(problem) for problem in check_words(words, CONTACTS)]


def test_the_words_of_the_site_are_complete():
    words, problems = load_words(ROOT / "content")

    assert problems == []
    assert set(words) == set(SCHEMAS)
    assert check_words(words, CONTACTS) == []


def test_a_question_without_words_is_told():
    words = spoiled("signalement", "fields", "place", drop=True)

    assert check_words(words) == [
        Problem(
            FORM_FILE,
            0,
            "« fields › place » manque : le formulaire s’en sert",
            "ajoutez cette clé",
        )
    ]


def test_words_without_a_question_are_told():
    words = spoiled("signalement", "fields", "nom", to={"label": "Votre nom"})

    assert messages(words) == [
        f"{FORM_FILE}: « fields › nom » ne sert à rien → vérifiez l’orthographe ou supprimez-la"
    ]


def test_an_answer_without_words_is_told():
    words = spoiled("signalement", "fields", "theme", "choices", "deal", drop=True)

    assert "« fields › theme › choices › deal » manque" in messages(words)[0]


def test_an_error_without_a_sentence_anywhere_is_told():
    words = spoiled("commun", "errors", "date_future", drop=True)

    assert [m for m in messages(words) if "birth_date › errors › date_future » manque" in m]


def test_a_section_or_a_status_without_words_is_told():
    assert (
        "« sections › where » manque"
        in messages(spoiled("signalement", "sections", "where", drop=True))[0]
    )
    assert (
        "« statuses › read » manque" in messages(spoiled("suivi", "statuses", "read", drop=True))[0]
    )


def test_an_unknown_contact_is_told_wherever_it_is_named():
    words = spoiled("signalement", "gate", "danger", "text", to=["Appelez le [[dix-sept]]"])

    assert "« dix-sept » n’est pas dans content/contacts.yaml" in messages(words)[0]


def broken(folder, text):
    (folder / "formulaires").mkdir()
    for file in (ROOT / "content" / "formulaires").glob("*.yaml"):
        (folder / "formulaires" / file.name).write_text(file.read_text("utf-8"), "utf-8")
    (folder / "formulaires" / "signalement.yaml").write_text(text, "utf-8")
    return load_words(folder)


def test_an_unknown_key_is_told_with_its_line(tmp_path):
    words, problems = broken(tmp_path, "kind: form\nfields:\n  theme: {labell: x}\n")

    assert "signalement" not in words
    assert [p.line for p in problems if "labell" in p.message] == [3]
    assert check_words(words) == []


def test_a_file_that_is_not_yaml_is_told_with_its_line(tmp_path):
    words, (problem,) = broken(tmp_path, "kind: form\nform: [\n")

    assert "signalement" not in words
    assert (problem.path, problem.line > 1) == (FORM_FILE, True)


def test_a_missing_file_is_told(tmp_path):
    _, problems = load_words(tmp_path)

    assert [problem.path.stem for problem in problems] == list(SCHEMAS)
    assert check_words({}) == []


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_limits_and_needs_have_codes(form):
    codes = {name: error_codes(field) for name, field in form.fields()}

    assert {"required", "too_short", "too_long"} <= codes["facts"]
    assert {"required", "choice"} <= codes["when"]


def test_french_words_use_french_typography():
    for name, words in WORDS.items():
        for sentence in sentences(words):
            assert "'" not in sentence, (name, sentence)
            assert '"' not in sentence, (name, sentence)


def sentences(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from sentences(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from sentences(item)
