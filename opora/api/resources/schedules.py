"""Schedules: calendars in the form of the wire, intervals in minutes from Sunday midnight, holidays by date."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from opora.api.actions.keep_attributes import keep_attributes, kept_attributes
from opora.api.wire.answers import NOTHING, Answer, changed, created
from opora.api.wire.bodies import OBJECTS, TEXT, Body, Json, require_text, text
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun
from opora.api.wire.offers import offer_list, offer_one
from opora.api.wire.problems import invalid_attribute, invalid_record, not_found
from opora.api.wire.routing import operation
from opora.api.wire.stamps import Stamps, stamps_of
from opora.api.wire.times import stamp
from opora.api.wire.zones import said_zone, zone_of
from opora.calendars.actions.remove_calendar import remove_calendar
from opora.calendars.actions.save_calendar import WeekHours, save_calendar
from opora.calendars.actions.special_days import put_special_days, remove_special_day
from opora.calendars.models import Calendar
from opora.calendars.queries import calendars, current_content
from opora.calendars.special import Day, Week
from opora.core.business_time import Span

DAY = 24 * 60
WEEK = 7 * DAY
MOST_DAYS = 366
MOVED = "schedule_holidays"
"""Under this the numbers of holidays are kept that begin on another day by now."""
SCHEDULE = Body(
    "schedule", {"name": text(120), "time_zone": TEXT, "intervals": OBJECTS}, ("name", "time_zone")
)
WORKWEEK = Body("workweek", {"intervals": OBJECTS}, ("intervals",))
HOLIDAY = Body(
    "holiday", {"name": TEXT, "start_date": TEXT, "end_date": TEXT}, ("name", "start_date", "end_date")
)
NINE_TO_FIVE: Week = (*(((Span(9 * 60, 17 * 60),),) * 5), (), ())


def _present(call: Call, ids: Sequence[int]) -> list[Json]:
    rows = Calendar.objects.in_bulk(ids)
    times = stamps_of(call, "calendar", ids)
    kept = kept_attributes("schedule", ids)
    return [_schedule(call, rows[pk], times[pk], kept.get(pk, {})) for pk in ids if pk in rows]


def _schedule(call: Call, row: Calendar, times: Stamps, kept: Json) -> Json:
    content = current_content(row)
    return {
        "url": call.url(f"business_hours/schedules/{row.pk}"),
        "id": row.pk,
        "name": row.name,
        "time_zone": said_zone(content.zone if content else "UTC", kept.get("time_zone", "")),
        "intervals": _intervals(content.week) if content else [],
        "created_at": stamp(row.created_at),
        "updated_at": stamp(max(times[1], row.created_at)),
    }


def _intervals(week: Week) -> list[Json]:
    """The week of a calendar, Monday first, as minutes from Sunday midnight; hours past Saturday begin the week anew."""
    found: list[tuple[int, int]] = []
    for weekday, spans in enumerate(week):
        begin = (weekday + 1) % 7 * DAY
        for span in spans:
            if begin + span.end > WEEK:
                found += [(begin + span.start, WEEK), (0, begin + span.end - WEEK)]
            else:
                found.append((begin + span.start, begin + span.end))
    return [{"start_time": start, "end_time": end} for start, end in sorted(found)]


def _week(intervals: Iterable[Json]) -> Week:
    """Intervals of the wire as the week of a calendar, each on the day that it begins on. Raises 422 for nonsense."""
    days: list[list[Span]] = [[] for _day in range(7)]
    last = 0
    for one in sorted(
        intervals, key=lambda one: one["start_time"] if isinstance(one.get("start_time"), int) else -1
    ):
        start, end = one.get("start_time"), one.get("end_time")
        if not isinstance(start, int) or not isinstance(end, int) or not last <= start < end <= WEEK:
            raise invalid_record("intervals", "must not overlap, and lie between 0 and 10080")
        last = end
        while start < end:
            until = min(end, (start // DAY + 1) * DAY)
            days[(start // DAY - 1) % 7].append(Span(start % DAY, start % DAY + until - start))
            start = until
    return tuple(tuple(spans) for spans in days)


SCHEDULES = Noun("schedule", "schedules", "business_hours/schedules", lambda call: calendars(), _present)
offer_list(SCHEDULES)
offer_one(SCHEDULES)


@operation("POST", "business_hours/schedules", takes=SCHEDULE)
def create_schedule(call: Call) -> Answer:
    """Create a schedule; without intervals it is open on weekdays from nine to five."""
    given = call.read(SCHEDULE)
    name = require_text(given, "name")
    week = _week(given["intervals"]) if given.get("intervals") else NINE_TO_FIVE
    hours = WeekHours(_zone(given), week)
    calendar = save_calendar(by=call.person, name=name, hours=hours)
    keep_attributes("schedule", calendar.pk, given, ("time_zone",))
    return created(call, SCHEDULES, calendar.pk)


def _zone(given: Json) -> str:
    """The IANA name of a time zone; one that is none goes on as it is, to be refused."""
    said = require_text(given, "time_zone")
    return zone_of(said) or said


@operation("PUT", "business_hours/schedules/{schedule_id}", takes=SCHEDULE)
def update_schedule(call: Call, schedule_id: int) -> Any:
    """Change a schedule's name or time zone."""
    calendar, given = SCHEDULES.find(call, schedule_id), call.read(SCHEDULE)
    content = current_content(calendar)
    fields: Json = {"name": given["name"]} if given.get("name") else {}
    if given.get("time_zone") and content:
        fields["hours"] = WeekHours(_zone(given), content.week)
    save_calendar(calendar, by=call.person, **fields)
    keep_attributes("schedule", calendar.pk, given, ("time_zone",))
    return changed(call, SCHEDULES, calendar.pk)


