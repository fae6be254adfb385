"""A calendar gets other hours or special days from an instant on; what was before stays as it was."""

import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import datetime

from opora.calendars.events import CalendarVersionBegun
from opora.calendars.models import Calendar, CalendarVersion
from opora.calendars.queries import version_at
from opora.calendars.special import Content, Day, content_of, written_week
from opora.core import clock
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.models import Person


def begin_version(
    calendar: Calendar, content: Content, *, by: ActsAsActor, since: datetime | None = None
) -> CalendarVersion | None:
    """Let `content` hold from `since` on (now, if not given); None when that is what holds already.

    A calendar's first version has held always.
    """
    with update(by):
        latest = calendar.versions.order_by("-number").first()
        since = (since or clock.now()) if latest else None
        if latest and _holds_at(calendar, since) == content:
            return None
        version = _write(calendar, content, number=latest.number + 1 if latest else 1, since=since, by=by)
        fact = CalendarVersionBegun(
            version_id=version.pk, number=version.number, since=since.isoformat() if since else None
        )
        record(fact, subject_id=calendar.pk, by=by)
    return version


def change_days(calendar: Calendar, change: Callable[[Sequence[Day]], list[Day]], *, by: ActsAsActor) -> bool:
    """Change the special days of what holds now and of what is planned; return whether anything changed."""
    now = clock.now()
    with update(by):
        current = version_at(calendar, now)
        planned = calendar.versions.filter(since__gt=now).order_by("since", "number")
        latest = {version.since: version for version in planned}
        made = [_with_days(calendar, current, change, since=now, by=by)] if current else []
        made += [
            _with_days(calendar, version, change, since=version.since, by=by) for version in latest.values()
        ]
    return any(made)


def _with_days(
    calendar: Calendar, version: CalendarVersion, change: Callable[[Sequence[Day]], list[Day]], *,
    since: datetime | None, by: ActsAsActor,
) -> CalendarVersion | None:  # fmt: skip
    content = content_of(version)
    return begin_version(calendar, content.with_days(change(content.days)), by=by, since=since)


def _holds_at(calendar: Calendar, at: datetime | None) -> Content | None:
    version = version_at(calendar, at) if at else None
    return content_of(version) if version else None


def _write(
    calendar: Calendar, content: Content, *, number: int, since: datetime | None, by: ActsAsActor
) -> CalendarVersion:
    week, days = written_week(content.week), [day.to_json() for day in sorted(content.days)]
    plain = json.dumps([content.zone, week, days], sort_keys=True, ensure_ascii=False)
    return CalendarVersion.objects.create(
        calendar=calendar,
        number=number,
        since=since,
        zone=content.zone,
        week=week,
        days=days,
        digest=hashlib.sha256(plain.encode()).hexdigest(),
        saved_at=clock.now(),
        saved_by=by if isinstance(by, Person) else None,
    )
