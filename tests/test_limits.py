"""How often somebody may ask."""

import threading

import pytest

from assistant.errors import AccessError
from assistant.limits import MOST_KEYS, Limiter


class Seconds:
    now = 0.0

    def __call__(self):
        return self.now


def test_beyond_the_most_of_a_minute_the_seconds_to_wait_are_said():
    clock = Seconds()
    limiter = Limiter(clock=clock)
    limiter.take("a", 2)
    clock.now = 20
    limiter.take("a", 2)
    with pytest.raises(AccessError, match="tunggu 41 detik"):
        limiter.take("a", 2)


def test_the_minute_slides():
    clock = Seconds()
    limiter = Limiter(clock=clock)
    for now in (0, 30, 60, 90, 120):
        clock.now = now
        limiter.take("a", 2)
    with pytest.raises(AccessError):
        limiter.take("a", 2)


def test_one_key_does_not_use_up_another_s():
    limiter = Limiter(clock=Seconds())
    limiter.take("a", 1)
    limiter.take("b", 1)


def test_a_refused_act_is_not_counted():
    clock = Seconds()
    limiter = Limiter(clock=clock)
    limiter.take("a", 1)
    for _ in range(5):
        with pytest.raises(AccessError):
            limiter.take("a", 1)
    clock.now = 60
    limiter.take("a", 1)


def test_acts_at_the_same_moment_all_count():
    limiter, taken = Limiter(clock=Seconds()), []

    def run():
        for _ in range(50):
            try:
                limiter.take("a", 100)
                taken.append(1)
            except AccessError:
                pass

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == 100


def test_memory_stays_small_under_many_keys():
    limiter = Limiter(clock=Seconds())
    for number in range(MOST_KEYS + 500):
        limiter.take(str(number), 1)
    assert len(limiter._seen) == MOST_KEYS
