"""Objects 0 to 20, added and removed by submit buttons, as without JavaScript."""

import pytest
from intake_world import PRE_PLAINTE

BIKE = {
    "objects.0.category": "cycle",
    "objects.0.damage": "vole",
    "objects.0.label": "vélo de ville bleu",
    "objects.0.amount": "450",
}
PHONE = {
    "objects.1.category": "telephone",
    "objects.1.damage": "vole",
    "objects.1.label": "téléphone",
    "objects.1.imei": "49 015420 323751 8",
    "objects.1.amount": "300,50",
    "objects.1.quantity": "2",
}


def draw(world, **fields):
    return world.post("/api/pre-plainte", {**PRE_PLAINTE, **fields})


def objects_of(page):
    return sorted({int(name.split(".")[1]) for name in page.fields if name.startswith("objects.")})


def test_a_button_adds_an_object_and_keeps_everything(world):
    page = draw(world, action="ajouter.objects")

    assert page.status == 200
    assert page.errors == {}
    assert objects_of(page) == [0]
    assert page.fields["facts"] == [PRE_PLAINTE["facts"]]


def test_what_was_written_of_an_object_is_kept_when_another_is_added(world):
    page = draw(world, **BIKE, action="ajouter.objects")

    assert objects_of(page) == [0, 1]
    assert page.fields["objects.0.label"] == ["vélo de ville bleu"]
    assert page.fields["objects.1.label"] == [""]


def test_a_button_removes_the_one_it_stands_under(world):
    page = draw(world, **BIKE, **PHONE, action="retirer.objects.0")

    assert objects_of(page) == [0]
    assert page.fields["objects.0.label"] == ["téléphone"]


def test_objects_reach_the_agent_and_the_recap_with_their_total(world):
    check = draw(world, **BIKE, **PHONE, action="verifier")
    sent = world.press(check, "confirmer")

    (record,) = world.opened()
    assert record["answers"]["objects"] == [
        {"category": "cycle", "damage": "vole", "label": "vélo de ville bleu", "amount": "450.00"},
        {
            "category": "telephone",
            "damage": "vole",
            "label": "téléphone",
            "imei": "490154203237518",
            "amount": "300.50",
            "quantity": "2",
        },
    ]
    for page in (check, sent):
        assert "Objet 2" in page.text
        assert "Valeur totale 1 051,00 €" in page.text


def test_modifying_brings_the_objects_back(world):
    check = draw(world, **BIKE, **PHONE, action="verifier")

    page = world.press(check, "modifier")

    assert objects_of(page) == [0, 1]
    assert page.fields["objects.1.imei"] == ["490154203237518"]
    assert world.press(page, "verifier").status == 200


def test_an_object_left_empty_is_not_an_error(world):
    added = draw(world, **BIKE, action="ajouter.objects")

    check = world.press(added, "verifier")

    assert check.status == 200
    assert "Objet 2" not in check.text


def test_what_is_wrong_in_an_object_is_told_at_its_field(world):
    page = draw(world, **{**BIKE, "objects.0.label": "", "objects.0.amount": "cher"}, **PHONE)

    assert page.status == 422
    assert set(page.errors) == {"objects.0.label", "objects.0.amount"}
    assert 'href="#objects-0-label"' in page.html
    assert 'id="objects-0-label"' in page.html
    assert page.errors["objects.0.label"] == "Dites quel objet"


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        ("imei", "490154203237519", "IMEI"),
        ("imei", "12", "IMEI"),
        ("quantity", "0", "nombre"),
        ("quantity", "deux", "nombre"),
        ("label", "a" * 81, "quatre-vingts"),
        ("category", "avion", "choisissez"),
    ],
)
def test_each_field_of_an_object_has_its_rule(world, field, typed, code):
    page = draw(world, **{**BIKE, f"objects.0.{field}": typed})

    assert list(page.errors) == [f"objects.0.{field}"]
    assert code in page.errors[f"objects.0.{field}"]


def test_gaps_in_the_numbers_do_not_lose_anything(world):
    moved = {name.replace(".0.", ".7."): value for name, value in BIKE.items()}

    page = draw(world, **moved, **{**PHONE, "objects.1.label": ""})

    assert list(page.errors) == ["objects.0.label"]
    assert page.fields["objects.1.label"] == ["vélo de ville bleu"]


def test_twenty_at_most(world):
    many = {
        name.replace(".0.", f".{number}."): value
        for number in range(21)
        for name, value in BIKE.items()
    }

    page = draw(world, **many)

    assert page.errors == {
        "objects": "Objets : vingt au plus. Décrivez les autres dans votre récit".replace(
            " :", "\u00a0:"
        )
    }
    assert objects_of(page) == list(range(21))


@pytest.mark.parametrize(
    "action",
    ["ajouter.facts", "ajouter.objects.1", "retirer.objects.9", "retirer.objects.x", "ajouter"],
)
def test_other_buttons_do_nothing(world, action):
    assert draw(world, **BIKE, action=action).status == 400


def test_enter_in_a_field_checks_the_form_and_adds_nothing(world):
    page = draw(world, action="ajouter.objects")

    first = page.html.index("<button")
    assert 'value="verifier"' in page.html[first : first + 120]


def many(count):
    return {f"objects.{number}.label": f"objet {number}" for number in range(count)}


@pytest.mark.parametrize("action", ["verifier", "confirmer", "modifier", "ajouter.objects"])
def test_a_thousand_objects_are_not_drawn_again(world, action):
    page = world.post("/api/pre-plainte", {**PRE_PLAINTE, **many(950), "action": action})

    drawn = {name.split(".")[1] for name in page.fields if name.startswith("objects.")}
    assert len(drawn) == 21
    assert page.status == (200 if action == "modifier" else 422)
    if action != "modifier":
        assert "vingt au plus" in page.errors["objects"]


def test_no_button_adds_a_twenty_first_object(world):
    page = world.post("/api/pre-plainte", {**PRE_PLAINTE, **many(20), "action": "ajouter.objects"})

    assert page.status == 422
    assert "vingt au plus" in page.errors["objects"]
    assert page.fields["objects.19.label"] == ["objet 19"]
    assert "objects.20.label" not in page.fields


CARD = "4970 1000 0000 0055"


@pytest.mark.promise("no-card-number")
@pytest.mark.parametrize("name", ["label", "brand", "details", "serial"])
def test_a_stolen_card_is_described_without_its_number(world, name):
    card = {"category": "paiement", "damage": "vole", "label": "carte bleue", name: f"{CARD}"}
    fields = {f"objects.0.{key}": value for key, value in card.items()}

    page = world.post("/api/pre-plainte", {**PRE_PLAINTE, **fields, "action": "verifier"})

    assert page.status == 422
    assert "enlevez le numéro de carte bancaire" in page.errors[f"objects.0.{name}"]


def test_a_serial_number_that_looks_like_a_card_is_kept(world):
    bike = {**BIKE, "objects.0.serial": CARD}
    check = world.checked("pre-plainte", {**PRE_PLAINTE, **bike})
    assert CARD in check.text
