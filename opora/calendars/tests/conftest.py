"""A calendar to play with."""

import pytest

from opora.calendars.actions.save_calendar import WeekHours, save_calendar
from opora.calendars.week_text import WORKING_WEEK

KYIV = WeekHours("Europe/Kyiv", WORKING_WEEK)


@pytest.fixture
def office(cast):
    return save_calendar(by=cast.owner, name="Kyiv office", hours=KYIV)
