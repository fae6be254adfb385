"""Public holidays against dates of another project. They lie outside the repository; without them it is skipped."""

import csv
from datetime import date
from pathlib import Path

import pytest

from opora.calendars.holiday_books import holidays_of

TRUTH = (
    Path(__file__).resolve().parents[4]
    / "shared"
    / "corpora"
    / "business-time"
    / "holiday-truth"
    / "holidays.csv"
)
COUNTRIES = {
    "Croatia": "HR", "CzechRepublic": "CZ", "Denmark": "DK", "Germany": "DE", "Greece": "GR",
    "Netherlands": "NL", "Portugal": "PT", "Slovakia": "SK", "Ukraine": "UA", "UnitedStates": "US",
}  # fmt: skip
DISPUTED = {
    "Denmark": {date(2015, 12, 24)}, "Germany": {date(2015, 10, 31), date(2018, 10, 31)}, "Ukraine": {date(1991, 6, 16)},
    "Greece": {date(2013, 5, 5), date(2013, 6, 23), date(2020, 4, 19), date(2020, 6, 7)},
}  # fmt: skip
"""Where the two differ about what a holiday is: days of banks, of single states, Easter and Pentecost as Sundays."""
BEFORE = date(2022, 3, 1)
"""Ukraine's law has given no days off since; the other project does not know that."""


def truth(name: str) -> list[tuple[date, bool]]:
    if not TRUTH.exists():
        return []
    rows = csv.DictReader(TRUTH.open())
    found = [
        (date.fromisoformat(row["date"]), row["is_holiday"] == "true")
        for row in rows
        if row["calendar"] == name
    ]
    return [(day, is_holiday) for day, is_holiday in found if day < BEFORE]


@pytest.mark.skipif(not TRUTH.exists(), reason=f"The dates are not at {TRUTH}.")
@pytest.mark.parametrize("name", sorted(COUNTRIES))
def test_holidays_of_a_country_are_those_that_others_know(name):
    days = truth(name)
    years = range(min(day.year for day, _known in days), max(day.year for day, _known in days) + 1)
    known = {day.date for day in holidays_of(COUNTRIES[name], "", years, locale="en")}
    missed = [day for day, is_holiday in days if (day in known) != is_holiday]
    assert set(missed) == DISPUTED.get(name, set())
