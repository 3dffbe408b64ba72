"""The real flows: every choice leads on, and real situations end on the right answer."""

from pathlib import Path

import pytest
import yaml

from site_builder.contacts import load_contacts
from site_builder.orienteur.check import check_flows
from site_builder.orienteur.graph import Graph
from site_builder.orienteur.load import load_flows
from site_builder.orienteur.walk import guides_by_outcome, outcomes_by_guide, walk

ROOT = Path(__file__).parents[3]
SITUATIONS = yaml.safe_load((Path(__file__).parent / "situations.yaml").read_text("utf-8"))
ORIENTEUR, PROBLEMS = load_flows(ROOT / "content")
WALK = walk(ORIENTEUR)
GRAPH = Graph(ORIENTEUR)
QUESTIONS = [node for node in GRAPH.nodes if ORIENTEUR.question(node)]


def guides_on_disk(*themes):
    folders = [ROOT / "content" / "guides" / theme for theme in themes or ["*"]]
    return {path.stem for folder in folders for path in folder.parent.glob(f"{folder.name}/*.md")}


def follow(labels):
    """The stop at the end of the choices, each named by the beginning of its label."""
    stop = WALK.stops[0]
    for label in labels:
        found = {
            choice.label: after
            for choice, after in WALK.after[stop]
            if choice.label.startswith(label)
        }
        exact = {key: after for key, after in found.items() if key == label}
        assert len(exact or found) == 1, f"{stop.node}: « {label} » → {sorted(found)}"
        (stop,) = (exact or found).values()
    return stop


def test_real_content_loads_without_a_problem():
    assert PROBLEMS == []


def test_real_flows_pass_every_check():
    contacts, _ = load_contacts(ROOT / "content" / "contacts.yaml")

    problems = check_flows(ORIENTEUR, contacts, guides_on_disk())

    assert [str(problem) for problem in problems] == []


@pytest.mark.parametrize("node", QUESTIONS)
def test_every_choice_leads_to_a_page(node):
    for _, choice, to in GRAPH.choices(node):
        assert to in GRAPH.nodes, choice.label


def test_every_page_goes_on_or_answers():
    ends = {stop.node for stop in WALK.stops if not WALK.after[stop]}

    assert ends == {node for node in GRAPH.nodes if node.startswith("reponses/")}


def test_there_are_at_least_sixty_situations():
    assert len(SITUATIONS) >= 60


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda case: case["dit"][:40])
def test_situation_ends_on_the_right_answer(situation):
    stop = follow(situation["choix"])

    assert stop.node == f"reponses/{situation['reponse']}"
    assert stop.carried.guide == situation.get("guide", stop.carried.guide)


def test_every_outcome_is_the_end_of_a_situation():
    """An answer that nobody's story reaches is an answer that nobody has thought through."""
    told = {situation["reponse"] for situation in SITUATIONS}

    assert set(ORIENTEUR.outcomes) - told == set()


def test_every_guide_on_a_situation_is_shown_by_an_answer():
    guides = guides_on_disk("arnaques", "menaces", "vols", "violences")

    assert guides - set(outcomes_by_guide(ORIENTEUR)) == set()


def test_the_two_mappings_say_the_same():
    pairs = {(o, g) for g, outcomes in outcomes_by_guide(ORIENTEUR).items() for o in outcomes}

    assert pairs == {(o, g) for o, guides in guides_by_outcome(ORIENTEUR).items() for g in guides}


def test_plainte_en_ligne_is_never_offered_for_a_known_author_threats_or_violence():
    """Facts: property, author unknown, adult or legal representative."""
    before = {
        stop.node
        for after in WALK.stops
        for stop in WALK.before[after]
        if after.node == "reponses/plainte-en-ligne"
    }

    assert before == {"vols/franceconnect"}


def test_sexual_offences_never_lead_to_a_complaint_at_a_distance():
    distant = {"reponses/plainte-en-ligne", "reponses/visioplainte", "reponses/preparer-plainte"}
    waiting, seen = ["violences/sexuel"], set()
    while waiting:
        node = waiting.pop()
        seen.add(node)
        waiting += [to for to in GRAPH.edges[node] if to not in seen]

    assert seen & distant == set()
