"""Nobody is written to who has not asked for it."""

from intake_world import PRE_PLAINTE

CONSENTS = ("contact_email", "contact_sms", "truth")


def test_no_box_is_ticked_beforehand(world):
    page = world.post("/api/pre-plainte", {"action": "modifier"})
    for name in CONSENTS:
        assert f'name="{name}"' in page.html
        assert name not in page.fields  # a box that is not ticked posts nothing


def test_what_was_accepted_is_under_the_seal_and_the_rest_is_not_there(world):
    world.press(world.checked("pre-plainte", {**PRE_PLAINTE, "contact_email": "yes"}), "confirmer")
    answers = world.opened()[0]["answers"]
    assert answers["contact_email"] is True
    assert "contact_sms" not in answers


def test_the_route_has_two_ends(world):
    fields = {**PRE_PLAINTE, "place_kind": "route", "place": "gare", "place_end": "mairie"}
    check = world.checked("pre-plainte", fields)
    world.press(check, "confirmer")
    assert "Où le trajet s’arrêtait-il" in check.text
    assert world.opened()[0]["answers"]["place_end"] == "mairie"
