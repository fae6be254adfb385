"""Tickets about the same matter become one, and can be taken apart again."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from opora.core.refusals import Conflict, Invalid
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.policy import require
from opora.tickets.actions.collaborate import add_collaborators
from opora.tickets.actions.lock import lock_ticket, refuse_closed, touch
from opora.tickets.actions.status import move_status
from opora.tickets.events import TicketMerged, TicketMergeReceived, TicketUnmerged
from opora.tickets.models import Category, Collaboration, Comment, Status, Ticket
from opora.tickets.policy import may_merge
from opora.tickets.queries import status_of


def merge_tickets(sources: Sequence[Ticket], *, into: Ticket, by: ActsAsActor) -> Ticket:
    """Merge `sources` into `into`: their conversations are shown there, their requesters are put in copy there.

    Nothing is moved, so the merge can be undone. Raises `Invalid` for a merge with itself or one merged already.
    """
    with update(by):
        for ticket in sorted([into, *sources], key=lambda ticket: ticket.pk):
            lock_ticket(ticket)
            require(may_merge(by, ticket))
        _check(sources, into)
        refuse_closed(into)
        for source in sources:
            _merge_one(source, into, by=by)
        waiting_since = min(filter(None, map(_waiting_since, sources)), default=None)
        fact = TicketMergeReceived(source_ids=[source.pk for source in sources], waiting_since=waiting_since)
        record(fact, subject_id=into.pk, by=by)
        touch(into)
    return into


def unmerge_ticket(ticket: Ticket, *, by: ActsAsActor, status_before: int | None = None) -> Ticket:
    """Take a merged ticket out again, with the status it had. Raises `Conflict` if it is not merged."""
    with update(by):
        lock_ticket(ticket)
        require(may_merge(by, ticket))
        if ticket.merged_into_id is None:
            raise Conflict(_("Ticket #%(id)s is not merged.") % {"id": ticket.pk})
        former = ticket.merged_into_id
        ticket.merged_into = None
        touch(ticket, "merged_into")
        status = Status.objects.filter(pk=status_before).first() if status_before else None
        move_status(ticket, status or status_of(Category.OPEN), by=by)
        record(TicketUnmerged(from_id=former), subject_id=ticket.pk, by=by)
    return ticket


def _waiting_since(ticket: Ticket) -> datetime | None:
    """Return when the customer first said what nobody of us has answered; None if nothing is open."""
    spoken = ticket.comments.filter(is_public=True, is_auto_reply=False)
    ours = spoken.filter(author_kind=Comment.AuthorKind.AGENT).order_by("-id").first()
    theirs = spoken.filter(author_kind=Comment.AuthorKind.CUSTOMER, id__gt=ours.pk if ours else 0)
    oldest = theirs.order_by("id").first()
    return oldest.created_at if oldest else None


def _check(sources: Sequence[Ticket], into: Ticket) -> None:
    if not sources:
        raise Invalid(_("Choose the tickets to merge."))
    if into.pk in {source.pk for source in sources}:
        raise Invalid(_("A ticket cannot be merged into itself."))
    for ticket in [into, *sources]:
        if ticket.merged_into_id:
            names = {"id": ticket.pk, "into": ticket.merged_into_id}
            raise Invalid(_("Ticket #%(id)s is merged into #%(into)s already.") % names)


def _merge_one(source: Ticket, into: Ticket, *, by: ActsAsActor) -> None:
    status_before = source.status_id
    source.merged_into = into
    touch(source, "merged_into")
    Ticket.objects.filter(merged_into=source).update(merged_into=into)
    if not source.is_closed:
        move_status(source, status_of(Category.CLOSED), by=by)
    people = [] if source.requester_id == into.requester_id else [source.requester]
    people += [
        row.person
        for row in source.collaborations.filter(kind=Collaboration.Kind.CC).select_related("person")
    ]
    add_collaborators(into, people, kind=Collaboration.Kind.CC, by=by)
    fact = TicketMerged(
        into_id=into.pk, status_before=status_before, cc_added=[person.pk for person in people]
    )
    record(fact, subject_id=source.pk, by=by)
