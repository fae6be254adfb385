from datetime import UTC, datetime, timedelta, timezone
from threading import Thread

import pytest

from opora.core import clock

PAST = datetime(2026, 10, 5, 9, 30, tzinfo=UTC)


def test_at_lets_now_answer_another_moment_and_then_the_present_again() -> None:
    with clock.at(PAST):
        assert clock.now() == PAST
    assert clock.now() > PAST


def test_at_may_be_nested_and_ends_with_an_exception() -> None:
    with pytest.raises(RuntimeError), clock.at(PAST):
        with clock.at(PAST + timedelta(days=1)):
            assert clock.now() == PAST + timedelta(days=1)
        assert clock.now() == PAST
        raise RuntimeError
    assert clock.now().year != 1 and clock.now() != PAST


def test_at_answers_in_utc() -> None:
    with clock.at(datetime(2026, 10, 5, 12, 30, tzinfo=timezone(timedelta(hours=3)))):
        assert clock.now() == PAST
        assert clock.now().tzinfo is UTC


def test_at_holds_for_its_own_thread_alone() -> None:
    seen: list[datetime] = []
    with clock.at(PAST):
        other = Thread(target=lambda: seen.append(clock.now()))
        other.start()
        other.join()
    assert seen[0] != PAST


def test_at_refuses_a_moment_without_a_time_zone() -> None:
    with pytest.raises(ValueError, match="no time zone"), clock.at(datetime(2026, 10, 5)):  # noqa: DTZ001
        pass
