"""How long a refused mail waits."""

from datetime import timedelta

from coalition.notifications.enums import LONGEST_RETRY, MAX_ATTEMPTS, retry_delay


def test_each_wait_is_three_times_longer_until_six_hours() -> None:
    waits = [retry_delay(attempt, 0.5) for attempt in range(1, MAX_ATTEMPTS)]
    assert waits[:4] == [timedelta(seconds=seconds) for seconds in (10, 30, 90, 270)]
    assert waits[-1] == LONGEST_RETRY
    assert timedelta(hours=20) < sum(waits, timedelta()) < timedelta(hours=48)


def test_the_spread_moves_a_wait_by_a_quarter_at_most() -> None:
    assert retry_delay(1, 0.0) == timedelta(seconds=7.5)
    assert retry_delay(1, 1.0) == timedelta(seconds=12.5)
