"""The protocol of the forms, as a browser without JavaScript lives it."""

import threading
import time

import pytest
from intake_world import FORMS, PRE_PLAINTE, SIGNALEMENT, World, make_assets

from chalicelib.http import declaration
from chalicelib.intake.ports import Status


@pytest.mark.parametrize("form", FORMS)
def test_what_is_written_reaches_the_agent_whole(world, form):
    acknowledgement = world.press(world.checked(form), "confirmer")

    (record,) = world.opened()
    assert acknowledgement.status == 200
    assert record["reference"] == acknowledgement.reference
    assert record["kind"] == form
    assert record["answers"]["facts"] == FORMS[form]["facts"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.promise("nothing-before-confirm")
def test_nothing_is_stored_before_it_is_confirmed(world, form):
    world.checked(form)

    assert world.opened() == []


@pytest.mark.parametrize("form", FORMS)
def test_the_code_is_shown_before_and_after(world, form):
    check = world.checked(form)

    assert len(check.code) == 24
    assert world.press(check, "confirmer").code == check.code


def test_a_form_with_errors_is_shown_again_with_what_was_typed(world):
    page = world.post("/api/signalement", {"facts": "trop court", "place": "ici"})

    assert page.status == 422
    assert set(page.errors) == {"theme", "facts", "when", "follow_up"}
    assert page.errors["facts"].startswith("Dites-en un peu plus")
    assert page.fields["facts"] == ["trop court"]
    assert page.fields["place"] == ["ici"]
    assert page.title.startswith("Erreur")


def test_modifying_brings_the_answers_back(world):
    page = world.press(world.checked("pre-plainte"), "modifier")

    assert page.status == 200
    assert page.errors == {}
    assert page.fields["facts"] == [PRE_PLAINTE["facts"]]
    assert page.fields["birth_date"] == ["14/07/1990"]
    assert page.fields["offence"] == ["vol"]
    assert "token" not in page.fields


def test_a_correction_makes_another_check_page_with_another_code(world):
    first = world.checked()
    changed = world.press(world.press(first, "modifier"), "verifier", place="ailleurs")

    assert changed.code != first.code
    assert world.press(changed, "confirmer").status == 200
    assert world.opened()[0]["answers"]["place"] == "ailleurs"


def test_the_same_check_page_sent_twice_is_one_record_and_the_same_page(world):
    check = world.checked()

    first = world.press(check, "confirmer")
    world.later(hours=20)
    second = world.press(check, "confirmer")

    assert first.html == second.html
    assert len(world.opened()) == 1


def test_the_same_check_page_sent_at_once_from_many_tabs_is_one_record(world):
    check = world.checked()
    pages, start = [], threading.Barrier(6)

    def send():
        start.wait()
        pages.append(world.second_window().press(check, "confirmer").html)

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(pages) == 6
    assert len(set(pages)) == 1
    assert len(world.opened()) == 1


def test_other_content_under_the_same_token_must_be_read_again(world):
    check = world.checked()

    page = world.press(check, "confirmer", facts="Un tout autre texte, assez long pour passer.")

    assert page.status == 409
    assert world.opened() == []
    assert page.code != check.code
    assert world.press(page, "confirmer").status == 200
    assert world.opened()[0]["answers"]["facts"].startswith("Un tout autre")


def test_other_content_after_a_first_send_says_that_it_exists(world):
    check = world.checked()
    sent = world.press(check, "confirmer")

    page = world.press(check, "confirmer", facts="Un tout autre texte, assez long pour passer.")

    assert page.status == 409
    assert sent.reference in page.text
    assert len(world.opened()) == 1


@pytest.mark.parametrize("token", ["", "forged", "AAAA" * 40, "é" * 50])
def test_a_forged_token_shows_the_check_page_again(world, token):
    page = world.press(world.checked(), "confirmer", token=token)

    assert page.status == 409
    assert world.opened() == []
    assert page.fields["facts"] == [SIGNALEMENT["facts"]]
    assert world.press(page, "confirmer").status == 200


def test_a_page_left_open_for_a_day_loses_nothing(world):
    check = world.checked()
    world.later(hours=24)

    page = world.press(check, "confirmer")

    assert page.status == 409
    assert "plus d’un jour" in page.text
    assert world.press(page, "confirmer").status == 200
    assert len(world.opened()) == 1


def test_sent_then_sent_again_a_day_later_the_code_is_not_shown(world):
    check = world.checked()
    sent = world.press(check, "confirmer")
    world.later(hours=24)

    late = world.press(check, "confirmer")

    assert (late.status, late.reference, late.code) == (200, sent.reference, "")
    assert len(world.opened()) == 1


def test_what_was_withdrawn_does_not_come_back(world):
    check = world.checked()
    sent = world.press(check, "confirmer")
    (record,) = world.store.all(world.now)
    world.store.set_status(record.key, Status.WITHDRAWN)

    page = world.press(check, "confirmer")

    assert "retiré" in page.text
    assert page.reference == sent.reference
    assert page.code == ""


@pytest.mark.promise("no-code-unless-asked")
def test_no_follow_up_means_that_no_code_exists(world):
    check = world.checked(fields={**SIGNALEMENT, "follow_up": "no"})
    acknowledgement = world.press(check, "confirmer")

    assert (check.code, acknowledgement.code) == ("", "")
    (record,) = world.store.all(world.now)
    assert (record.follow_lookup, record.follow_recipient) == ("", "")


@pytest.mark.promise("contact-pointed-out")
def test_an_address_or_a_number_left_in_the_text_is_pointed_out(world):
    facts = "Écrivez à camille@exemple.fr ou appelez le 06 12 34 56 78, c’est urgent."

    page = world.checked(fields={**SIGNALEMENT, "facts": facts})

    assert "« camille@exemple.fr »" in page.text
    assert "« 06 12 34 56 78 »" in page.text


def test_a_filled_trap_is_refused_and_shown(world):
    page = world.post("/api/signalement", {**SIGNALEMENT, "ne_pas_remplir": "https://spam"})

    assert page.status == 422
    assert set(page.errors) == {"ne_pas_remplir"}
    assert world.press(page, "verifier", ne_pas_remplir="").status == 200


def test_an_unknown_button_is_refused(world):
    page = world.post("/api/signalement", {**SIGNALEMENT, "action": "effacer"})

    assert page.status == 400


@pytest.mark.parametrize("settings", [{"recipients": []}, {"mode": "preparation"}])
@pytest.mark.parametrize("action", ["verifier", "modifier", "confirmer"])
@pytest.mark.promise("closed-without-reader")
def test_where_nobody_reads_the_form_is_closed_from_the_first_button(tmp_path, settings, action):
    with World(make_assets(tmp_path / "assets", **settings), tmp_path / "state") as world:
        page = world.post("/api/signalement", {**SIGNALEMENT, "action": action})

        assert page.status == 503
        assert world.opened() == []


@pytest.mark.parametrize("written", ["age1demo", "AGE1DEMO"])
def test_intake_refuses_the_demo_key(tmp_path, written):
    assets = make_assets(tmp_path / "assets", recipients=[written])

    with World(assets, tmp_path / "state", demo_recipient="age1demo") as world:
        assert world.post("/api/signalement", SIGNALEMENT).status == 503


def test_too_many_at_once_wait_and_lose_nothing(tmp_path):
    assets = make_assets(tmp_path / "assets")
    with World(assets, tmp_path / "state", submissions_per_minute=1) as world:
        first, second = world.checked(), world.checked()
        world.press(first, "confirmer")

        refused = world.press(second, "confirmer")
        world.later(seconds=60)
        accepted = world.press(second, "confirmer")

    assert refused.status == 429
    assert refused.headers["retry-after"] == "60"
    assert "60 secondes" in refused.text
    assert accepted.status == 200


def test_a_store_that_does_not_answer_records_nothing_and_says_so(world):
    check = world.checked()
    world.store.close()

    page = world.press(check, "confirmer")

    assert page.status == 503
    assert "Rien n’a été enregistré" in page.text


def test_the_operator_may_shorten_the_time_kept_but_never_lengthen_it(tmp_path):
    for asked, kept in ((7, 7), (9_999, 90)):
        assets = make_assets(tmp_path / f"a{asked}", retention={"signalement_days": asked})
        with World(assets, tmp_path / f"s{asked}") as world:
            world.press(world.checked(), "confirmer")
            (record,) = world.store.all(world.now)
        assert (record.expires_at - record.received_at).days == kept


def test_a_text_made_to_slow_the_search_for_contacts_is_searched_at_once():
    slow = "a" * 40_000 + "@" + "." * 40_000
    before = time.process_time()

    assert list(declaration._CONTACT.finditer(slow)) == []

    assert time.process_time() - before < 2  # it took forty seconds


def test_a_flood_on_one_form_does_not_close_the_others(tmp_path):
    assets = make_assets(tmp_path / "assets")
    with World(assets, tmp_path / "state", submissions_per_minute=1) as world:
        world.press(world.checked("arnaque"), "confirmer")
        refused = world.press(world.checked("arnaque"), "confirmer")
        accepted = world.press(world.checked("signalement"), "confirmer")

    assert (refused.status, accepted.status) == (429, 200)
