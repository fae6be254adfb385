"""Running clocks take the newest version of a policy: a correction in the log of each ticket, which overwrites nothing."""

from django.db.models import QuerySet
from django_tasks import task

from opora.events.models import Event
from opora.events.recording import coming_via, record, update
from opora.people.models import Person
from opora.people.policy import require
from opora.sla.events import TicketRerated
from opora.sla.models import ClockRow, PolicyVersion, SlaPolicy
from opora.sla.policy import may_change
from opora.tickets.models import Ticket

AT_ONCE = 200
"""Tickets of one transaction."""


def tickets_running(policy: SlaPolicy) -> QuerySet[ClockRow, int]:
    """Return the ids of the tickets with a running or paused clock of the policy."""
    live = ClockRow.objects.filter(policy=policy, state__in=("running", "paused"))
    return live.order_by("ticket_id").values_list("ticket_id", flat=True).distinct()


def rerate(policy: SlaPolicy, *, by: Person) -> None:
    """Let the clocks that run take the policy's newest version, kept time included; a worker does it (S8).

    Clocks that are over keep what they were. What was broken stays broken.
    """
    require(may_change(by))
    newest = policy.versions.order_by("-number")[0]
    rerate_running.enqueue(newest.pk, by.pk)


@task()
def rerate_running(version_id: int, person_id: int) -> int:
    """Record the correction on each ticket that has not had it; returns how many. Doing it again adds none."""
    version = PolicyVersion.objects.select_related("policy").get(pk=version_id)
    by, done = Person.objects.get(pk=person_id), 0
    ids = list(tickets_running(version.policy))
    for start in range(0, len(ids), AT_ONCE):
        with coming_via("web"):
            done += _rerate(ids[start : start + AT_ONCE], version, by)
    return done


def _rerate(ids: list[int], version: PolicyVersion, by: Person) -> int:
    fact = TicketRerated(policy_id=version.policy_id, policy=version.policy.name, number=version.number)
    known = Event.objects.filter(kind=TicketRerated.kind, subject_kind="ticket", subject_id__in=ids)
    had = {
        event.subject_id
        for event in known
        if (event.body["policy_id"], event.body["number"]) == (fact.policy_id, fact.number)
    }
    with update(by):
        still = Ticket.objects.select_for_update().filter(pk__in=set(ids) - had).order_by("pk")
        found = list(still.values_list("pk", flat=True))
        for ticket_id in found:
            record(fact, subject_id=ticket_id, by=by)
    return len(found)
