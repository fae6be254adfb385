"""The lead's board: who is there, what each carries, what waits."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from opora.people.models import Group, Membership, Person
from opora.routing.capacities import capacities_of
from opora.routing.channels import NAMES, WAYS
from opora.routing.jobs import waiting_rows
from opora.routing.models import ORDINARY, AgentPresence
from opora.routing.staffing import ANSWERS
from opora.routing.weights import Carried, Weights, carried_by, routing_settings, weigh
from opora.tickets.models import Category, Priority, Ticket
from opora.tickets.policy import visible_tickets

MOST_TICKETS = 12
"""Tickets shown beside a person; the rest is a number that opens to all of them."""
MOST_READ = 3000
MOST_WAITING = 40


@dataclass(frozen=True)
class Piece:
    """One ticket as something to be moved: weight in ordinary tickets."""

    id: int
    subject: str
    priority: str
    weight: float
    since: datetime
    queue: str = ""


@dataclass(frozen=True)
class Way:
    """Load and capacity of one way of working, in ordinary tickets."""

    name: str
    load: float
    capacity: float

    @property
    def is_over(self) -> bool:
        return self.load > self.capacity


@dataclass
class Place:
    """One person's place on the board."""

    person: Person
    presence: AgentPresence
    ways: list[Way]
    carried: Carried
    pieces: list[Piece] = field(default_factory=list)

    @property
    def more(self) -> int:
        return max(0, self.our_turn - len(self.pieces))

    @property
    def our_turn(self) -> int:
        return self.carried.tickets.get("new", 0) + self.carried.tickets.get("open", 0)

    @property
    def waits_for_others(self) -> int:
        return self.carried.tickets.get("pending", 0) + self.carried.tickets.get("hold", 0)

    @property
    def oldest(self) -> datetime | None:
        """Since when the ticket that waits for them longest has waited."""
        return min((piece.since for piece in self.pieces), default=None)

    @property
    def order(self) -> tuple[int, str]:
        return (["online", "away", "offline"].index(self.presence.state), self.person.name)


@dataclass(frozen=True)
class Board:
    """All of it. `waiting` are the first in the order in which they are given away, `waits` is how many."""

    places: list[Place]
    waiting: list[Piece]
    waits: int


def board_for(reader: Person, group: Group | None = None) -> Board:
    """Return the board of a group, or of everybody; tickets that the reader may not see are numbers only."""
    people = _people(group)
    weights = routing_settings().weights
    carried = carried_by([person.pk for person in people], weights)
    capacities = capacities_of(people)
    presences = AgentPresence.objects.in_bulk([person.pk for person in people])
    pieces = _pieces(reader, carried, weights)
    places = [
        Place(
            person,
            presences.get(person.pk) or AgentPresence(person=person),
            _ways(carried[person.pk], capacities[person.pk]),
            carried[person.pk],
            pieces.get(person.pk, [])[:MOST_TICKETS],
        )
        for person in people
    ]
    seen = Ticket.objects.filter(visible_tickets(reader)).values("pk")
    waiting = waiting_rows().filter(ticket_id__in=seen)
    if group:
        waiting = waiting.filter(ticket__group=group)
    return Board(sorted(places, key=lambda place: place.order), _waiting(waiting, weights), waiting.count())


def _people(group: Group | None) -> list[Person]:
    people = Person.objects.colleagues().select_related("role").order_by("name", "id")
    if group:
        people = people.filter(pk__in=Membership.objects.filter(group=group).values("person_id"))
    return [person for person in people if ANSWERS in person.allowed]


def _ways(carried: Carried, capacity: dict[str, int]) -> list[Way]:
    shown = [way for way in WAYS if capacity.get(way) or carried.load.get(way)]
    return [
        Way(str(NAMES[way]), carried.load.get(way, 0) / ORDINARY, capacity.get(way, 0) / ORDINARY)
        for way in shown
    ]


def _pieces(reader: Person, people: Iterable[int], weights: Weights) -> dict[int, list[Piece]]:
    """Tickets whose turn is theirs, by person: the most urgent first, then those that wait longest."""
    seen = Ticket.objects.live().filter(visible_tickets(reader), assignee_id__in=list(people))
    ours = seen.filter(category__in=(Category.NEW, Category.OPEN))
    rows = ours.values_list(
        "assignee_id",
        "pk",
        "subject",
        "priority",
        "type",
        "category",
        "created_at",
        "metric__last_customer_at",
    )
    pieces: dict[int, dict[int, Piece]] = {}
    for assignee_id, pk, subject, priority, type_, category, created_at, spoken_at in rows[:MOST_READ]:
        weight = weigh(weights, category=category, priority=priority, kind=type_) / ORDINARY
        piece = Piece(pk, subject, _word(priority), weight, spoken_at or created_at)
        pieces.setdefault(assignee_id, {})[pk] = piece
    return {pk: sorted(own.values(), key=_urgency) for pk, own in pieces.items()}


def _urgency(piece: Piece) -> tuple[int, datetime]:
    order = ["urgent", "high", "normal", "", "low"]
    return (order.index(piece.priority), piece.since)


def _word(priority: int | None) -> str:
    return Priority(priority).word if priority else ""


def _waiting(rows: Any, weights: Weights) -> list[Piece]:
    columns = ("ticket_id", "ticket__subject", "ticket__priority", "ticket__type", "since", "queue__name")
    return [
        Piece(
            pk,
            subject,
            _word(priority),
            weigh(weights, category=Category.OPEN, priority=priority, kind=type_) / ORDINARY,
            since,
            queue,
        )
        for pk, subject, priority, type_, since, queue in rows.values_list(*columns)[:MOST_WAITING]
    ]
