"""Who is told what, and what a person was told."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from opora.core.refusals import NotFound
from opora.notifications.kinds import KINDS, About, Kind
from opora.notifications.models import Notification, Preference
from opora.people.models import Group, Person
from opora.tickets.models import Collaboration, Ticket


class Choice(NamedTuple):
    """Whether to tell of a kind in the desk, and by mail."""

    in_app: bool
    by_mail: bool


DEFAULTS = {kind: Choice(about.in_app, about.by_mail) for kind, about in KINDS.items()}


def may_hear_of(person: Person, about: About) -> bool:
    """Whether the kind concerns this person at all."""
    return not about.permission or about.permission in person.allowed


def choices_of(person: Person) -> dict[Kind, Choice]:
    """Return what the person is told of, kind by kind."""
    chosen = {
        Kind(row.kind): Choice(row.in_app, row.by_mail) for row in Preference.objects.filter(person=person)
    }
    return DEFAULTS | chosen


def choices_among(person_ids: Iterable[int], kind: Kind) -> dict[int, Choice]:
    """Return for each of these people how they are told of one kind."""
    choices = dict.fromkeys(person_ids, DEFAULTS[kind])
    rows = Preference.objects.filter(kind=kind, person__in=choices) if choices else ()
    return choices | {row.person_id: Choice(row.in_app, row.by_mail) for row in rows}


def people_on(ticket: Ticket) -> list[Person]:
    """Return the colleagues who care about a ticket: its assignee and its followers."""
    follows = Q(collaborations__ticket=ticket, collaborations__kind=Collaboration.Kind.FOLLOWER)
    people = Person.objects.colleagues().select_related("role")
    return list(people.filter(follows | Q(pk=ticket.assignee_id)).distinct())


def members_who_want(group: Group | int, kind: Kind) -> list[Person]:
    """Return the members of a group who chose to be told of a kind that is off by default."""
    wanting = Preference.objects.filter(Q(in_app=True) | Q(by_mail=True), kind=kind).values("person_id")
    return list(
        Person.objects.colleagues().filter(memberships__group=group, pk__in=wanting).select_related("role")
    )


def notifications_of(person: Person) -> QuerySet[Notification]:
    """Return what the person is shown, with all that a line of the list says."""
    shown = Notification.objects.filter(person=person, is_shown=True)
    return shown.select_related("event", "ticket__requester", "person")


def unread_count(person: Person, *, at_most: int = 100) -> int:
    """Return how many are unread, counted to `at_most`."""
    return Notification.objects.filter(person=person, is_shown=True, read_at=None)[:at_most].count()


def notification_for(person: Person, notification_id: int) -> Notification:
    """Return one of the person's own notifications. Raises `NotFound`."""
    found = (
        Notification.objects.select_related("person", "ticket")
        .filter(pk=notification_id, person=person)
        .first()
    )
    if found is None:
        raise NotFound(
            _("There is no such notification any more. The ticket itself can be found by its number.")
        )
    return found
