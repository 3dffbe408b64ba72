"""Promises of the privacy page that the functions keep, by what is found on the disk."""

from datetime import UTC, timedelta

import pytest
from intake_world import AGENT, FORM_TYPE, FORMS, SIGNALEMENT, World, encoded, make_assets
from pyrage import x25519

from chalicelib.arnaque.model import FORM as ARNAQUE_FORM
from chalicelib.intake import seal
from chalicelib.signalement.model import FORM as SIGNALEMENT_FORM
from reperes_server import housekeeping

ANONYMOUS = {"signalement": SIGNALEMENT_FORM, "arnaque": ARNAQUE_FORM}
DEVICE = "MARQUEUR-APPAREIL"
# Everything that a browser, a proxy or a provider adds to tell who asks.
TELL_TALES = {
    "user_agent": f"Mozilla/5.0 ({DEVICE})",
    "accept_language": DEVICE,
    "referer": f"https://exemple.fr/{DEVICE}",
    "x_forwarded_for": f"192.0.2.77, {DEVICE}",
    "forwarded": f"for=192.0.2.77;by={DEVICE}",
    "x_real_ip": "192.0.2.77",
    "cf_connecting_ip": "192.0.2.77",
    "cookie": f"session={DEVICE}",
    "sec_ch_ua_model": DEVICE,
    "x_wap_profile": DEVICE,
    "dnt": DEVICE,
}


def on_disk(world):
    return b"".join(file.read_bytes() for file in world.state.iterdir())


def sent_with_tell_tales(world, form):
    fields = {**FORMS[form], "action": "verifier"}
    path = f"/api/{form}"
    page = world.request("POST", path, encoded(fields), content_type=FORM_TYPE, **TELL_TALES)
    fields = {**page.fields, "action": "confirmer"}
    return world.request("POST", path, encoded(fields), content_type=FORM_TYPE, **TELL_TALES)


@pytest.mark.promise("anonymous")
@pytest.mark.parametrize("form", FORMS)
def test_neither_address_nor_device_is_kept_even_under_the_seal(world, form):
    page = sent_with_tell_tales(world, form)

    assert page.reference
    (opened,) = world.opened()
    for tell_tale in (DEVICE, "192.0.2.77", "Mozilla"):
        assert tell_tale not in str(opened)
        assert tell_tale.encode() not in on_disk(world)
    known = {"version", "kind", "reference", "received_at", "answers"}
    known |= {"route", "readers", "follow_recipient"}  # who reads, and the key of the code
    assert set(opened) == known  # nothing new slips in unseen


@pytest.mark.promise("anonymous")
@pytest.mark.parametrize("form", ANONYMOUS)
def test_an_anonymous_form_asks_nothing_that_says_who_writes(form):
    identity = {
        "birth_name", "usage_name", "first_names", "birth_date", "birth_place", "nationality",
        "email", "phone", "address", "postcode",
    }  # fmt: skip

    names = {name for name, _ in ANONYMOUS[form].fields()}

    assert names & identity == set()
    assert set(ANONYMOUS[form].model.model_fields) == names  # no field outside the page


@pytest.mark.promise("six-hours")
@pytest.mark.parametrize("form", ANONYMOUS)
def test_at_any_time_of_the_day_only_four_hours_are_kept(world, form):
    for _ in range(12):
        page = world.press(world.checked(form), "confirmer")
        record = world.press(world.post("/api/suivi", {"code": page.code}), "ouvrir")
        world.post(
            "/api/suivi",
            {**record.fields, "code": page.code, "message": "Une suite.", "action": "ecrire"},
        )
        world.later(hours=2, minutes=7, seconds=13)

    stored = list(world.store.all(world.now))
    moments = [moment for each in stored for moment in (each.received_at, each.expires_at)]
    messages = [said for each in stored for said in world.store.messages(each.key, world.now)]
    moments += [said.sent_at for said in messages]
    assert len(stored) == len(messages) == 12
    assert {f"{moment.astimezone(UTC):%H:%M:%S.%f}" for moment in moments} == {
        f"{hour:02}:00:00.000000" for hour in (0, 6, 12, 18)
    }
    for opened in world.opened():
        assert opened["received_at"][11:] in {f"{h:02}:00:00+00:00" for h in (0, 6, 12, 18)}


