"""People are put in copy, or follow."""

from collections.abc import Iterable

from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.models import Person
from opora.people.policy import require
from opora.tickets.actions.lock import lock_ticket
from opora.tickets.events import CollaboratorsChanged
from opora.tickets.models import Collaboration, Ticket
from opora.tickets.policy import may_edit, may_see


def set_collaborators(ticket: Ticket, people: Iterable[Person], *, kind: str, by: ActsAsActor) -> Ticket:
    """Make these exactly the people in copy ("cc") or the followers ("follower") of the ticket."""
    with update(by):
        lock_ticket(ticket)
        require(may_edit(by, ticket))
        after = {person.pk: person for person in people if person.pk != ticket.requester_id or kind != "cc"}
        before = {
            row.person_id: row for row in ticket.collaborations.filter(kind=kind).select_related("person")
        }
        added = [person for pk, person in after.items() if pk not in before]
        gone = [row for pk, row in before.items() if pk not in after]
        if added or gone:
            Collaboration.objects.filter(pk__in=[row.pk for row in gone]).delete()
            rows = [Collaboration(ticket=ticket, person=person, kind=kind) for person in added]
            Collaboration.objects.bulk_create(rows, ignore_conflicts=True)
            fact = CollaboratorsChanged(
                role=kind,
                added=[str(person) for person in added],
                removed=[str(row.person) for row in gone],
                added_ids=tuple(person.pk for person in added),
                removed_ids=tuple(row.person_id for row in gone),
            )
            record(fact, subject_id=ticket.pk, by=by)
    return ticket


def add_collaborators(ticket: Ticket, people: Iterable[Person], *, kind: str, by: ActsAsActor) -> Ticket:
    """Add people in copy or as followers beside those there are. Whoever may see a ticket may follow it."""
    with update(by):
        lock_ticket(ticket)
        require(may_see(by, ticket))
        present = set(ticket.collaborations.filter(kind=kind).values_list("person_id", flat=True))
        new = {
            person.pk: person
            for person in people
            if person.pk not in present and not (kind == "cc" and person.pk == ticket.requester_id)
        }
        if new:
            rows = [Collaboration(ticket=ticket, person=person, kind=kind) for person in new.values()]
            Collaboration.objects.bulk_create(rows, ignore_conflicts=True)
            names = [str(person) for person in new.values()]
            fact = CollaboratorsChanged(role=kind, added=names, removed=[], added_ids=tuple(new))
            record(fact, subject_id=ticket.pk, by=by)
    return ticket
