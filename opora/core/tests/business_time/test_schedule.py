"""Examples that a person can check with a calendar on the wall."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from opora.core.business_time import ALL_DAY, Hours, Reason, Schedule, Since, Span, SpecialDay, segments

KYIV = ZoneInfo("Europe/Kyiv")
OFFICE = (Span(9 * 60, 18 * 60),)
WEEK = (*(OFFICE,) * 5, (), ())
INDEPENDENCE = (date(2026, 8, 24), SpecialDay("Independence Day"))
K = Schedule.of(Hours("Europe/Kyiv", WEEK, (INDEPENDENCE,)))


def kyiv(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=KYIV).astimezone(UTC)


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


def daily(start: int, end: int, zone: str = "Europe/Kyiv") -> Schedule:
    return Schedule.of(Hours(zone, ((Span(start * 60, end * 60),),) * 7))


def test_vector_1_a_weekend_with_a_change_of_clocks_lies_between():
    assert K.add(kyiv(2026, 3, 27, 17), hours(8)) == datetime(2026, 3, 30, 13, tzinfo=UTC)


def test_vector_2_what_begins_on_saturday_is_due_on_monday():
    assert K.add(kyiv(2026, 3, 28, 11), hours(1)) == kyiv(2026, 3, 30, 10)


def test_vector_3_due_at_closing_time_is_broken_only_at_the_next_opening():
    start = kyiv(2026, 3, 27, 14)
    assert K.add(start, hours(4)) == kyiv(2026, 3, 27, 18)
    assert K.breach_at(start, hours(4)) == kyiv(2026, 3, 30, 9)
    assert K.elapsed(start, kyiv(2026, 3, 30, 8, 30)) == hours(4)


def test_vector_10_a_night_shift_loses_the_hour_that_does_not_exist():
    assert daily(2, 5).add(kyiv(2026, 3, 29, 2), hours(3)) == kyiv(2026, 3, 30, 3)


def test_vector_11_a_holiday_is_skipped():
    assert K.add(kyiv(2026, 8, 21, 17, 30), hours(2)) == kyiv(2026, 8, 25, 10, 30)


def test_a_shift_over_the_changes_of_clocks_has_two_hours_in_spring_and_four_in_autumn():
    shift = daily(2, 5)
    for day, length in ((date(2026, 3, 29), 2), (date(2026, 10, 25), 4)):
        midnight = kyiv(day.year, day.month, day.day)
        assert shift.elapsed(midnight, midnight + hours(10)) == hours(length)


def test_an_edge_inside_the_gap_moves_to_the_first_instant_that_exists():
    opens_in_gap = Schedule.of(Hours("Europe/Kyiv", ((Span(3 * 60 + 30, 5 * 60),),) * 7))
    assert opens_in_gap.next_open(kyiv(2026, 3, 29, 0)) == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_an_evening_shift_runs_past_midnight_and_ends_there_before_a_holiday():
    night = Hours("UTC", ((Span(22 * 60, 30 * 60),),) * 7, ((date(2026, 5, 6), SpecialDay("Day of rest")),))
    schedule = Schedule.of(night)
    assert schedule.next_close(datetime(2026, 5, 4, 23, tzinfo=UTC)) == datetime(2026, 5, 5, 6, tzinfo=UTC)
    assert schedule.next_close(datetime(2026, 5, 5, 23, tzinfo=UTC)) == datetime(2026, 5, 6, 0, tzinfo=UTC)
    assert schedule.next_open(datetime(2026, 5, 6, 0, tzinfo=UTC)) == datetime(2026, 5, 7, 22, tzinfo=UTC)


def test_special_hours_take_the_place_of_the_weekdays():
    short = (date(2026, 12, 31), SpecialDay("New Year's Eve", (Span(9 * 60, 12 * 60),)))
    schedule = Schedule.of(Hours("Europe/Kyiv", WEEK, (short,)))
    assert schedule.elapsed(kyiv(2026, 12, 31), kyiv(2027, 1, 1)) == hours(3)


def test_new_hours_count_from_their_instant_and_leave_the_past_alone():
    longer = Hours("Europe/Kyiv", ((Span(8 * 60, 20 * 60),),) * 7)
    changed = Schedule((Since(None, Hours("Europe/Kyiv", WEEK)), Since(kyiv(2026, 11, 18, 12), longer)))
    assert changed.elapsed(kyiv(2026, 11, 16), kyiv(2026, 11, 18)) == hours(18)
    assert changed.elapsed(kyiv(2026, 11, 18), kyiv(2026, 11, 19)) == hours(3 + 8)
    assert changed.hours_at(kyiv(2026, 11, 18, 11)).week == WEEK
    assert changed.hours_at(kyiv(2026, 11, 18, 12)) == longer


def test_around_the_clock_is_real_time():
    start = datetime(2025, 12, 30, tzinfo=UTC)
    assert Schedule.always().elapsed(start, start + timedelta(days=400)) == timedelta(days=400)
    assert list(Schedule.always().intervals(start, start + timedelta(days=400))) == [
        (start, start + timedelta(days=400))
    ]


def test_what_never_opens_is_never_due():
    closed = Schedule.of(Hours("UTC", ((),) * 7))
    start = datetime(2026, 1, 1, tzinfo=UTC)
    assert closed.add(start, hours(1)) is None
    assert closed.breach_at(start, hours(1)) is None
    assert closed.next_open(start) is None
    assert closed.next_close(start) is None
    assert closed.last_open(start) is None
    assert closed.subtract(start, hours(1)) is None


def test_each_closed_stretch_says_why():
    lunch = (*((Span(9 * 60, 13 * 60), Span(14 * 60, 18 * 60)),) * 5, (), ())
    schedule = Schedule.of(Hours("Europe/Kyiv", lunch, (INDEPENDENCE,)))
    told = [
        (segment.reason, segment.name)
        for segment in segments(schedule, kyiv(2026, 8, 21, 12), kyiv(2026, 8, 25, 10))
    ]
    assert told == [
        (None, ""), (Reason.BREAK, ""), (None, ""), (Reason.NIGHT, ""), (Reason.DAY_OFF, ""),
        (Reason.HOLIDAY, "Independence Day"), (Reason.NIGHT, ""), (None, ""),
    ]  # fmt: skip


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (1440, 1500), (60, 60), (60, 1501)])
def test_a_span_that_is_none_is_refused(start, end):
    with pytest.raises(ValueError, match="no span of a day"):
        Span(start, end)


def test_a_week_has_seven_days():
    with pytest.raises(ValueError, match="seven days"):
        Hours("UTC", ((ALL_DAY,),) * 6)
