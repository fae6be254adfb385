"""What holds for any schedule and any instants."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from opora.core.business_time import Hours, Schedule, Since, Span, SpecialDay, segments

ZONES = [
    "Europe/Kyiv",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "America/Santiago",
    "UTC",
    "Pacific/Apia",
]


@st.composite
def spans(draw: st.DrawFn) -> tuple[Span, ...]:
    starts = draw(st.lists(st.integers(0, 1439), max_size=3, unique=True))
    return tuple(Span(start, start + draw(st.integers(1, 1440))) for start in starts)


@st.composite
def hours(draw: st.DrawFn) -> Hours:
    week = tuple(draw(spans()) for _day in range(7))
    days = draw(st.lists(st.dates(date(2025, 12, 1), date(2027, 2, 1)), max_size=4, unique=True))
    special = tuple((day, SpecialDay("Day", draw(spans()))) for day in sorted(days))
    return Hours(draw(st.sampled_from(ZONES)), week, special)


moments = st.datetimes(datetime(2025, 12, 20), datetime(2027, 1, 20), timezones=st.just(UTC))  # noqa: DTZ001 - the strategy sets it


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    edits = sorted(draw(st.lists(moments, max_size=2, unique=True)))
    return Schedule((Since(None, draw(hours())), *(Since(moment, draw(hours())) for moment in edits)))


amounts = st.timedeltas(timedelta(0), timedelta(days=30))


@given(schedules(), st.lists(moments, min_size=3, max_size=3))
def test_business_time_adds_up(schedule, instants):
    first, second, third = sorted(instants)
    parts = schedule.elapsed(first, second) + schedule.elapsed(second, third)
    assert parts == schedule.elapsed(first, third)


@given(schedules(), moments, moments)
def test_business_time_is_no_longer_than_real_time_and_never_runs_backwards(schedule, one, other):
    assert timedelta() <= schedule.elapsed(one, other) <= max(other - one, timedelta())


@given(schedules(), moments, amounts)
def test_adding_is_the_inverse_of_measuring(schedule, start, amount):
    due = schedule.add(start, amount)
    if due is not None:
        assert schedule.elapsed(start, due) == amount
        if amount:
            assert schedule.elapsed(start, due - timedelta(microseconds=1)) < amount


@given(schedules(), moments, amounts)
def test_the_breach_is_the_last_instant_that_keeps_the_promise(schedule, start, amount):
    due, breach = schedule.add(start, amount), schedule.breach_at(start, amount)
    if breach is not None:
        assert due is not None
        assert due <= breach
        assert schedule.elapsed(start, breach) == amount
        assert schedule.elapsed(start, breach + timedelta(microseconds=1)) > amount


@given(schedules(), moments, amounts)
def test_subtracting_is_the_inverse_too(schedule, end, amount):
    begin = schedule.subtract(end, amount)
    if begin is not None:
        assert schedule.elapsed(begin, end) == amount


@given(schedules(), moments, amounts, amounts)
def test_more_time_is_due_no_sooner(schedule, start, one, other):
    sooner, later = schedule.add(start, min(one, other)), schedule.add(start, max(one, other))
    assert later is None or (sooner is not None and sooner <= later)


@given(schedules(), moments)
def test_open_means_that_time_passes(schedule, at):
    passes = schedule.elapsed(at, at + timedelta(microseconds=1)) > timedelta()
    assert schedule.is_open(at) == passes
    opens = schedule.next_open(at)
    if opens is not None:
        assert schedule.is_open(opens)
        assert schedule.elapsed(at, opens) == timedelta()


@given(schedules(), moments, st.timedeltas(timedelta(0), timedelta(days=20)))
def test_the_story_tells_all_of_the_time_once(schedule, start, length):
    told = list(segments(schedule, start, start + length))
    assert sum((segment.length for segment in told), timedelta()) == length
    assert all(one.end == other.start for one, other in pairwise(told))
    worked = sum((segment.length for segment in told if segment.is_open), timedelta())
    assert worked == schedule.elapsed(start, start + length)
    assert all(segment.is_open or segment.reason for segment in told)
