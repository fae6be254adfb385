"""When configuration was made and last changed, read from the log: facts carry the time they became true."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max, Min

from opora.api.wire.call import Call
from opora.events.models import Event
from opora.people.queries import desk

Stamps = tuple[datetime, datetime]


def stamps_of(call: Call, kind: str, ids: Iterable[int]) -> dict[int, Stamps]:
    """Return (created, updated) of each subject of `kind`. What is older than the log is as old as the desk."""
    wanted = list(ids)
    found = Event.objects.filter(subject_kind=kind, subject_id__in=wanted).order_by()
    times = {
        subject: (first, last)
        for subject, first, last in found.values_list("subject_id").annotate(
            Min("occurred_at"), Max("occurred_at")
        )
    }
    missing = [subject for subject in wanted if subject not in times]
    if missing:
        opened = _opening(call)
        times |= dict.fromkeys(missing, (opened, opened))
    return times


def _opening(call: Call) -> datetime:
    if "opening" not in call.cache:
        found = desk()
        call.cache["opening"] = found.created_at if found else None
    return call.cache["opening"]
