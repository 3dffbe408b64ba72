from datetime import UTC, datetime, timedelta

from chalicelib.intake.keys import SigningKey, SigningKeys

START = datetime(2026, 1, 1, tzinfo=UTC)
ROTATED = START + timedelta(days=30)
KEYS = SigningKeys(SigningKey(b"1" * 32, START)).rotated(b"2" * 32, ROTATED)


def test_the_current_key_is_accepted():
    assert KEYS.find(KEYS.current.id, ROTATED) == KEYS.current


def test_the_previous_key_is_accepted_for_a_day():
    previous = KEYS.previous

    assert KEYS.find(previous.id, ROTATED + timedelta(hours=23, minutes=59)) == previous
    assert KEYS.find(previous.id, ROTATED + timedelta(hours=24)) is None


def test_an_unknown_key_is_not_accepted():
    assert KEYS.find(b"\0\0\0\0", ROTATED) is None
    assert SigningKeys(KEYS.current).find(KEYS.previous.id, ROTATED) is None


def test_a_key_is_due_for_rotation_after_thirty_days():
    alone = SigningKeys(SigningKey(b"1" * 32, START))

    assert not alone.is_due(START + timedelta(days=29))
    assert alone.is_due(START + timedelta(days=30))


def test_the_id_does_not_tell_the_secret():
    key = SigningKey(b"secret of thirty-two bytes......", START)

    assert len(key.id) == 4
    assert key.id not in key.secret