@pytest.mark.promise("code-not-kept")
def test_the_code_is_on_no_disk_even_after_it_was_used(world):
    code = world.press(world.checked(), "confirmer").code
    world.post("/api/suivi", {"code": code})
    world.post("/api/suivi", {"code": code, "action": "retirer"})

    for written in (code, code.replace("-", ""), code.lower(), code.replace("-", "").lower()):
        assert written.encode() not in on_disk(world)


@pytest.mark.promise("sealed")
@pytest.mark.parametrize("form", FORMS)
def test_what_the_server_holds_opens_nothing(world, form):
    """K, the database and all that lies beside it: none of it is the key of an agent."""
    world.press(world.checked(form), "confirmer")
    (record,) = world.store.all(world.now)

    assert b"AGE-SECRET-KEY" not in on_disk(world)
    assert str(AGENT).encode() not in on_disk(world)
    for made_of in (bytes.fromhex(record.key), world.random_draws[0], world.random_draws[-1]):
        identity = identity_of(made_of)
        with pytest.raises(Exception, match="No matching keys"):
            seal.unseal(record.ciphertext, [identity])


def identity_of(seed):
    import bech32

    words = bech32.convertbits(seed, 8, 5)
    return x25519.Identity.from_str(bech32.bech32_encode("age-secret-key-", words).upper())


@pytest.mark.promise("erased-in-time")
@pytest.mark.parametrize(("form", "days"), [("pre-plainte", 60), ("signalement", 90)])
def test_at_its_date_nobody_opens_it_and_the_next_purge_leaves_no_byte(world, form, days):
    sent = world.press(world.checked(form), "confirmer")
    (record,) = world.store.all(world.now)
    rounding = timedelta(hours=6)

    world.later(days=days, seconds=-rounding.total_seconds() - 1)
    assert world.post("/api/suivi", {"code": sent.code}).status == 200
    world.later(seconds=rounding.total_seconds() + 1)
    assert world.post("/api/suivi", {"code": sent.code}).status == 422
    assert list(world.store.all(world.now)) == []
    assert record.ciphertext[:64] in on_disk(world)

    housekeeping.purge(world.services)

    left = on_disk(world)
    for kept in (record.ciphertext[:64], record.key.encode(), record.reference.encode()):
        assert kept not in left


@pytest.mark.promise("erased-in-time")
def test_the_server_erases_at_least_every_hour():
    assert housekeeping.PERIOD_S <= 3_600


@pytest.mark.promise("longer-when-asked")
@pytest.mark.parametrize("form", FORMS)
def test_coming_back_to_read_keeps_nothing_longer(world, form):
    code = world.press(world.checked(form), "confirmer").code
    (before,) = world.store.all(world.now)
    world.later(days=20)

    world.post("/api/suivi", {"code": code})

    (after,) = world.store.all(world.now)
    assert after.expires_at == before.expires_at


@pytest.mark.promise("preparation-sends-nothing", "closed-without-reader")
@pytest.mark.parametrize("settings", [{"mode": "preparation"}, {"recipients": []}])
@pytest.mark.parametrize("form", FORMS)
def test_where_nothing_is_received_every_button_is_closed(tmp_path, form, settings):
    assets = make_assets(tmp_path / "assets", **settings)
    with World(assets, tmp_path / "state") as world:
        for action in ("verifier", "modifier", "confirmer"):
            assert world.post(f"/api/{form}", {**FORMS[form], "action": action}).status == 503
        assert list(world.store.all(world.now)) == []
        assert SIGNALEMENT["facts"].encode() not in on_disk(world)
