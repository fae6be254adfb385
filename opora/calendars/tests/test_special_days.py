from datetime import UTC, date, datetime, timedelta

import pytest

from opora.calendars import holiday_books
from opora.calendars.actions.save_calendar import WeekHours, save_calendar
from opora.calendars.actions.special_days import (
    import_days,
    keep_holidays_ahead,
    observe_holiday,
    put_special_days,
    remove_special_day,
)
from opora.calendars.queries import current_content, schedule_of
from opora.calendars.special import Day
from opora.calendars.week_text import WORKING_WEEK, read_spans
from opora.core.refusals import Invalid, NotAllowed, NotFound
from opora.people.tests.log_of import kinds_of

NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
INDEPENDENCE = date(2026, 11, 11)


@pytest.fixture
def warsaw(cast, time_machine):
    time_machine.move_to(NOW, tick=False)
    hours = WeekHours("Europe/Warsaw", WORKING_WEEK)
    return save_calendar(by=cast.owner, name="Warsaw", country="PL", hours=hours)


def at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def day_of(calendar, day: date) -> Day | None:
    return next((found for found in current_content(calendar).days if found.date == day), None)


def test_public_holidays_close_the_calendar(warsaw):
    assert day_of(warsaw, INDEPENDENCE).source == "holiday"
    assert not schedule_of(warsaw.pk).is_open(at(INDEPENDENCE, 10))
    years = {day.date.year for day in current_content(warsaw).days}
    assert years == {2025, 2026, 2027, 2028}


def test_a_holiday_can_be_worked_and_closed_again(warsaw, cast):
    remove_special_day(warsaw, INDEPENDENCE, by=cast.owner)
    assert day_of(warsaw, INDEPENDENCE).is_worked
    assert schedule_of(warsaw.pk).is_open(at(INDEPENDENCE, 10))
    observe_holiday(warsaw, INDEPENDENCE, by=cast.owner)
    assert not schedule_of(warsaw.pk).is_open(at(INDEPENDENCE, 10))
    with pytest.raises(NotFound):
        observe_holiday(warsaw, date(2026, 11, 12), by=cast.owner)


def test_a_day_can_have_other_hours_and_be_like_any_day_again(warsaw, cast):
    eve = date(2026, 12, 31)
    put_special_days(warsaw, [Day(date=eve, name="New Year's Eve", spans=read_spans("9-12"))], by=cast.owner)
    schedule = schedule_of(warsaw.pk)
    assert schedule.elapsed(at(eve, 0), at(eve, 20)) == timedelta(hours=3)
    remove_special_day(warsaw, eve, by=cast.owner)
    assert day_of(warsaw, eve) is None
    assert kinds_of("calendar", warsaw.pk)[-2:] == ["calendar.version_begun", "calendar.saved"]


def test_a_day_that_is_past_changes_nothing_that_was_counted(warsaw, cast):
    last_friday = date(2026, 10, 30)
    put_special_days(warsaw, [Day(date=last_friday, name="Too late")], by=cast.owner)
    assert schedule_of(warsaw.pk).is_open(at(last_friday, 10))


def test_a_special_day_reaches_planned_hours_too(warsaw, cast):
    later = WeekHours("Europe/Warsaw", ((read_spans("10-20")[0],),) * 7, NOW + timedelta(days=20))
    save_calendar(warsaw, by=cast.owner, hours=later)
    put_special_days(warsaw, [Day(date=date(2026, 12, 1), name="Stocktaking")], by=cast.owner)
    assert not schedule_of(warsaw.pk).is_open(at(date(2026, 12, 1), 12))
    assert schedule_of(warsaw.pk).is_open(at(date(2026, 12, 6), 12))


def test_another_country_brings_its_holidays_from_now_on(warsaw, cast):
    put_special_days(warsaw, [Day(date=date(2026, 12, 7), name="Ours")], by=cast.owner)
    save_calendar(warsaw, by=cast.owner, country="DE", subdivision="BY")
    assert day_of(warsaw, INDEPENDENCE) is None
    assert day_of(warsaw, date(2027, 1, 6)).source == "holiday"
    assert day_of(warsaw, date(2026, 12, 7)).name == "Ours"


def test_years_to_come_are_added_once_and_known_years_never_asked_for_again(
    warsaw, monkeypatch, time_machine
):
    before = current_content(warsaw).days
    assert keep_holidays_ahead() == 0
    monkeypatch.setattr(holiday_books, "holidays_of", lambda *given, **named: [])
    time_machine.move_to(datetime(2027, 1, 2, tzinfo=UTC), tick=False)
    assert keep_holidays_ahead() == 1
    after = current_content(warsaw).days
    assert [day for day in after if day.date.year < 2029] == list(before)
    assert any(day.date.year == 2029 for day in after)
    assert keep_holidays_ahead() == 0


def test_a_special_day_needs_a_name_and_a_year_of_this_age(warsaw, cast):
    for day in (Day(date=INDEPENDENCE), Day(date=date(1900, 1, 1), name="Long ago")):
        with pytest.raises(Invalid):
            put_special_days(warsaw, [day], by=cast.owner)
    with pytest.raises(NotAllowed):
        put_special_days(warsaw, [Day(date=INDEPENDENCE, name="Off")], by=cast.agent)


def test_a_calendar_of_days_off_is_imported(warsaw, cast):
    text = ICAL.format(
        events="BEGIN:VEVENT\nUID:1\nDTSTART;VALUE=DATE:20261207\nDTEND;VALUE=DATE:20261209\nSUMMARY:Stocktaking\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:2\nDTSTART;VALUE=DATE:20200215\nRRULE:FREQ=YEARLY\nSUMMARY:Founders' day\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:3\nDTSTART:20261210T090000Z\nDTEND:20261210T100000Z\nSUMMARY:Meeting\nEND:VEVENT\n"
    )
    assert import_days(warsaw, text.encode(), by=cast.owner) == 2 + 7
    assert day_of(warsaw, date(2026, 12, 8)).name == "Stocktaking"
    assert day_of(warsaw, date(2031, 2, 15)).source == "import"
    assert day_of(warsaw, date(2026, 12, 10)) is None


ICAL = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//\n{events}END:VCALENDAR\n"
ENDLESS = "BEGIN:VEVENT\nUID:1\nDTSTART;VALUE=DATE:00010101\nDTEND;VALUE=DATE:99991231\nRRULE:FREQ=SECONDLY\nSUMMARY:x\nEND:VEVENT\n"


@pytest.mark.parametrize(
    "text",
    [
        b"", b"\x00\xff\xfe", b"hello", b"BEGIN:VCALENDAR\n", b"BEGIN:VEVENT\n" * 2000, b"x" * 1_000_001,
        ICAL.format(events="").encode(), ICAL.format(events=ENDLESS).encode(), ICAL.format(events=ENDLESS * 2001).encode(),
        ICAL.format(events="BEGIN:VEVENT\nDTSTART;VALUE=DATE:20269999\nEND:VEVENT\n").encode(),
    ],
    ids=["nothing", "bytes", "words", "begun", "nested", "huge", "empty", "endless", "many", "no date"],
)  # fmt: skip
def test_a_file_that_is_no_calendar_is_refused_in_a_sentence(warsaw, cast, text):
    before = current_content(warsaw)
    with pytest.raises(Invalid) as refused:
        import_days(warsaw, text, by=cast.owner)
    assert refused.value.sentence.endswith(".")
    assert current_content(warsaw) == before
