"""Searching tickets: which fields the search box knows, and how what was typed becomes rows."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import tzinfo

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from opora.core import clock
from opora.events.actor import ActsAsActor
from opora.people.models import Brand, Group, Organization, Person
from opora.search import index
from opora.search.language.moments import span
from opora.search.language.parser import parse
from opora.search.language.syntax import Field, Fields, Filter, SearchQuery, Value
from opora.tickets.models import (
    Category,
    Collaboration,
    FieldValue,
    Priority,
    Ticket,
    TicketField,
    TicketTag,
    TicketType,
)
from opora.tickets.models.ticket import TicketQuerySet
from opora.tickets.policy import visible_tickets

KIND = "ticket"
MOST = 30
MOST_MATCHES = 120
"""A search by words alone ranks so many; filters apply to all that match."""

DATES = {"created": "created_at", "updated": "updated_at", "solved": "solved_at", "due_date": "due_at"}
PEOPLE = ("assignee", "requester", "submitter", "cc", "follower", "commenter")
ROWS = {"group": Group, "brand": Brand, "organization": Organization}
ORDERS = {
    "created": "created_at", "created_at": "created_at", "updated": "updated_at", "updated_at": "updated_at",
    "priority": "priority", "status": "category", "ticket_type": "type",
}  # fmt: skip

FIELDS = Fields(
    known={
        **{name: Field(name, date=True, ordered=True) for name in DATES},
        **{name: Field(name) for name in (*PEOPLE, *ROWS, "tags", "via", "form", "is", "external_id", "has")},
        **{name: Field(name, ordered=True) for name in ("status", "priority", "ticket_type", "id")},
        "tag": Field("tags"),
        "channel": Field("via"),
        "order": Field("external_id"),
        "subject": Field("subject", text="title"),
        "description": Field("description", text="body"),
        "created_at": Field("created", date=True, ordered=True),
        "updated_at": Field("updated", date=True, ordered=True),
        "solved_at": Field("solved", date=True, ordered=True),
    },
    prefixes=("custom_field_", "fieldvalue"),
    types=frozenset({"ticket", "question", "incident", "problem", "task"}),
    orders=frozenset(ORDERS),
)


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
    reading = _Reading(by)
    rows = Ticket.objects.filter(visible_tickets(by)).filter(reading.condition(query))
    tickets = _ranked(rows, query, limit) if query.text and not query.order else _ordered(rows, query, limit)
    return Found(tickets[:limit], query, [*query.problems, *reading.problems], len(tickets) > limit)


def matching_tickets(query: SearchQuery, *, by: ActsAsActor) -> QuerySet[Ticket]:
    """Return all tickets that fit, in no order, without loading any: for counting and exports."""
    rows = Ticket.objects.filter(visible_tickets(by)).filter(_Reading(by).condition(query))
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


class _Reading:
    """Turns the filters of one search into a condition, gathering sentences about what made no sense."""

    def __init__(self, by: ActsAsActor) -> None:
        self.by = by
        self.zone: tzinfo = timezone.get_current_timezone()
        self.problems: list[str] = []

    def condition(self, query: SearchQuery) -> Q:
        combined = Q()
        if not any(asked.field == "is" for asked in query.filters):
            combined = Q(removed_at__isnull=True)
        kinds = [TicketType[word.upper()].value for word in query.types if word != "ticket"]
        if kinds:
            combined &= Q(type__in=kinds)
        for asked in query.filters:
            alternatives = Q()
            for value in asked.values:
                alternatives |= self._one(asked, value)
            combined &= ~alternatives if asked.negated else alternatives
        return combined

    def _one(self, asked: Filter, value: Value) -> Q:
        name = asked.field
        if name in DATES:
            return self._date(DATES[name], asked.operator, value)
        if name in PEOPLE:
            return self._person(name, value)
        if name in ROWS:
            return self._row(name, value)
        if name.startswith("custom_field_"):
            return self._custom(name.removeprefix("custom_field_"), asked.operator, value)
        return SIMPLE[name](self, asked.operator, value) if name in SIMPLE else Q()

    def _date(self, column: str, operator: str, value: Value) -> Q:
        if value.is_any or value.is_none:
            return Q(**{f"{column}__isnull": value.is_none})
        when = span(operator, value.text, now=clock.now(), zone=self.zone)
        if when is None:
            return Q()
        condition = Q()
        if when.start:
            condition &= Q(**{f"{column}__gte": when.start})
        if when.end:
            condition &= Q(**{f"{column}__lt": when.end})
        return condition

    def _person(self, name: str, value: Value) -> Q:
        if value.is_none or value.is_any:
            return (
                Q(**{f"{name}__isnull": value.is_none})
                if name in ("assignee", "requester", "submitter")
                else Q()
            )
        ids = self._people(value)
        if name in ("cc", "follower"):
            return Q(pk__in=Collaboration.objects.filter(kind=name, person_id__in=ids).values("ticket_id"))
        if name == "commenter":
            return Q(comments__author_id__in=ids)
        return Q(**{f"{name}_id__in": ids})

    def _people(self, value: Value) -> list[int]:
        if value.is_me:
            return [self.by.as_actor().id or 0]
        text = value.text
        if text.isdigit() and len(text) < 18:
            return [int(text)]
        if "@" in text:
            found = Person.objects.filter(identities__value=text.lower())
        else:
            found = Person.objects.filter(Q(name__istartswith=text) | Q(name__icontains=f" {text}"))
        return list(found.values_list("pk", flat=True)[:100])

    def _row(self, name: str, value: Value) -> Q:
        if value.is_none or value.is_any:
            return Q(**{f"{name}__isnull": value.is_none})
        if value.text.isdigit() and len(value.text) < 18:
            return Q(**{f"{name}_id": int(value.text)})
        rows = ROWS[name].objects.filter(name__istartswith=value.text)  # type: ignore[attr-defined]
        return Q(**{f"{name}_id__in": list(rows.values_list("pk", flat=True)[:100])})

    def _tags(self, operator: str, value: Value) -> Q:
        marks = TicketTag.objects.all()
        if value.is_any or value.is_none:
            marked = Q(pk__in=marks.values("ticket_id"))
            return ~marked if value.is_none else marked
        lookup = "tag__name__startswith" if value.wildcard else "tag__name"
        return Q(pk__in=marks.filter(**{lookup: value.text.lower()}).values("ticket_id"))

    def _custom(self, key: str, operator: str, value: Value) -> Q:
        fields = TicketField.objects.filter(Q(pk=int(key)) if key.isdigit() and len(key) < 18 else Q(key=key))
        values = FieldValue.objects.filter(field__in=fields)
        if not (value.is_any or value.is_none):
            lookup = {"<": "number__lt", ">": "number__gt", "<=": "number__lte", ">=": "number__gte"}.get(
                operator
            )
            if lookup:
                values = values.filter(**{lookup: value.text}) if _is_number(value.text) else values.none()
            else:
                values = values.filter(
                    **{"text__istartswith" if value.wildcard else "text__iexact": value.text}
                )
        filled = Q(pk__in=values.values("ticket_id"))
        return ~filled if value.is_none else filled

    def _worded(
        self, column: str, words: type[Category] | type[Priority] | type[TicketType]
    ) -> Callable[..., Q]:
        def compare(operator: str, value: Value) -> Q:
            if value.is_any or value.is_none:
                return Q(**{f"{column}__isnull": value.is_none})
            number = words.__members__.get(value.text.upper())
            if number is None:
                choices = ", ".join(member.lower() for member in words.__members__)
                self.problems.append(
                    _("“%(value)s” is none of %(choices)s.") % {"value": value.text, "choices": choices}
                )
                return Q(pk__in=[])
            lookup = {"<": "__lt", ">": "__gt", "<=": "__lte", ">=": "__gte"}.get(operator, "")
            return Q(**{f"{column}{lookup}": number.value})

        return compare

    def _is(self, operator: str, value: Value) -> Q:
        states = {
            "deleted": Q(removed_as="deleted"),
            "spam": Q(removed_as="spam"),
            "merged": Q(merged_into__isnull=False),
            "unsolved": Q(removed_at__isnull=True, category__lt=Category.SOLVED),
        }
        return states.get(value.text.lower(), Q(pk__in=[]))

    def _has(self, operator: str, value: Value) -> Q:
        return Q(comments__attachments__isnull=False) if value.text.startswith("attachment") else Q()

    def _id(self, operator: str, value: Value) -> Q:
        lookup = {"<": "pk__lt", ">": "pk__gt", "<=": "pk__lte", ">=": "pk__gte"}.get(operator, "pk")
        return (
            Q(**{lookup: int(value.text)}) if value.text.isdigit() and len(value.text) < 18 else Q(pk__in=[])
        )


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return "n" not in text.lower()


SIMPLE: dict[str, Callable[[_Reading, str, Value], Q]] = {
    "tags": _Reading._tags,
    "status": lambda reading, operator, value: reading._worded("category", Category)(operator, value),
    "priority": lambda reading, operator, value: reading._worded("priority", Priority)(operator, value),
    "ticket_type": lambda reading, operator, value: reading._worded("type", TicketType)(operator, value),
    "via": lambda reading, operator, value: Q(
        channel={"mail": "email"}.get(value.text.lower(), value.text.lower())
    ),
    "form": lambda reading, operator, value: Q(form__name__istartswith=value.text),
    "external_id": lambda reading, operator, value: Q(external_id=value.text),
    "is": _Reading._is,
    "has": _Reading._has,
    "id": _Reading._id,
}
