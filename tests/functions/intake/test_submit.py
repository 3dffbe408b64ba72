from datetime import UTC, datetime, timedelta

import pytest
from pyrage import x25519

from chalicelib.errors import (
    ClosedError,
    ContentChangedError,
    TokenExpiredError,
    TokenUnreadableError,
)
from chalicelib.intake import derive, seal, submit, token
from chalicelib.intake.keys import SigningKey, SigningKeys
from chalicelib.routing.routing import Routing
from chalicelib.stores.sqlite import SqliteSubmissionStore

NOW = datetime(2026, 11, 22, 9, 41, 12, tzinfo=UTC)
KEYS = SigningKeys(SigningKey(b"k" * 32, NOW))
AGENT = x25519.Identity.generate()
NONCE = bytes(range(32))


def make_declaration(**changes):
    defaults = {
        "form": "signalement",
        "prefix": "SIG",
        "answers": b'{"facts":"ce que je sais"}',
        "wants_code": True,
        "retention": timedelta(days=90),
        "rounding": timedelta(hours=6),
    }
    return submit.Declaration(**{**defaults, **changes})


@pytest.fixture
def store(tmp_path):
    made = SqliteSubmissionStore(tmp_path / "submissions.sqlite")
    yield made
    made.close()


@pytest.fixture
def make_intake(store):
    def make(**changes):
        defaults = {
            "store": store,
            "keys": lambda now: KEYS,
            "routing": Routing(default=(str(AGENT.to_public()),)),
            "now": NOW,
            "random_bytes": lambda count: NONCE[:count],
        }
        return submit.Intake(**{**defaults, **changes})

    return make


def test_nothing_is_stored_by_the_check(store, make_intake):
    submit.check(make_intake(), make_declaration())

    assert list(store.all(NOW)) == []


def test_what_was_checked_is_what_the_agent_opens(store, make_intake):
    checked = submit.check(make_intake(), make_declaration())

    confirmed = submit.confirm(make_intake(), make_declaration(), checked.token)

    assert seal.unseal(confirmed.submission.ciphertext, [AGENT]) == {
        "version": 1,
        "kind": "signalement",
        "reference": confirmed.submission.reference,
        "received_at": "2026-11-22T06:00:00+00:00",
        "route": "",
        "readers": make_intake().routing.readers("").mark,
        "follow_recipient": confirmed.submission.follow_recipient,
        "answers": {"facts": "ce que je sais"},
    }
    assert list(store.all(NOW)) == [confirmed.submission]


def test_time_is_rounded_and_the_nonce_is_not_stored(make_intake):
    checked = submit.check(make_intake(), make_declaration())

    record = submit.confirm(make_intake(), make_declaration(), checked.token).submission

    assert record.received_at == datetime(2026, 11, 22, 6, tzinfo=UTC)
    assert record.expires_at == datetime(2027, 2, 20, 6, tzinfo=UTC)
    assert record.key == derive.record_key(NONCE)
    assert NONCE.hex() not in repr(record)


def test_the_code_shown_before_is_the_code_shown_after_and_it_finds_the_record(store, make_intake):
    checked = submit.check(make_intake(), make_declaration())

    confirmed = submit.confirm(make_intake(), make_declaration(), checked.token)

    assert checked.code == confirmed.code
    assert store.find_by_lookup(derive.lookup_of(checked.code), NOW) == confirmed.submission


def test_without_follow_up_no_code_exists(make_intake):
    declaration = make_declaration(wants_code=False)
    checked = submit.check(make_intake(), declaration)

    confirmed = submit.confirm(make_intake(), declaration, checked.token)

    record = confirmed.submission
    assert (checked.code, confirmed.code, record.follow_lookup, record.follow_recipient) == (
        "",
        "",
        "",
        "",
    )


