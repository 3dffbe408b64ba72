"""A station is chosen from a list that the server draws; nobody has to know where to go."""

import json

import pytest
from intake_world import PRE_PLAINTE, STATIONS

from chalicelib.forms.stations import Stations, departements_of

BORDEAUX = "commissariat-33063"


def pressed(world, **fields):
    """The form after « Montrer les commissariats et brigades »."""
    return world.post("/api/pre-plainte", {**PRE_PLAINTE, **fields, "action": "stations"})


def test_the_postcode_of_the_place_shows_the_stations_of_its_departement(world):
    page = pressed(world)
    assert page.status == 200
    assert "Bordeaux – Commissariat de police de Bordeaux" in page.text
    assert "Ajaccio" not in page.text
    assert page.fields["facts"] == [PRE_PLAINTE["facts"]]


def test_without_a_place_the_postcode_of_the_person_does(world):
    page = pressed(world, place_postcode="", postcode="97400")
    assert "Saint-Denis" in page.text
    assert "Bordeaux –" not in page.text


@pytest.mark.parametrize("postcode", ["", "98800", "3300"])
def test_without_a_postcode_of_ours_another_way_is_told(world, postcode):
    page = pressed(world, place_postcode=postcode)
    assert page.status == 200
    assert "Vérifiez le code postal" in page.errors["station"]
    assert "écrire le nom plus bas" in page.errors["station"]
    assert page.fields["facts"] == [PRE_PLAINTE["facts"]]


def test_the_chosen_one_is_read_again_and_its_id_reaches_the_agents(world):
    check = world.checked("pre-plainte", {**PRE_PLAINTE, "station": BORDEAUX})
    assert "Bordeaux – Commissariat de police de Bordeaux" in check.text
    world.press(check, "confirmer")
    assert world.opened()[0]["answers"]["station"] == BORDEAUX


def test_the_chosen_one_stays_chosen_when_the_page_is_drawn_again(world):
    page = pressed(world, station=BORDEAUX, place_postcode="20000")
    assert page.fields["station"] == [BORDEAUX]
    assert "Ajaccio" in page.text
    assert "Bastia" in page.text


def test_a_station_that_is_not_ours_is_refused_and_named(world):
    page = world.post(
        "/api/pre-plainte", {**PRE_PLAINTE, "station": "inconnue", "action": "verifier"}
    )
    assert page.status == 422
    assert "n’est plus dans notre liste" in page.errors["station"]


def test_who_does_not_know_may_leave_it_or_write_a_name(world):
    check = world.checked("pre-plainte", {**PRE_PLAINTE, "station": "", "station_text": "Mérignac"})
    assert "Mérignac" in check.text
    assert "Je ne sais pas" in pressed(world).text


def test_a_program_is_held_to_the_same_list(world):
    answers = {**PRE_PLAINTE, "truth": True, "contact_email": True, "station": "inconnue"}
    body = json.dumps({"answers": answers}).encode()
    page = world.request("POST", "/api/pre-plainte/check", body, content_type="application/json")
    assert page.status == 422
    assert "station_unknown" in page.html


@pytest.mark.parametrize("form", ["signalement", "arnaque"])
def test_an_anonymous_form_has_no_such_button(world, form):
    assert world.post(f"/api/{form}", {"action": "stations"}).status == 400


@pytest.mark.parametrize(
    ("postcode", "found"),
    [
        ("33000", ("33",)),
        ("33 000", ("33",)),
        ("20200", ("2a", "2b")),
        ("97400", ("974",)),
        ("98800", ("988",)),
        ("3300", ()),
        ("٣٣٠٠٠", ()),
        ("abcde", ()),
        ("", ()),
    ],
)
def test_a_postcode_tells_its_departement(postcode, found):
    assert departements_of(postcode) == found


def test_the_nearest_reason_comes_first():
    stations = Stations(json.dumps(STATIONS).encode())
    around = stations.around(["97400", "33000", "33200"])
    assert [one.commune for one in around] == ["Saint-Denis", "Bordeaux", "Andernos-les-Bains"]
