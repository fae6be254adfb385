"""Tickets are linked and unlinked."""

from django.utils.translation import gettext as _

from opora.core.refusals import Invalid
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.policy import require
from opora.tickets.actions.change import put_property
from opora.tickets.actions.lock import lock_ticket, touch
from opora.tickets.events import TicketLinked, TicketUnlinked
from opora.tickets.models import Ticket, TicketLink, TicketType
from opora.tickets.policy import may_merge, may_see

_OTHER_SIDE = {"related": "related", "child": "parent", "incident": "problem"}


def link_tickets(source: Ticket, target: Ticket, *, kind: str, by: ActsAsActor) -> None:
    """Link two tickets: "related", "child" (target is a child of source) or "incident" (source is its problem)."""
    with update(by):
        require(may_merge(by, source) and may_see(by, target))
        if kind not in _OTHER_SIDE:
            raise Invalid(
                _("Tickets can be related, parent and child, or problem and incident."), field="kind"
            )
        if source.pk == target.pk:
            raise Invalid(_("A ticket cannot be linked with itself."), field="other")
        if not (
            _set_problem(source, target, by=by) if kind == "incident" else _add_link(source, target, kind)
        ):
            return
        record(TicketLinked(other_id=target.pk, how=kind), subject_id=source.pk, by=by)
        record(TicketLinked(other_id=source.pk, how=_OTHER_SIDE[kind]), subject_id=target.pk, by=by)


def unlink_tickets(ticket: Ticket, other: Ticket, *, by: ActsAsActor) -> None:
    """Remove every link between the two tickets."""
    with update(by):
        require(may_merge(by, ticket))
        removed = TicketLink.objects.filter(source=ticket, target=other).delete()[0]
        removed += TicketLink.objects.filter(source=other, target=ticket).delete()[0]
        removed += Ticket.objects.filter(pk=ticket.pk, problem=other).update(problem=None)
        removed += Ticket.objects.filter(pk=other.pk, problem=ticket).update(problem=None)
        if removed:
            record(TicketUnlinked(other_id=other.pk), subject_id=ticket.pk, by=by)
            record(TicketUnlinked(other_id=ticket.pk), subject_id=other.pk, by=by)


def _set_problem(problem: Ticket, incident: Ticket, *, by: ActsAsActor) -> bool:
    lock_ticket(incident)
    if problem.type != TicketType.PROBLEM:
        raise Invalid(
            _("Ticket #%(id)s is not a problem. Change its type first.") % {"id": problem.pk}, field="other"
        )
    if incident.problem_id == problem.pk:
        return False
    incident.problem = problem
    if incident.type != TicketType.INCIDENT:
        record(put_property(incident, "type", TicketType.INCIDENT), subject_id=incident.pk, by=by)
    touch(incident, "problem", "type")
    return True


def _add_link(source: Ticket, target: Ticket, kind: str) -> bool:
    if kind == "child" and TicketLink.objects.filter(source=target, target=source, kind="child").exists():
        raise Invalid(
            _("Ticket #%(id)s is the parent of this one already.") % {"id": target.pk}, field="other"
        )
    if kind == "related" and TicketLink.objects.filter(source=target, target=source, kind="related").exists():
        return False
    return TicketLink.objects.get_or_create(source=source, target=target, kind=kind)[1]
