"""Two customers who were merged are two again, with their tickets."""

from opora.events.actor import ActsAsActor
from opora.events.recording import update
from opora.people.actions import unmerge_people as people
from opora.people.models import Person, PersonMerge
from opora.tickets.models import Attachment, Collaboration, Comment, Ticket


def unmerge_people(source: Person, *, by: ActsAsActor) -> Person:
    """Undo the merge of `source`, as one update; returns whoever held what was theirs.

    What came after the merge stays with them. See `people.actions.unmerge_people` for what it refuses.
    """
    with update(by):
        merge, holder = people.unmerge_people(source, by=by)
        _give_back_tickets(merge, holder)
        _give_back_places(merge, holder)
    return holder


def _give_back_tickets(merge: PersonMerge, holder: Person) -> None:
    """Rows that moved and are still where they moved to."""
    moved, source = merge.moved, merge.source_id
    Ticket.objects.filter(pk__in=moved.get("requested", ()), requester=holder).update(requester=source)
    Ticket.objects.filter(pk__in=moved.get("submitted", ()), submitter=holder).update(submitter=source)
    Comment.objects.filter(pk__in=moved.get("comments", ()), author=holder).update(author=source)
    Attachment.objects.filter(pk__in=moved.get("attachments", ()), uploader=holder).update(uploader=source)


def _give_back_places(merge: PersonMerge, holder: Person) -> None:
    """Places in copy: each goes back unless somebody took it away since; a shared one is of both again."""
    shared = {(ticket_id, kind) for ticket_id, kind in merge.moved.get("shared", ())}
    places = {(ticket_id, kind) for ticket_id, kind in merge.moved.get("places", ())}
    held = set(holder.collaborations.values_list("ticket_id", "kind"))
    own = set(
        Ticket.objects.filter(pk__in={one for one, _ in places}, requester=holder).values_list(
            "pk", flat=True
        )
    )
    for ticket_id, kind in sorted(places):
        if (ticket_id, kind) in held or ticket_id in own:
            Collaboration.objects.get_or_create(ticket_id=ticket_id, kind=kind, person_id=merge.source_id)
        if (ticket_id, kind) in held - shared:
            holder.collaborations.filter(ticket_id=ticket_id, kind=kind).delete()
    requested = set(merge.moved.get("requested", ()))
    for ticket_id, kind in sorted(shared - held):
        if ticket_id in requested:
            Collaboration.objects.get_or_create(ticket_id=ticket_id, kind=kind, person=holder)
