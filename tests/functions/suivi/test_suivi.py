import pytest

from chalicelib.intake.ports import Status


@pytest.fixture
def sent(world):
    return world.press(world.checked(), "confirmer")


@pytest.mark.parametrize(
    "typed",
    [str, str.lower, lambda code: f" {code.replace('-', ' ')} ", lambda c: c.replace("0", "O")],
)
def test_the_code_opens_however_it_is_typed(world, sent, typed):
    page = world.post("/api/suivi", {"code": typed(sent.code)})

    assert page.status == 200
    assert page.reference == sent.reference
    assert "Reçu" in page.text
    assert "20 février 2027" in page.text


@pytest.mark.promise("not-shown-again")
def test_what_was_written_is_not_shown_again(world, sent):
    page = world.post("/api/suivi", {"code": sent.code})

    assert "point de vente" not in page.text
    assert sent.code not in page.text


@pytest.mark.parametrize("status", list(Status))
def test_every_status_has_plain_words(world, sent, status):
    (record,) = world.store.all(world.now)
    world.store.set_status(record.key, status)

    page = world.post("/api/suivi", {"code": sent.code})

    assert world.services.assets().suivi.statuses[status].title in page.text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("", "Écrivez votre code"), ("7K2M", "n’est pas complet"), ("0000-" * 5, "Aucun dossier")],
)
def test_a_wrong_code_is_kept_and_explained(world, sent, typed, sentence):
    page = world.post("/api/suivi", {"code": typed})

    assert page.status == 422
    assert sentence in page.errors["code"]
    assert page.fields["code"] == [typed]


@pytest.mark.promise("erased-in-time")
def test_after_its_expiry_the_code_opens_nothing(world, sent):
    world.later(days=91)

    assert world.post("/api/suivi", {"code": sent.code}).status == 422
