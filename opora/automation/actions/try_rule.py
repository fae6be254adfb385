"""A rule is tried on the past before it is switched on: the updates of the last days are looked at again, as they were."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django_tasks import task

from opora.automation.actions.run_triggers import SILENT, UPDATES
from opora.automation.models import Trial
from opora.automation.policy import may_change_rules
from opora.core import clock
from opora.core.conditions import Predicate
from opora.core.refusals import Invalid
from opora.events.models import Event
from opora.events.registry import FACTS
from opora.people.models import Person
from opora.people.policy import require
from opora.tickets.conditions import Case, predicate_of, read_conditions
from opora.tickets.history import updates_of
from opora.tickets.models import Category, Ticket
from opora.tickets.queries import tickets_for
from opora.tickets.snapshot import snapshots_of

DAYS = (1, 7, 30)
AT_ONCE = 200
MOST_FOUND = 200
"""So many tickets are shown; the rest is only counted."""


def begin_trial(conditions: Any, *, days: int, by: Person) -> Trial:
    """Start looking; a worker does the work and the trial tells how far it is. Raises `Invalid` for nonsense."""
    require(may_change_rules(by))
    read_conditions(conditions)
    if days not in DAYS:
        raise Invalid(_("Choose how many days to look back."))
    trial = Trial.objects.create(conditions=conditions, days=days, person=by)
    look_back.enqueue(trial_id=trial.pk)
    return trial


@task()
def look_back(trial_id: int) -> int:
    """Look at every ticket touched in the days of the trial; returns how often the rule would have fired."""
    trial = Trial.objects.select_related("person__role").get(pk=trial_id)
    since = trial.created_at - timedelta(days=trial.days)
    ids = _touched(trial.person, since)
    trial.total = len(ids)
    try:
        holds = predicate_of(trial.conditions)
        for start in range(0, len(ids), AT_ONCE):
            _look(trial, ids[start : start + AT_ONCE], holds, since)
    except Exception:
        Trial.objects.filter(pk=trial.pk).update(state=Trial.State.FAILED)
        raise
    trial.state = Trial.State.DONE
    trial.found.sort(key=lambda row: row["at"], reverse=True)
    trial.save()
    return trial.fired


def forget_trials() -> None:
    """Forget the trials of yesterday."""
    Trial.objects.filter(created_at__lt=clock.now() - timedelta(days=1)).delete()


def _touched(person: Person, since: datetime) -> list[int]:
    kinds = [kind for kind, fact in FACTS.items() if issubclass(fact, UPDATES)]
    touched = Event.objects.filter(subject_kind="ticket", kind__in=kinds, recorded_at__gte=since)
    mine = tickets_for(person).filter(pk__in=touched.exclude(via__in=SILENT).values("subject_id"))
    return list(mine.order_by("pk").values_list("pk", flat=True))


def _look(trial: Trial, ids: list[int], holds: Predicate, since: datetime) -> None:
    present = snapshots_of(Ticket.objects.filter(pk__in=ids))
    kinds = [kind for kind, fact in FACTS.items() if issubclass(fact, UPDATES)]
    events = Event.objects.filter(subject_kind="ticket", subject_id__in=ids, kind__in=kinds)
    for ticket_id, rows in groupby(events.order_by("subject_id", "id"), key=lambda event: event.subject_id):
        trial.looked += 1
        for row in _would_fire(present[ticket_id], rows, holds, since):
            trial.fired += 1
            if len(trial.found) < MOST_FOUND:
                trial.found.append(row)
    trial.save(update_fields=["looked", "total", "fired", "found"])


def _would_fire(
    present: Any, rows: Iterable[Event], holds: Predicate, since: datetime
) -> Iterable[dict[str, Any]]:
    for moment in updates_of(present, rows, since=since):
        case = Case(moment.ticket, moment.at, None, moment.happened)
        if (
            moment.happened.via in SILENT
            or moment.ticket.category == Category.CLOSED
            or moment.happened.role == "rule"
        ):
            continue
        if holds(case):
            yield {"ticket": moment.ticket.id, "at": moment.at.isoformat(), "event": moment.event_id}
