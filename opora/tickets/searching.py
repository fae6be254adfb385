"""Searching tickets: how what was typed becomes rows."""

from dataclasses import dataclass, field

from django.db.models import F, QuerySet

from opora.events.actor import ActsAsActor
from opora.search import index
from opora.search.language.parser import parse
from opora.search.language.syntax import SearchQuery
from opora.tickets.models import Ticket
from opora.tickets.models.ticket import TicketQuerySet
from opora.tickets.policy import visible_tickets
from opora.tickets.search_fields import FIELDS, ORDERS
from opora.tickets.search_filters import Reading

KIND = "ticket"
MOST = 30
MOST_MATCHES = 120
"""A search by words alone ranks so many; filters apply to all that match."""


@dataclass(frozen=True)
class Found:
    """The answer to a search: rows best first, what was understood, and what was not, in sentences."""

    tickets: list[Ticket]
    query: SearchQuery
    problems: list[str] = field(default_factory=list)
    is_cut: bool = False


def search_tickets(typed: str, *, by: ActsAsActor, limit: int = MOST) -> Found:
    """Return the tickets that fit what was typed and that the author may see."""
    query = parse(typed, FIELDS)
    if not (query.text or query.filters or query.numbers or query.types):
        return Found([], query, list(query.problems))
    reading = Reading(by)
    rows = Ticket.objects.filter(visible_tickets(by)).filter(reading.condition(query))
    tickets = _ranked(rows, query, limit) if query.text and not query.order else _ordered(rows, query, limit)
    return Found(tickets[:limit], query, [*query.problems, *reading.problems], len(tickets) > limit)


def matching_tickets(query: SearchQuery, *, by: ActsAsActor) -> QuerySet[Ticket]:
    """Return all tickets that fit, in no order, without loading any: for counting and exports."""
    rows = Ticket.objects.filter(visible_tickets(by)).filter(Reading(by).condition(query))
    return rows.filter(pk__in=index.as_subquery(KIND, query.text)) if query.text else rows


def _ranked(rows: TicketQuerySet, query: SearchQuery, limit: int) -> list[Ticket]:
    """The best first. All matches are ranked by their numbers alone; only those that are shown are read."""
    hits = index.find(KIND, query.text, limit=MOST_MATCHES)
    places = {hit.id: place for place, hit in enumerate(hits)}
    numbers = [number.id for number in query.numbers]
    if query.filters or query.types:
        ids = index.latest_of(KIND, query.text, rows, many=MOST_MATCHES)
        named = numbers
    else:
        ids, named = [], [*numbers, *places]
    ids += rows.filter(pk__in=named).values_list("pk", flat=True) if named else []
    last = len(places)
    shown = sorted(set(ids), key=lambda pk: (pk not in numbers, places.get(pk, last), -pk))[: limit + 1]
    loaded = {ticket.pk: ticket for ticket in Ticket.objects.filter(pk__in=shown).for_list()}
    return [loaded[pk] for pk in shown if pk in loaded]


def _ordered(rows: TicketQuerySet, query: SearchQuery, limit: int) -> list[Ticket]:
    if query.text:
        rows = rows.filter(pk__in=index.as_subquery(KIND, query.text))
    elif query.numbers:
        rows = rows.filter(pk__in=[number.id for number in query.numbers])
    column = ORDERS.get(query.order.field, "updated_at") if query.order else "updated_at"
    descending = query.order.descending if query.order else True
    can_be_empty = Ticket._meta.get_field(column).null
    key = F(column).desc(nulls_last=True if can_be_empty else None) if descending else F(column).asc()
    return list(rows.order_by(key, "-id" if descending else "id").for_list()[: limit + 1])
