"""Words of tickets for templates."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from opora.core import clock, drawing
from opora.people.widgets import hue_place
from opora.tickets.cells import Around, draw_rows, due_or_updated, looking, status_mark, subject_link
from opora.tickets.conversation import Item
from opora.tickets.lists import ListRow
from opora.tickets.messages import draw_items
from opora.tickets.models import Priority, Ticket, TicketType

register = template.Library()


@register.simple_tag
def priority_word(number: int) -> str:
    """The word of a priority, as forms send it."""
    return Priority(number).word


@register.simple_tag
def type_word(number: int) -> str:
    """The word of a type, as forms send it."""
    return TicketType(number).word


@register.simple_tag
def around(view: Any, sort: str) -> Around:
    """What the rows of one list share."""
    return Around(clock.now(), urlencode({"view": view.pk, "sort": sort}))


@register.simple_tag
def table_rows(rows: Sequence[ListRow], columns: Sequence[tuple[str, Any]], shared: Around) -> SafeString:
    """The rows of a table of tickets."""
    return draw_rows(rows, [name for name, _ in columns], shared)


@register.simple_tag
def row_parts(row: ListRow, shared: Around) -> SafeString:
    """What stands in a row of the list beside a ticket."""
    ticket, tags = row.ticket, row.ticket.tags.all()
    names = format_html_join("", '<span class="tag">{}</span>', ((tag.name,) for tag in tags)) if tags else ""
    return format_html(
        '<span class="mark">{}</span>{}<bdi class="name clip">{}</bdi>{}'
        '<div class="last"><span class="dot" data-hue="{}" title="{}"></span><bdi class="clip">{}</bdi>{}</div>'
        '<div class="side">{}{}</div>',
        status_mark(ticket, bare=True),
        subject_link(row, shared, kind=' class="row-link subject clip"'),
        ticket.requester,
        due_or_updated(ticket, shared.now),
        hue_place(ticket.brand.hue),
        ticket.brand,
        ticket.metric.last_words,
        format_html('<span class="tags one-line">{}</span>', names) if names else "",
        looking(row),
        drawing.face(ticket.assignee, 20, label=ticket.assignee.name) if ticket.assignee else "",
    )


@register.simple_tag
def conversation(items: list[Item], ticket: Ticket, may: dict[str, bool]) -> SafeString:
    """What was said and what happened, oldest first."""
    return draw_items(items, ticket, may)
