"""When people of the demo desk work and write, by the clock of Kyiv."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

KYIV = ZoneInfo("Europe/Kyiv")
MONTH = timedelta(days=30)

_SHOPPERS_BY_HOUR = [1, 0, 0, 0, 0, 0, 1, 3, 5, 8, 10, 10, 9, 8, 8, 8, 8, 9, 10, 11, 12, 11, 8, 4]
_CLIENTS_BY_HOUR = [1, 1, 1, 1, 1, 1, 1, 2, 5, 10, 12, 12, 9, 8, 11, 11, 10, 7, 4, 2, 2, 2, 1, 1]
_SHOPPERS_BY_DAY = [12, 11, 10, 10, 10, 7, 8]
_CLIENTS_BY_DAY = [12, 12, 11, 11, 10, 2, 2]


def next_working(moment: datetime, group: Mapping[str, Any], rng: Random) -> datetime:
    """Return `moment` if the group works then, else a little after its next shift begins."""
    begins, ends = group["hours"]
    local = moment.astimezone(KYIV)
    while local.weekday() >= group["days"] or local.hour >= ends:
        local = _at_hour(local + timedelta(days=1), begins)
    if local.hour < begins:
        local = _at_hour(local, begins)
    late = timedelta() if local == moment else timedelta(minutes=rng.uniform(3, 75))
    return local + late


def next_awake(moment: datetime, rng: Random) -> datetime:
    """Return `moment`, or a time next morning if most people sleep then."""
    local = moment.astimezone(KYIV)
    if 7 <= local.hour < 24 and local.hour != 0:
        return moment
    return _at_hour(local, 7) + timedelta(minutes=rng.uniform(5, 180))


def some_moment(now: datetime, rng: Random, *, of_clients: bool) -> datetime:
    """Return when a matter of the last month begins: more by day than at night, and at weekends less."""
    days, hours = (_CLIENTS_BY_DAY, _CLIENTS_BY_HOUR) if of_clients else (_SHOPPERS_BY_DAY, _SHOPPERS_BY_HOUR)
    first = now - MONTH
    while True:
        moment = first + (now - first) * rng.random()
        local = moment.astimezone(KYIV)
        wanted = days[local.weekday()] * hours[local.hour] / (max(days) * max(hours))
        if rng.random() < wanted:
            return moment


def working_hour(moment: datetime, rng: Random) -> datetime:
    """Return a time between ten and four of that day."""
    local = moment.astimezone(KYIV)
    return _at_hour(local, 10) + timedelta(minutes=rng.uniform(0, 360))


def _at_hour(local: datetime, hour: int) -> datetime:
    return datetime.combine(local.date(), time(hour), KYIV)
