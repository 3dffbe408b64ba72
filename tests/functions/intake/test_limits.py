import pytest

from chalicelib.errors import TooManyRequestsError
from chalicelib.intake.limits import Limit


class Watch:
    at = 0.0

    def __call__(self):
        return self.at


def test_over_the_limit_the_person_is_told_how_long_to_wait():
    limit = Limit(2, Watch())
    limit.take()
    limit.take()

    with pytest.raises(TooManyRequestsError) as refused:
        limit.take()

    assert refused.value.retry_after_s == 30


def test_after_that_wait_there_is_a_place():
    watch = Watch()
    limit = Limit(2, watch)
    limit.take()
    limit.take()

    watch.at += 30

    limit.take()
    with pytest.raises(TooManyRequestsError):
        limit.take()


def test_a_quiet_night_does_not_store_more_than_a_minute_of_places():
    watch = Watch()
    limit = Limit(2, watch)
    watch.at += 3_600
    limit.take()
    limit.take()

    with pytest.raises(TooManyRequestsError):
        limit.take()


def test_zero_means_no_limit():
    limit = Limit(0, Watch())

    for _ in range(1_000):
        limit.take()
