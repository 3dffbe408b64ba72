"""What an agent reads of the answers."""

from intake_world import PRE_PLAINTE

from reperes_desk.words import labelled


def read(world_answers, assets):
    return dict(labelled("pre-plainte", world_answers, assets))


def test_the_chosen_station_is_named(world, assets):
    fields = {**PRE_PLAINTE, "station": "commissariat-33063"}
    world.press(world.checked("pre-plainte", fields), "confirmer")
    answers = world.opened()[0]["answers"]
    said = read(answers, assets)["Commissariat ou brigade où vous voulez aller"]
    assert said == "Bordeaux – Commissariat de police de Bordeaux"


def test_a_station_that_has_left_the_list_is_shown_as_stored(world, assets):
    answers = {"station": "ancienne-1"}
    assert read(answers, assets)["Commissariat ou brigade où vous voulez aller"] == "ancienne-1"
    (assets / "stations.json").unlink()
    assert "ancienne-1" in read(answers, assets).values()
