"""Calendars with their history: what `business_hours/schedules` has no words for. They are changed there."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.own import answer_of, listed, own, own_list, own_noun, own_one
from opora.api.wire.paging import list_of
from opora.api.wire.problems import invalid_attribute
from opora.api.wire.shapes import flag, free, moment, number, one_of, words
from opora.api.wire.times import read_moment, stamp
from opora.calendars.models import Calendar, CalendarUse, CalendarVersion
from opora.calendars.queries import calendars, is_open, version_at
from opora.core import clock

_WEEK = {
    "type": "array",
    "items": {"type": "array", "items": {"type": "array", "items": {"type": "integer"}}},
    "description": "Seven lists, Monday first, of [from minute, to minute]; an end beyond 1440 lies on the next day.",
}
_DAYS = {"type": "array", "items": {"type": "object"}}


def _of_version(name: str, otherwise: Any = None) -> Any:
    return lambda row: getattr(row.now, name) if row.now else otherwise


SHAPE = {
    "id": number("pk"), "name": words("name"), "country": words("country"), "subdivision": words("subdivision"),
    "default": flag("is_default"), "version": number(_of_version("number", 0)),
    "time_zone": words(_of_version("zone", "UTC")), "week": free(_of_version("week", []), _WEEK),
    "special_days": free(_of_version("days", []), _DAYS), "is_open": flag("opened"), "created_at": moment("created_at"),
}  # fmt: skip
VERSION_SHAPE = {
    "id": number("pk"), "calendar_id": number("calendar_id"), "number": number("number"),
    "since": moment("since", empty=True), "time_zone": words("zone"), "week": free("week", _WEEK),
    "special_days": free("days", _DAYS), "digest": words("digest"), "saved_at": moment("saved_at"),
    "saved_by_id": number("saved_by_id", empty=True),
}  # fmt: skip
USE_SHAPE = {
    "id": number("pk"), "calendar_id": number("calendar_id"), "kind": one_of("kind", CalendarUse.Kind),
    "subject_id": number("subject_id"), "since": moment("since", empty=True), "until": moment("until", empty=True),
}  # fmt: skip


def _rows(call: Call) -> QuerySet[Calendar]:
    return calendars()


def _load(call: Call, ids: Sequence[int]) -> list[Any]:
    found: list[Any] = list(Calendar.objects.filter(pk__in=ids).prefetch_related("versions"))
    now = clock.now()
    for row in found:
        row.now, row.opened = version_at(row, now), is_open(row.pk, now)
    return found


CALENDARS = own_noun(
    "calendar", path="calendars", rows=_rows, load=_load, shape=SHAPE, orders={"id": "id", "name": "name"}
)
VERSIONS = own_noun(
    "version", path="", rows=lambda call: CalendarVersion.objects.all(),
    load=lambda call, ids: CalendarVersion.objects.filter(pk__in=ids), shape=VERSION_SHAPE,
    references={"users": ("saved_by_id",)},
)  # fmt: skip
USES = own_noun(
    "use", path="", rows=lambda call: CalendarUse.objects.all(),
    load=lambda call, ids: CalendarUse.objects.filter(pk__in=ids), shape=USE_SHAPE,
)  # fmt: skip
own_list(CALENDARS)
own_one(CALENDARS)


@own("GET", "calendars/{calendar_id}/versions", answers=listed(VERSIONS))
def list_versions(call: Call, calendar_id: int) -> Json:
    """List what a calendar said from when on, oldest first; the first holds for all the past."""
    return list_of(call, VERSIONS, CALENDARS.find(call, calendar_id).versions.all())


@own("GET", "calendars/{calendar_id}/uses", answers=listed(USES))
def list_uses(call: Call, calendar_id: int) -> Json:
    """List whose calendar it is and was: of brands, groups, organizations and the desk, oldest first."""
    return list_of(call, USES, CALENDARS.find(call, calendar_id).uses.all())


@own("GET", "calendars/{calendar_id}/opening",
     answers=answer_of({"opening": answer_of({"at": {"type": "string", "format": "date-time"}, "open": {"type": "boolean"}})}))  # fmt: skip
def show_opening(call: Call, calendar_id: int) -> Json:
    """Show whether a calendar is open `at` an instant, now if none is given."""
    given = call.param("at")
    at = read_moment(given) if given else clock.now()
    if at is None:
        raise invalid_attribute("at", "must be a moment")
    return {"opening": {"at": stamp(at), "open": is_open(CALENDARS.find(call, calendar_id).pk, at)}}
