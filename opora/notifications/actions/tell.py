"""People are told of what happened on a ticket, or, without one, with the desk itself."""

from collections.abc import Iterable
from datetime import timedelta

from opora.core import clock
from opora.events.live import announce
from opora.events.models import Event
from opora.notifications.kinds import Kind
from opora.notifications.models import Notification
from opora.notifications.queries import Choice, choices_among
from opora.people.models import Person
from opora.tickets.models import Ticket
from opora.tickets.policy import may_see

MAIL_WAITS = timedelta(minutes=2)
"""Who reads it in the desk within this time gets no mail about it."""
STILL_NEWS = timedelta(hours=1)
"""What became true longer than this before it was recorded is history that was brought in."""


def tell(
    people: Iterable[Person],
    kind: Kind,
    *,
    event: Event,
    ticket: Ticket | None,
    comment_id: int | None = None,
) -> list[Person]:
    """Tell these people of the event, each as they chose; returns who was told, now or before.

    Left out are those who did it themselves, who do not work here, and who may not see the ticket. Telling twice
    of one event changes nothing.
    """
    if is_history(event) or (ticket is not None and ticket.removed_at):
        return []
    asked = {person.pk: person for person in people if person.is_colleague and not _did_it(person, event)}
    choices = choices_among(asked, kind)
    told = [person for pk, person in asked.items() if any(choices[pk]) and _may_know(person, ticket)]
    known = (
        set(Notification.objects.filter(event=event, kind=kind).values_list("person_id", flat=True))
        if told
        else set()
    )
    new = [
        _notification(
            person, choices[person.pk], kind=kind, event=event, ticket=ticket, comment_id=comment_id
        )
        for person in told
        if person.pk not in known
    ]
    Notification.objects.bulk_create(new, ignore_conflicts=True)
    for notification in new:
        if notification.is_shown:
            announce("notification", subject_kind="person", subject_id=notification.person_id)
    return told


def is_history(event: Event) -> bool:
    return event.via in {"import", "seeds"} or event.recorded_at - event.occurred_at > STILL_NEWS


def _may_know(person: Person, ticket: Ticket | None) -> bool:
    return ticket is None or may_see(person, ticket)


def _did_it(person: Person, event: Event) -> bool:
    return event.actor_id == person.pk and event.actor_kind in {"agent", "customer"}


def _notification(person: Person, choice: Choice, **fields: object) -> Notification:
    return Notification(
        person=person,
        is_shown=choice.in_app,
        mail_due_at=clock.now() + MAIL_WAITS if choice.by_mail and person.email else None,
        **fields,
    )
