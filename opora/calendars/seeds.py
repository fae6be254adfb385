"""Calendars of a demo desk, made from its table through the actions."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from opora.calendars.actions.save_calendar import WeekHours, save_calendar
from opora.calendars.actions.special_days import put_special_days
from opora.calendars.models import Calendar
from opora.calendars.queries import default_calendar
from opora.calendars.special import Day
from opora.calendars.week_text import read_spans
from opora.core import clock
from opora.events.actor import SYSTEM
from opora.people.seeds import SeededPeople

Row = Mapping[str, Any]


def seed_calendars(plan: Row, *, people: SeededPeople) -> dict[str, Calendar]:
    """Make the calendars of `plan`, as in `cli/demo_desk/tables/calendars.toml`; the first takes the default's place."""
    return {
        row["key"]: _calendar(row, people, is_first=place == 0) for place, row in enumerate(plan["calendars"])
    }


def _calendar(row: Row, people: SeededPeople, *, is_first: bool) -> Calendar:
    uses = {
        "brand": [people.brands[key].pk for key in row.get("brands", [])],
        "group": [people.groups[key].pk for key in row.get("groups", [])],
    }
    calendar = save_calendar(
        default_calendar() if is_first else None,
        by=SYSTEM,
        name=row["name"],
        country=row.get("country", ""),
        subdivision=row.get("subdivision", ""),
        hours=WeekHours(row["zone"], tuple(read_spans(text) for text in row["week"])),
        uses=uses,
    )
    today = clock.now().date()
    own = [
        Day(date=today + timedelta(days=30 + ahead), name=name, spans=read_spans(hours))
        for ahead, name, hours in row.get("own", [])
    ]
    if own:
        put_special_days(calendar, own, by=SYSTEM)
    return calendar
