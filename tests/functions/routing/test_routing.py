"""Each record is sealed to its own agents, and always to somebody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from intake_world import FORMS, SIGNALEMENT, World, make_assets
from pydantic import ValidationError
from pyrage import DecryptError, x25519

from chalicelib.intake import derive, seal
from chalicelib.routing.model import Route, themes_of
from chalicelib.routing.routing import Readers, Routing, make_routing

IDENTITIES = {
    name: x25519.Identity.generate() for name in ("general", "violences", "lyon", "chief", "demo")
}
KEYS = {name: str(identity.to_public()) for name, identity in IDENTITIES.items()}
ROUTES = [
    {"name": "violences", "themes": ["violences"], "recipients": [KEYS["violences"]]},
    {
        "name": "lyon",
        "forms": ["pre-plainte"],
        "postcodes": ["69"],
        "recipients": [KEYS["lyon"], KEYS["violences"]],
    },
]


def made(mode="intake", demo="", routes=ROUTES, recipients=(KEYS["general"],), supervisors=()):
    given = tuple(Route.model_validate(route) for route in routes)
    return make_routing(mode, tuple(recipients), tuple(supervisors), given, demo)


@pytest.fixture
def world(tmp_path):
    settings = {"recipients": [KEYS["general"]], "supervisors": [KEYS["chief"]], "routes": ROUTES}
    with World(make_assets(tmp_path / "assets", **settings), tmp_path / "state") as world:
        yield world


def readers_of(ciphertext):
    """The names of those who open it."""
    found = set()
    for name, identity in IDENTITIES.items():
        try:
            seal.unseal(ciphertext, [identity])
        except DecryptError:
            continue
        found.add(name)
    return found


@pytest.mark.parametrize(
    ("form", "changes", "readers"),
    [
        ("signalement", {"theme": "violences"}, {"violences", "chief"}),
        ("signalement", {"theme": "deal"}, {"general", "chief"}),
        ("pre-plainte", {"violence": "yes"}, {"violences", "chief"}),
        ("pre-plainte", {"place_postcode": "69002"}, {"lyon", "violences", "chief"}),
        ("pre-plainte", {"place_postcode": ""}, {"general", "chief"}),
        ("arnaque", {}, {"general", "chief"}),
    ],
)
def test_a_record_opens_for_its_route_and_for_supervisors_only(world, form, changes, readers):
    world.press(world.checked(form, {**FORMS[form], **changes}), "confirmer")

    (record,) = world.store.all(world.now)
    assert readers_of(record.ciphertext) == readers


def test_what_is_added_later_goes_to_those_who_read_the_record(world):
    code = world.press(
        world.checked(fields={**SIGNALEMENT, "theme": "violences"}), "confirmer"
    ).code
    opened = world.post("/api/suivi", {"code": code})
    world.press(opened, "ecrire", message="Cela recommence.")
    world.upload(world.post("/api/suivi", {"code": code}), "note.txt", b"une note")

    (record,) = world.store.all(world.now)
    (message,) = world.store.messages(record.key, world.now)
    (file,) = world.services.attachments().of(record.key, world.now)
    assert readers_of(message.ciphertext) == {"violences", "chief"}
    assert readers_of(file.ciphertext) == {"violences", "chief"}


def test_the_store_cannot_tell_which_route_a_record_took(world):
    for theme in ("violences", "deal"):
        world.press(world.checked(fields={**SIGNALEMENT, "theme": theme}), "confirmer")
    world.press(
        world.checked("pre-plainte", {**FORMS["pre-plainte"], "place_postcode": "69002"}),
        "confirmer",
    )

    records = list(world.store.all(world.now))
    marks = [record.follow_route for record in records]
    assert {record.ciphertext.count(b"-> X25519 ") for record in records} == {3}
    assert len({len(mark) for mark in marks}) == 1
    assert len(set(marks)) == 3  # the same route has another mark for each code
    assert derive.route_mark("A" * 20, "") not in marks


def test_without_a_code_nothing_of_the_route_is_kept(world):
    world.press(world.checked(fields={**SIGNALEMENT, "follow_up": "no"}), "confirmer")

    assert [record.follow_route for record in world.store.all(world.now)] == [""]


def test_a_route_that_was_taken_away_falls_back_on_the_default_group(world, tmp_path):
    violence = world.checked(fields={**SIGNALEMENT, "theme": "violences"})
    code = world.press(violence, "confirmer").code
    make_assets(tmp_path / "assets", recipients=[KEYS["general"]], routes=[])

    world.press(world.post("/api/suivi", {"code": code}), "ecrire", message="Toujours là.")

    (record,) = world.store.all(world.now)
    (message,) = world.store.messages(record.key, world.now)
    assert readers_of(message.ciphertext) == {"general"}


@pytest.mark.parametrize("unusable", ["age1faux", KEYS["demo"], KEYS["demo"].upper()])
def test_a_route_whose_keys_cannot_be_used_is_never_sealed_to_nobody(unusable):
    routes = [{"name": "violences", "themes": ["violences"], "recipients": [unusable]}]

    assert made(demo=KEYS["demo"], routes=routes).readers("violences").keys == (KEYS["general"],)


KEY = st.sampled_from([*KEYS.values(), KEYS["demo"].upper(), "age1faux", ""])
GROUP = st.lists(KEY, max_size=3)


@given(
    st.sampled_from(["demo", "intake"]),
    GROUP,
    GROUP,
    st.lists(st.lists(KEY, min_size=1, max_size=3), max_size=3),
    st.sampled_from(["", KEYS["demo"]]),
)
def test_whatever_the_settings_a_record_is_sealed_to_somebody_who_may_read_it(
    mode, recipients, supervisors, groups, demo
):
    routes = [{"name": f"r{n}", "recipients": group} for n, group in enumerate(groups)]

    routing = made(mode, demo, routes, recipients, supervisors)

    sizes = set()
    for name in (*routing.names, "taken-away") if routing.default else ():
        readers = routing.readers(name)
        sizes.add(len(readers.keys) + readers.decoys)
        assert set(readers.keys) <= set(KEYS.values())
        assert mode == "demo" or not demo or demo not in readers.keys
        assert readers.keys
        seal.seal({}, readers.keys, readers.decoys)
    assert len(sizes) <= 1


def test_without_a_default_group_nothing_is_received_whatever_the_routes():
    assert made(recipients=()).default == ()
    assert made(recipients=[KEYS["demo"]], demo=KEYS["demo"]).default == ()
    assert made(mode="preparation") == Routing()


def test_in_a_demonstration_the_demo_key_reads_everything():
    demo = made(mode="demo", demo=KEYS["demo"], recipients=())

    assert all(KEYS["demo"] in demo.readers(name).keys for name in demo.names)
    assert demo.default == (KEYS["demo"],)


def test_the_first_route_that_takes_a_record_is_its_route():
    answers = {"violence": "yes", "place_postcode": "69001"}

    assert made().route_of("pre-plainte", answers) == "violences"
    assert made(routes=ROUTES[::-1]).route_of("pre-plainte", answers) == "lyon"


def test_every_condition_of_a_route_must_hold():
    lyon = Route.model_validate({**ROUTES[1], "stations": ["commissariat-1"]})

    assert lyon.takes("pre-plainte", {"place_postcode": "69001", "station": "commissariat-1"})
    assert not lyon.takes("arnaque", {"place_postcode": "69001", "station": "commissariat-1"})
    assert not lyon.takes("pre-plainte", {"place_postcode": "69001"})
    assert not lyon.takes("pre-plainte", {"place_postcode": "01000", "station": "commissariat-1"})


def test_what_a_record_is_about_is_read_in_any_form():
    assert themes_of({"theme": "deal"}) == {"deal"}
    assert themes_of({"offence": "vol", "violence": "yes"}) == {"vol", "violences"}
    assert themes_of({"kind": "faux_site"}) == {"faux_site"}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"forms": ["plainte"]}, "« plainte » n’est aucun de : pre-plainte"),
        ({"themes": ["violence"]}, "« violence » n’est aucun de : deal"),
        ({"postcodes": ["6"]}, "« 6 » n’est pas un début de code postal"),
        ({"postcodes": ["2A"]}, "« 2A » n’est pas un début de code postal"),
    ],
)
def test_a_condition_that_nothing_can_meet_is_refused(changes, said):
    with pytest.raises(ValidationError, match=said):
        Route.model_validate({**ROUTES[0], **changes})


def test_the_mark_of_readers_depends_on_the_keys_alone():
    assert Readers(("b", "a")).mark == Readers(("a", "b"), decoys=3).mark
    assert Readers(("a",)).mark != Readers(("b",)).mark