def test_sent_again_later_it_is_the_same_record(store, make_intake):
    checked = submit.check(make_intake(), make_declaration())
    first = submit.confirm(make_intake(), make_declaration(), checked.token)

    again = make_intake(now=NOW + timedelta(hours=23))
    second = submit.confirm(again, make_declaration(), checked.token)

    assert second == first
    assert len(list(store.all(NOW))) == 1


def test_other_content_under_the_same_token_is_refused(store, make_intake):
    checked = submit.check(make_intake(), make_declaration())

    with pytest.raises(ContentChangedError) as refused:
        submit.confirm(make_intake(), make_declaration(answers=b'{"facts":"x"}'), checked.token)

    assert refused.value.reference == ""
    assert list(store.all(NOW)) == []


def test_other_content_after_a_first_send_names_the_first(make_intake):
    checked = submit.check(make_intake(), make_declaration())
    first = submit.confirm(make_intake(), make_declaration(), checked.token)

    with pytest.raises(ContentChangedError) as refused:
        submit.confirm(make_intake(), make_declaration(answers=b'{"facts":"x"}'), checked.token)

    assert refused.value.reference == first.submission.reference


def test_a_token_of_another_form_is_refused(make_intake):
    checked = submit.check(make_intake(), make_declaration())

    with pytest.raises(TokenUnreadableError):
        submit.confirm(make_intake(), make_declaration(form="pre-plainte"), checked.token)


def test_a_forged_token_stores_nothing(store, make_intake):
    forged = token.issue(SigningKey(b"x" * 32, NOW), "signalement", NONCE, NOW, b"{}")

    with pytest.raises(TokenUnreadableError):
        submit.confirm(make_intake(), make_declaration(), str(forged))

    assert list(store.all(NOW)) == []


def test_after_a_day_an_unsent_page_must_be_read_again(store, make_intake):
    checked = submit.check(make_intake(), make_declaration())

    with pytest.raises(TokenExpiredError):
        late = make_intake(now=NOW + timedelta(hours=24))
        submit.confirm(late, make_declaration(), checked.token)

    assert list(store.all(NOW)) == []


def test_after_a_day_a_sent_page_gives_the_reference_only(make_intake):
    checked = submit.check(make_intake(), make_declaration())
    first = submit.confirm(make_intake(), make_declaration(), checked.token)

    late = make_intake(now=NOW + timedelta(hours=24))
    again = submit.confirm(late, make_declaration(), checked.token)

    assert again == submit.Confirmed(first.submission, "", is_late=True)


def test_a_lost_key_gives_the_reference_only(make_intake):
    checked = submit.check(make_intake(), make_declaration())
    first = submit.confirm(make_intake(), make_declaration(), checked.token)

    fresh = make_intake(keys=lambda now: SigningKeys(SigningKey(b"new" * 11, NOW)))
    again = submit.confirm(fresh, make_declaration(), checked.token)

    assert again == submit.Confirmed(first.submission, "", is_late=True)


def test_the_code_survives_a_rotation_of_the_key(make_intake):
    checked = submit.check(make_intake(), make_declaration())
    later = NOW + timedelta(hours=2)
    rotated = KEYS.rotated(b"n" * 32, NOW + timedelta(hours=1))

    confirmed = submit.confirm(
        make_intake(keys=lambda now: rotated, now=later), make_declaration(), checked.token
    )

    assert confirmed.code == checked.code


def test_without_a_recipient_nothing_is_taken_not_even_checked(make_intake):
    closed = make_intake(routing=Routing())

    with pytest.raises(ClosedError):
        submit.check(closed, make_declaration())
    with pytest.raises(ClosedError):
        submit.confirm(closed, make_declaration(), "")


@pytest.mark.parametrize(("step_h", "expected_h"), [(1, 9), (6, 6), (24, 0)])
def test_moments_are_rounded_down(step_h, expected_h):
    rounded = submit.rounded_down(NOW, timedelta(hours=step_h))

    assert rounded == datetime(2026, 11, 22, expected_h, tzinfo=UTC)
