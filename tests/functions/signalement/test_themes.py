"""Each theme has short fields of its own, all of them optional."""

import re
from typing import get_args

import pytest
from intake_world import ROOT, SIGNALEMENT

from chalicelib.signalement.model import Signalement, Theme

CSS = ROOT / "site_builder" / "theme" / "components" / "declaration" / "declaration.css"
OWN = {
    "deal": {"habits": "le soir après 20 heures"},
    "violences": {"children": "yes"},
    "menaces": {"means": ["telephone", "reseaux"]},
    "harcelement": {"means": ["messages"]},
    "degradations": {"damage": "la porte du hall"},
    "contenu": {"urls": "https://exemple.fr/page"},
    "disparition": {"last_seen": "hier soir, à l’arrêt de bus", "children": "unknown"},
    "autre": {},
}


def test_every_theme_is_here():
    assert list(OWN) == list(get_args(Theme))


@pytest.mark.parametrize("theme", OWN)
def test_the_short_fields_of_a_theme_reach_the_agents(world, theme):
    check = world.checked(fields={**SIGNALEMENT, "theme": theme, **OWN[theme]})
    world.press(check, "confirmer")

    answers = world.opened()[0]["answers"]
    sent = {name: [value] if name == "urls" else value for name, value in OWN[theme].items()}
    assert {name: answers[name] for name in sent} == sent


@pytest.mark.parametrize("theme", OWN)
def test_none_of_them_is_asked_for(world, theme):
    assert world.checked(fields={**SIGNALEMENT, "theme": theme}).status == 200


def test_the_style_hides_the_fields_of_other_themes_only():
    """Choices are numbered in the order of the model: `#theme-0` is the first theme."""
    themes, shown = list(OWN), {}
    rule = (
        r"\.declaration:has\(\[name=theme\]:checked\)((?::not\(:has\(#theme-\d:checked\)\))+)"
        r" \[data-field=(\w+)\]:not\(\.wrong\)"
    )
    for numbers, field in re.findall(rule, CSS.read_text("utf-8")):
        shown[field] = {themes[int(number)] for number in re.findall(r"#theme-(\d)", numbers)}
    expected = {}
    for theme, fields in OWN.items():
        for field in fields:
            if field != "urls":  # of use to several themes: always shown
                expected.setdefault(field, set()).add(theme)
    assert shown == expected
    assert set(shown) <= set(Signalement.model_fields)
