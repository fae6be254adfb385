"""The cells of ticket tables, drawn in Python: a page has hundreds, and a template for each would be half its cost."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from opora.core import drawing
from opora.people.widgets import hue_place
from opora.tickets.lists import ListRow
from opora.tickets.models import Category, Priority, Ticket

PRIORITY_PICTURES = {1: "chevron-down", 2: "minus", 3: "chevron-up", 4: "chevrons-up"}


@dataclass(frozen=True)
class Around:
    """What all cells of one table share: the time it is drawn, and what a ticket's address carries along."""

    now: datetime
    carried: str


Cell = Callable[[ListRow, Around], SafeString]


def draw_rows(rows: Sequence[ListRow], columns: Sequence[str], around: Around) -> SafeString:
    """Return the rows of a table with their cells in the order of the columns, escaped."""
    cells = [CELLS[name] for name in columns]
    return SafeString("\n".join(_row(row, cells, around) for row in rows))


def _row(row: ListRow, cells: Sequence[Cell], around: Around) -> SafeString:
    """One row, under its group's heading where a new group begins; its box for `x` stands first."""
    heading = '<tr class="group-row" id="group-{}"><th scope="colgroup" colspan="{}">{}</th></tr>\n'
    return format_html(
        '{}<tr id="row-{}" data-listnav-target="row"{}><td class="pick"><input type="checkbox" name="ticket" value="{}"'
        ' aria-label="{}" data-selection-target="box"></td>{}</tr>',
        format_html(heading, row.ticket.pk, len(cells) + 1, row.heading) if row.heading else "",
        row.ticket.pk,
        SafeString(" data-unread") if row.is_unread else "",
        row.ticket.pk,
        _("Select “%(subject)s”") % {"subject": row.ticket.subject},
        SafeString("".join(draw(row, around) for draw in cells)),
    )


def subject_link(row: ListRow, around: Around, *, kind: str = "") -> SafeString:
    """Return the link to a ticket beside its list."""
    subject = row.ticket.subject or _("(no subject)")
    return format_html(
        '<a{} href="{}?{}"><bdi>{}</bdi></a>', SafeString(kind), row.url, around.carried, subject
    )


def looking(row: ListRow) -> SafeString:
    """Return who looks at the ticket now."""
    if not row.looking:
        return SafeString("")
    pictures = SafeString("".join(drawing.face(person, 16, label=person.name) for person in row.looking))
    return format_html('<span class="avatar-stack" title="{}">{}</span>', _("Looking now"), pictures)


def status_mark(ticket: Ticket, *, bare: bool = False) -> SafeString:
    """Return shape and word of the ticket's status."""
    category = Category(ticket.category)
    return drawing.mark(
        "status", category.word, f"g-{category.word}", ticket.status.name or str(category.label), bare
    )


def _subject(row: ListRow, around: Around) -> SafeString:
    return format_html(
        '<td class="main clip column-subject">{}{}</td>', subject_link(row, around), looking(row)
    )


def _person(person: object) -> SafeString:
    if person is None:
        return SafeString("")
    return format_html(
        '<span class="person">{}<bdi class="name">{}</bdi></span>', drawing.face(person, 20), person
    )


def _priority(row: ListRow, around: Around) -> SafeString:
    if row.ticket.priority is None:
        return SafeString('<td class="column-priority"></td>')
    priority = Priority(row.ticket.priority)
    mark = drawing.mark("priority", priority.word, PRIORITY_PICTURES[priority], str(priority.label), False)
    return format_html('<td class="column-priority">{}</td>', mark)


def _brand(row: ListRow, around: Around) -> SafeString:
    brand = row.ticket.brand
    text = '<td class="meta column-brand"><span class="person"><span class="dot" data-hue="{}"></span>{}</span></td>'
    return format_html(text, hue_place(brand.hue), brand)


def _tags(row: ListRow, around: Around) -> SafeString:
    tags = format_html_join("", '<span class="tag">{}</span>', ((tag.name,) for tag in row.ticket.tags.all()))
    return format_html('<td class="column-tags"><span class="tags one-line">{}</span></td>', tags)


def _time(column: str) -> Cell:
    def draw(row: ListRow, around: Around) -> SafeString:
        moment = drawing.moment(getattr(row.ticket, column), around.now)
        return SafeString(f'<td class="meta column-time">{moment}</td>')

    return draw


def _text(kind: str, text: Callable[[ListRow], object]) -> Cell:
    def draw(row: ListRow, around: Around) -> SafeString:
        return SafeString(f'<td class="{kind}">{escape(text(row))}</td>')

    return draw


def due_or_updated(ticket: Ticket, now: datetime) -> SafeString:
    """Return when the ticket is next due, if a room knows, else when it changed last."""
    for due in DUES:
        said = due(ticket, now)
        if said:
            return said
    return format_html('<span class="due">{}</span>', drawing.moment(ticket.updated_at, now))


DUES: list[Callable[[Ticket, datetime], SafeString]] = []
"""What other rooms know of a ticket's next date; each answers with a drawing, or with nothing."""

CELLS: dict[str, Cell] = {
    "subject": _subject,
    "requester": lambda row, around: format_html(
        '<td class="column-requester">{}</td>', _person(row.ticket.requester)
    ),
    "status": lambda row, around: format_html('<td class="column-status">{}</td>', status_mark(row.ticket)),
    "priority": _priority,
    "assignee": lambda row, around: format_html(
        '<td class="column-assignee">{}</td>', _person(row.ticket.assignee)
    ),
    "brand": _brand,
    "tags": _tags,
    "group": _text("meta column-group", lambda row: row.ticket.group or ""),
    "type": _text("meta column-type", lambda row: row.ticket.get_type_display() or ""),
    "last_words": _text("meta clip column-last", lambda row: row.ticket.metric.last_words),
    "replies": _text("num column-replies", lambda row: row.ticket.metric.replies),
    "id": _text("num column-id", lambda row: f"#{row.ticket.pk}"),
    **{name: _time(name) for name in ("created_at", "updated_at", "due_at", "solved_at")},
}
