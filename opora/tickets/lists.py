"""Lists of tickets as people look at them: a view's conditions, an order, a page of rows, tallies."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from opora.core import clock
from opora.core.pagination import Page, keyset_page
from opora.core.prepared import prepared
from opora.core.refusals import Invalid
from opora.people.models import Person
from opora.tickets.actions.look import STALE_AFTER
from opora.tickets.conditions import compile_conditions
from opora.tickets.models import Presence, ReadMark, Ticket, View
from opora.tickets.queries import tickets_for

PAGE_SIZE = 50
MOST_COUNTED = 1000
"""A tally above this is shown as “999+”: counting a million rows for a number nobody reads is not worth it."""

SORTS = {
    "updated_at": _("Updated"),
    "created_at": _("Created"),
    "priority": _("Priority"),
    "id": _("Number"),
    "due_at": _("Due"),
    "solved_at": _("Solved"),
}
GROUPINGS = {
    "": pgettext_lazy("grouping", "None"),
    "category": _("Status"),
    "priority": _("Priority"),
    "group_id": _("Group"),
    "assignee_id": _("Assignee"),
    "brand_id": _("Brand"),
}
GROUP_ORDERS = {"priority": "-priority"}
"""The groups of a view come in the order of their column; urgent comes first."""

COLUMNS = {
    "subject": _("Subject"),
    "requester": _("Requester"),
    "status": _("Status"),
    "priority": _("Priority"),
    "type": _("Type"),
    "group": _("Group"),
    "assignee": _("Assignee"),
    "brand": _("Brand"),
    "tags": _("Tags"),
    "replies": _("Replies"),
    "last_words": _("Last words"),
    "created_at": _("Created"),
    "updated_at": _("Updated"),
    "due_at": _("Due"),
    "solved_at": _("Solved"),
    "id": _("Number"),
}
STANDARD_COLUMNS = ["subject", "requester", "status", "priority", "assignee", "brand", "updated_at"]


@dataclass
class ListRow:
    """A ticket in a list, with who looks at it now and whether it holds something unread for the reader."""

    ticket: Ticket
    looking: list[Person]
    is_unread: bool
    url: str
    heading: str = ""


def tickets_of_view(view: View, person: Person) -> QuerySet[Ticket]:
    """Return the tickets that fit the view and that this person may see."""
    return tickets_for(person).filter(compile_conditions(view.conditions, by=person))


def page_of_view(view: View, person: Person, *, sort: str = "", cursor: str = "") -> Page[Ticket]:
    """Return one page of the view, in its own order or in `sort`. Raises `Invalid` for an order not offered."""
    order = sort or view.sort
    if order.lstrip("-") not in SORTS:
        raise Invalid(gettext("Lists cannot be sorted by “%(order)s”.") % {"order": order[:30]})
    keys = [GROUP_ORDERS.get(view.group_by, view.group_by), order] if view.group_by in GROUPINGS else [order]
    keys = [key for key in keys if key]
    rows = tickets_of_view(view, person)
    return keyset_page(rows, order=keys, size=PAGE_SIZE, cursor=cursor, load=tickets_for_list)


@prepared
def tickets_for_list(ids: list[int]) -> QuerySet[Ticket]:
    """Return these tickets with all that a row of a list shows."""
    return Ticket.objects.filter(pk__in=ids).for_list()


def rows_for(tickets: Sequence[Ticket], person: Person, *, group_by: str = "") -> list[ListRow]:
    """Return the rows of a list, with presence, unread marks and group headings, in two queries."""
    ids = [ticket.pk for ticket in tickets]
    looking = _looking(ids, person)
    read = dict(_read_marks(person.pk, ids))
    address = reverse("tickets:ticket", args=[0]).removesuffix("0")
    rows = [
        ListRow(ticket, looking.get(ticket.pk, []), _is_unread(ticket, read), f"{address}{ticket.pk}")
        for ticket in tickets
    ]
    return _with_headings(rows, group_by)


@prepared
def _read_marks(person_id: int, ticket_ids: list[int]) -> QuerySet[ReadMark, tuple[int, int]]:
    marks = ReadMark.objects.filter(person_id=person_id, ticket_id__in=ticket_ids)
    return marks.values_list("ticket_id", "comment_id")


def _looking(ids: Iterable[int], person: Person) -> dict[int, list[Person]]:
    present = Presence.objects.filter(ticket_id__in=ids, seen_at__gt=clock.now() - STALE_AFTER)
    found: dict[int, list[Person]] = {}
    for presence in present.exclude(person=person).select_related("person"):
        found.setdefault(presence.ticket_id, []).append(presence.person)
    return found


def _is_unread(ticket: Ticket, read: dict[int, int]) -> bool:
    metric = ticket.metric
    by_customer = metric.last_customer_at is not None and metric.last_customer_at == metric.last_comment_at
    return by_customer and not ticket.is_solved and metric.last_comment_id > read.get(ticket.pk, 0)


def _with_headings(rows: list[ListRow], group_by: str) -> list[ListRow]:
    if not group_by:
        return rows
    last: Any = object()
    for row in rows:
        value = getattr(row.ticket, group_by)
        if value != last:
            row.heading = group_label(row.ticket, group_by)
            last = value
    return rows


def group_label(ticket: Ticket, group_by: str) -> str:
    """Return what a group of rows is headed with."""
    if group_by == "category":
        return str(ticket.get_category_display())
    if group_by == "priority":
        return str(ticket.get_priority_display() or _("No priority"))
    return str(getattr(ticket, group_by.removesuffix("_id")) or _("None"))


def tally(tickets: QuerySet[Ticket]) -> int:
    """Count up to `MOST_COUNTED`."""
    return tickets.order_by()[:MOST_COUNTED].aggregate(count=Count("pk"))["count"]


def neighbours(rows: Sequence[ListRow], ticket: Ticket) -> tuple[int | None, int | None]:
    """Return the ids before and after the ticket among the rows of a list, None at the ends."""
    ids = [row.ticket.pk for row in rows]
    if ticket.pk not in ids:
        return None, ids[0] if ids else None
    place = ids.index(ticket.pk)
    return (ids[place - 1] if place else None), (ids[place + 1] if place + 1 < len(ids) else None)