@operation("DELETE", "business_hours/schedules/{schedule_id}")
def delete_schedule(call: Call, schedule_id: int) -> Answer:
    """Let nobody choose a schedule any more."""
    remove_calendar(SCHEDULES.find(call, schedule_id), by=call.person)
    return NOTHING


@operation("PUT", "business_hours/schedules/{schedule_id}/workweek", takes=WORKWEEK)
def update_workweek(call: Call, schedule_id: int) -> Any:
    """Replace the hours of a schedule."""
    calendar, given = SCHEDULES.find(call, schedule_id), call.read(WORKWEEK)
    content = current_content(calendar)
    week = _week(given.get("intervals") or [])
    save_calendar(calendar, by=call.person, hours=WeekHours(content.zone if content else "UTC", week))
    return lambda: {"workweek": {"intervals": _intervals(week)}}


def _holidays(calendar: Calendar) -> list[Json]:
    """Closed days, those of one name side by side as one holiday; its number is the date that it first began on."""
    content, numbers = current_content(calendar), kept_attributes(MOVED, [calendar.pk]).get(calendar.pk, {})
    found: list[Json] = []
    for day in sorted(content.days if content else (), key=lambda day: day.date):
        if day.is_worked or day.spans:
            continue
        last = found[-1] if found else None
        follows = (
            last
            and last["name"] == day.name
            and date.fromisoformat(last["end_date"]) + timedelta(1) == day.date
        )
        if last and follows:
            last["end_date"] = day.date.isoformat()
        else:
            begins = day.date.isoformat()
            number = _number(day.date, numbers)
            found.append({"id": number, "name": day.name, "start_date": begins, "end_date": begins})
    return found


def _number(day: date, numbers: Mapping[str, int]) -> int:
    """The number of the holiday that begins on this day: its own if it was moved here, else one made of the date."""
    number = numbers.get(day.isoformat()) or int(f"{day:%Y%m%d}")
    while number in numbers.values() and numbers.get(day.isoformat()) != number:
        number = number * 10 + 1
    return number


@operation("GET", "business_hours/schedules/{schedule_id}/holidays")
def list_holidays(call: Call, schedule_id: int) -> Json:
    """List the holidays of a schedule."""
    found = _holidays(SCHEDULES.find(call, schedule_id))
    return {"holidays": found, "count": len(found), "next_page": None, "previous_page": None}


@operation("GET", "business_hours/schedules/{schedule_id}/holidays/{holiday_id}")
def show_holiday(call: Call, schedule_id: int, holiday_id: int) -> Json:
    """Show one holiday of a schedule."""
    return {"holiday": _holiday(SCHEDULES.find(call, schedule_id), holiday_id)}


def _holiday(calendar: Calendar, holiday_id: int) -> Json:
    found = next((one for one in _holidays(calendar) if one["id"] == holiday_id), None)
    if found is None:
        raise not_found()
    return found


@operation("POST", "business_hours/schedules/{schedule_id}/holidays", takes=HOLIDAY)
def create_holiday(call: Call, schedule_id: int) -> Answer:
    """Close a schedule on some days."""
    calendar, days = SCHEDULES.find(call, schedule_id), _days(call.read(HOLIDAY))
    put_special_days(calendar, days, by=call.person)
    return Answer(lambda: {"holiday": _around(calendar, days[0].date)}, 201)


@operation("PUT", "business_hours/schedules/{schedule_id}/holidays/{holiday_id}", takes=HOLIDAY)
def update_holiday(call: Call, schedule_id: int, holiday_id: int) -> Any:
    """Move or rename a holiday."""
    calendar = SCHEDULES.find(call, schedule_id)
    before = _holiday(calendar, holiday_id)
    days = _days({**before, **call.read(HOLIDAY)})
    for day in _days(before):
        remove_special_day(calendar, day.date, by=call.person)
    put_special_days(calendar, days, by=call.person)
    moved = {before["start_date"]: 0, days[0].date.isoformat(): holiday_id}
    keep_attributes(MOVED, calendar.pk, moved, moved)
    return lambda: {"holiday": _around(calendar, days[0].date)}


@operation("DELETE", "business_hours/schedules/{schedule_id}/holidays/{holiday_id}")
def delete_holiday(call: Call, schedule_id: int, holiday_id: int) -> Answer:
    """Open a schedule again on the days of a holiday."""
    calendar = SCHEDULES.find(call, schedule_id)
    for day in _days(_holiday(calendar, holiday_id)):
        remove_special_day(calendar, day.date, by=call.person)
    return NOTHING


def _around(calendar: Calendar, day: date) -> Json:
    """The holiday that the day belongs to."""
    wanted = day.isoformat()
    return next(one for one in _holidays(calendar) if one["start_date"] <= wanted <= one["end_date"])


def _days(given: Json) -> list[Day]:
    name = require_text(given, "name")
    start, end = _date(given, "start_date"), _date(given, "end_date")
    if not 0 <= (end - start).days < MOST_DAYS:
        raise invalid_record("end_date", "must not lie before start_date, nor a year after it")
    return [Day(start + timedelta(n), name) for n in range((end - start).days + 1)]


def _date(given: Json, name: str) -> date:
    try:
        return date.fromisoformat(str(given.get(name)))
    except ValueError as problem:
        raise invalid_attribute(name, "must be a date such as 2026-12-24") from problem
