"""Two customers become one, with their tickets."""

from typing import Any

from django.db.models import F

from opora.events.actor import ActsAsActor
from opora.events.recording import update
from opora.people.actions import merge_people as people
from opora.people.models import Person
from opora.tickets.models import Attachment, Collaboration, Comment, Ticket


def merge_people(source: Person, *, into: Person, by: ActsAsActor) -> Person:
    """Merge `source` into `into`, as one update: addresses, tickets, words, files and places in copy all move.

    See `people.actions.merge_people` for what it refuses.
    """
    with update(by):
        merge = people.merge_people(source, into=into, by=by)
        merge.moved |= _tickets_of(source, into)
        merge.save(update_fields=["moved"])
        move_person_tickets(source, into=into)
    return into


def _tickets_of(source: Person, into: Person) -> dict[str, list[Any]]:
    """What has to go back if the merge is undone, by what it is."""
    requested = list(Ticket.objects.filter(requester=source).values_list("pk", flat=True))
    places = [list(row) for row in source.collaborations.values_list("ticket_id", "kind")]
    shared = into.collaborations.filter(ticket__in=[*requested, *(ticket for ticket, _kind in places)])
    return {
        "requested": requested,
        "submitted": list(Ticket.objects.filter(submitter=source).values_list("pk", flat=True)),
        "comments": list(Comment.objects.filter(author=source).values_list("pk", flat=True)),
        "attachments": list(Attachment.objects.filter(uploader=source).values_list("pk", flat=True)),
        "places": places,
        "shared": [list(row) for row in shared.values_list("ticket_id", "kind")],
    }


def move_person_tickets(source: Person, *, into: Person) -> None:
    """Give everything on tickets that is under the name of `source` to `into`. The tickets' own times do not change."""
    Ticket.objects.filter(requester=source).update(requester=into)
    Ticket.objects.filter(submitter=source).update(submitter=into)
    Comment.objects.filter(author=source).update(author=into)
    Attachment.objects.filter(uploader=source).update(uploader=into)
    _move_collaborations(source, into)


def _move_collaborations(source: Person, into: Person) -> None:
    present = set(Collaboration.objects.filter(person=into).values_list("ticket_id", "kind"))
    for place in Collaboration.objects.filter(person=source):
        if (place.ticket_id, place.kind) in present:
            place.delete()
        else:
            place.person = into
            place.save(update_fields=["person"])
    copied_to_themselves = Collaboration.objects.filter(
        person=into, kind="cc", ticket__requester_id=F("person_id")
    )
    copied_to_themselves.delete()
