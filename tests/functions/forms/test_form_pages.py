import json

import pytest
from intake_world import Page, make_assets

from chalicelib.forms.render import FormPages
from chalicelib.forms.view import Typed
from chalicelib.forms.words import CommonWords, FormWords, fill
from chalicelib.pre_plainte.model import FORM as PRE_PLAINTE
from chalicelib.signalement.model import FORM as SIGNALEMENT


class Answer:
    status_code = 200

    def __init__(self, html):
        self.headers, self.body = {}, html.encode()


def words(folder, name, kind):
    return kind.model_validate(json.loads((folder / "words" / f"{name}.json").read_text()))


@pytest.fixture
def make_pages(tmp_path):
    folder = make_assets(tmp_path)

    def make(form, mode="intake"):
        common = words(folder, "commun", CommonWords)
        return FormPages(form, words(folder, form.name, FormWords), common, mode)

    return make


@pytest.mark.parametrize("form", [PRE_PLAINTE, SIGNALEMENT])
def test_what_was_typed_is_kept_and_never_becomes_markup(make_pages, form):
    nasty = "</textarea><script>alert('1')</script> & \"guillemets\""
    fields = {name: [nasty] for name, _ in form.fields()}

    html = make_pages(form).form(Typed(fields), form.retention)

    page = Page(Answer(html))
    assert "<script" not in html
    assert page.fields["facts"] == [nasty]
    assert page.fields["place"] == [nasty]


def test_only_the_identified_form_lets_the_browser_fill_it_in(make_pages):
    identified = make_pages(PRE_PLAINTE).form(Typed(), PRE_PLAINTE.retention)
    anonymous = make_pages(SIGNALEMENT).form(Typed(), SIGNALEMENT.retention)

    assert 'autocomplete="family-name"' in identified
    assert 'autocomplete="bday"' in identified
    assert set(_values_of(anonymous, "autocomplete")) == {"off"}


def test_each_error_is_linked_to_its_field_in_the_order_of_the_page(make_pages):
    typed = Typed({}, {"when": "required", "theme": "required"})

    html = make_pages(SIGNALEMENT).form(typed, SIGNALEMENT.retention)

    assert html.index('href="#theme"') < html.index('href="#when"') < html.index('id="theme"')
    assert 'aria-describedby="theme-why" aria-invalid="true"' in html


def test_every_label_belongs_to_one_control(make_pages):
    html = make_pages(PRE_PLAINTE).form(Typed(), PRE_PLAINTE.retention)

    ids = list(_values_of(html, "id"))
    assert len(ids) == len(set(ids))
    assert set(_values_of(html, "for")) <= set(ids)


def test_in_demo_the_button_says_that_nobody_reads(make_pages):
    html = make_pages(SIGNALEMENT, "demo").check({"theme": "deal"}, "t", "", [])

    assert "démonstration" in html[html.index('value="confirmer"') :][:80]


@pytest.mark.promise("preparation-sends-nothing")
def test_in_preparation_the_form_has_no_action_at_all(make_pages):
    html = make_pages(PRE_PLAINTE, "preparation").form(Typed(), PRE_PLAINTE.retention)

    assert "<form" in html
    assert "action=" not in html
    assert "<button" not in html


def test_unknown_braces_stay():
    assert fill("{days} {autre}", {"days": "90"}) == "90 {autre}"


def _values_of(html, attribute):
    parts = html.split(f' {attribute}="')[1:]
    return [part.partition('"')[0] for part in parts]


def test_in_preparation_some_objects_can_be_written_without_any_button(make_pages):
    html = make_pages(PRE_PLAINTE, "preparation").form(Typed(), PRE_PLAINTE.retention)

    assert 'name="objects.2.label"' in html
    assert "formaction" not in html
