from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from opora.calendars.actions.remove_calendar import remove_calendar
from opora.calendars.actions.save_calendar import WeekHours, save_calendar
from opora.calendars.models import Calendar
from opora.calendars.queries import (
    calendars_by_use,
    default_calendar,
    is_open,
    is_open_for,
    schedule_of,
    schedules,
)
from opora.calendars.tests.conftest import KYIV
from opora.calendars.week_text import WORKING_WEEK, read_spans
from opora.core import clock
from opora.core.refusals import Conflict, Invalid, NotAllowed
from opora.people.models import Brand
from opora.people.tests.log_of import kinds_of

MONDAY = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
SATURDAY = datetime(2026, 11, 28, 10, 0, tzinfo=UTC)


def test_a_desk_opens_with_a_calendar(cast):
    assert default_calendar() == Calendar.objects.get(is_default=True)
    assert schedule_of(default_calendar().pk).elapsed(MONDAY, MONDAY + timedelta(days=7)) == timedelta(
        hours=45
    )


def test_a_new_calendar_has_held_always_and_says_so_in_the_log(office):
    assert [version.since for version in office.versions.all()] == [None]
    assert kinds_of("calendar", office.pk) == ["calendar.version_begun", "calendar.saved"]
    assert is_open(office.pk, MONDAY)
    assert not is_open(office.pk, SATURDAY)


def test_new_hours_begin_now_and_leave_the_past_as_it_was(office, cast, time_machine):
    time_machine.move_to(MONDAY + timedelta(days=9))
    longer = WeekHours("Europe/Kyiv", ((read_spans("8-20")[0],),) * 7)
    save_calendar(office, by=cast.owner, hours=longer)
    schedule = schedule_of(office.pk)
    assert not schedule.is_open(SATURDAY)
    assert schedule.is_open(SATURDAY + timedelta(days=7))
    assert schedules()[office.pk] == schedule


def test_hours_can_be_planned_and_the_plan_be_changed(office, cast, time_machine):
    time_machine.move_to(MONDAY)
    for week in (((),) * 6 + ((read_spans("10-12")[0],),), ((),) * 5 + ((read_spans("10-14")[0],),) * 2):
        save_calendar(office, by=cast.owner, hours=WeekHours("Europe/Kyiv", week, MONDAY + timedelta(days=3)))
    schedule = schedule_of(office.pk)
    assert schedule.is_open(MONDAY + timedelta(days=1))
    assert schedule.is_open(SATURDAY)
    assert schedule_of(office.pk, MONDAY - timedelta(days=1)) != schedule


def test_the_same_hours_make_no_version_and_no_fact(office, cast):
    before = kinds_of("calendar", office.pk)
    save_calendar(office, by=cast.owner, hours=KYIV, name="Kyiv office")
    assert kinds_of("calendar", office.pk) == before


@pytest.mark.parametrize(
    ("hours", "field"),
    [
        (replace(KYIV, zone="Mars/Olympus"), "zone"),
        (replace(KYIV, week=((),) * 7), "week"),
        (replace(KYIV, since=datetime(2020, 1, 1, tzinfo=UTC)), "since"),
    ],
)
def test_hours_that_make_no_sense_are_refused(office, cast, hours, field):
    with pytest.raises(Invalid) as refused:
        save_calendar(office, by=cast.owner, hours=hours)
    assert refused.value.field == field


def test_names_are_once_and_countries_are_known(office, cast):
    with pytest.raises(Invalid, match="of this name"):
        save_calendar(by=cast.owner, name="KYIV OFFICE", hours=KYIV)
    with pytest.raises(Invalid, match="are not known"):
        save_calendar(office, by=cast.owner, country="ZZ")
    with pytest.raises(Invalid, match="no part"):
        save_calendar(office, by=cast.owner, country="PL", subdivision="BY")
    with pytest.raises(Invalid, match="in which hours"):
        save_calendar(by=cast.owner, name="Empty")


def test_a_brand_has_one_calendar(office, cast):
    night = save_calendar(by=cast.owner, name="Night", hours=KYIV, uses={"group": [cast.group.pk]})
    save_calendar(office, by=cast.owner, uses={"group": [cast.group.pk], "organization": [cast.bank.pk]})
    assert calendars_by_use() == {
        ("group", cast.group.pk): office.pk,
        ("organization", cast.bank.pk): office.pk,
    }
    assert [use.until is None for use in night.uses.all()] == [False]


def test_there_is_always_a_default_calendar(office, cast):
    first = default_calendar()
    with pytest.raises(Conflict):
        remove_calendar(first, by=cast.owner)
    with pytest.raises(Conflict):
        save_calendar(first, by=cast.owner, is_default=False)
    save_calendar(office, by=cast.owner, is_default=True)
    assert default_calendar() == office
    first.refresh_from_db()
    remove_calendar(first, by=cast.owner)
    assert kinds_of("calendar", first.pk)[-1] == "calendar.removed"


def test_a_removed_calendar_is_nobodys_and_still_counts_what_it_counted(office, cast):
    save_calendar(office, by=cast.owner, uses={"group": [cast.group.pk]})
    remove_calendar(office, by=cast.owner)
    assert not calendars_by_use()
    assert not is_open(office.pk, SATURDAY)


def test_agents_change_no_calendar(office, cast):
    with pytest.raises(NotAllowed):
        save_calendar(office, by=cast.agent, name="Mine")
    with pytest.raises(NotAllowed):
        remove_calendar(office, by=cast.agent)


def test_no_calendar_is_around_the_clock():
    assert is_open(None, clock.now())
    assert WORKING_WEEK[5] == ()


def test_a_group_s_hours_come_before_the_brand_s_and_those_before_the_desk_s(cast, office):
    monday, night = datetime(2027, 3, 1, 10, tzinfo=UTC), datetime(2027, 3, 1, 23, tzinfo=UTC)
    here = {"group_id": cast.group.pk, "brand_id": Brand.objects.get().pk}
    assert is_open_for(monday, **here)
    assert not is_open_for(night, **here)
    nights = WeekHours("Europe/Kyiv", tuple(read_spans("00:00-08:00") for _day in range(7)))
    save_calendar(by=cast.owner, name="Nights", hours=nights, uses={"group": [cast.group.pk]})
    assert is_open_for(night, **here)
    assert not is_open_for(monday, **here)
    assert is_open_for(monday, group_id=None, brand_id=here["brand_id"])
