"""The tickets of a view are written into a file, which is mailed to whoever asked for it."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from opora.api.wire.times import stamp
from opora.people.models import Person
from opora.tickets.lists import STANDARD_COLUMNS, tickets_of_view
from opora.tickets.models import Category, Priority, Ticket, TicketType, View

MOST = 10_000
"""Rows of one file; whoever wants more reads the incremental export."""
AT_ONCE = 500
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for the beginning of a formula."""
_BESIDE = ("requester", "assignee", "group", "brand", "organization", "metric")


def queue_export(view: View, *, by: Person) -> None:
    """Have the worker write the file and send it."""
    export_view.enqueue(view_id=view.pk, person_id=by.pk)


@task()
def export_view(view_id: int, person_id: int) -> int:
    """Send the file to the person; returns how many tickets it has. A view or person that is gone gets none."""
    view = View.objects.filter(pk=view_id).first()
    person = Person.objects.select_related("role").filter(pk=person_id, is_active=True).first()
    if view is None or person is None or not person.email:
        return 0
    rows = list(csv_rows(view, person))
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    with translation.override(_language(person)):
        values = {"title": view.title, "count": len(rows) - 1}
        text = (
            _("The file has the tickets of “%(title)s” as they are now. Tickets in it: %(count)s.") % values
        )
        message = EmailMessage(subject=_("Tickets of “%(title)s”") % values, body=text, to=[person.email])
    message.attach(f"view-{view.pk}.csv", "\ufeff" + written.getvalue(), "text/csv")
    message.send()
    return len(rows) - 1


def csv_rows(view: View, person: Person) -> Iterator[list[str]]:
    """Yield the names of the columns, then the tickets that the person sees in the view, in its order."""
    names = ["id", *(name for name in view.columns or STANDARD_COLUMNS if name in _CELLS and name != "id")]
    yield names
    ids = list(tickets_of_view(view, person).order_by(view.sort, "pk").values_list("pk", flat=True)[:MOST])
    for start in range(0, len(ids), AT_ONCE):
        chosen = ids[start : start + AT_ONCE]
        rows = Ticket.objects.select_related(*_BESIDE).prefetch_related("tag_marks__tag").in_bulk(chosen)
        for pk in chosen:
            if pk in rows:
                yield [_plain(_CELLS[name](rows[pk])) for name in names]


def _plain(value: Any) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULAS) else text


def _language(person: Person) -> str:
    known = person.locale in dict(settings.LANGUAGES)
    return person.locale if known else settings.LANGUAGE_CODE


_CELLS: Mapping[str, Callable[[Ticket], Any]] = {
    "id": lambda ticket: ticket.pk,
    "subject": lambda ticket: ticket.subject,
    "requester": lambda ticket: ticket.requester,
    "organization": lambda ticket: ticket.organization,
    "status": lambda ticket: Category(ticket.category).word,
    "priority": lambda ticket: Priority(ticket.priority).word if ticket.priority else None,
    "type": lambda ticket: TicketType(ticket.type).word if ticket.type else None,
    "group": lambda ticket: ticket.group,
    "assignee": lambda ticket: ticket.assignee,
    "brand": lambda ticket: ticket.brand,
    "tags": lambda ticket: " ".join(sorted(mark.tag.name for mark in ticket.tag_marks.all())),
    "created_at": lambda ticket: stamp(ticket.created_at),
    "updated_at": lambda ticket: stamp(ticket.updated_at),
    "due_at": lambda ticket: stamp(ticket.due_at),
    "solved_at": lambda ticket: stamp(ticket.solved_at),
    "replies": lambda ticket: ticket.metric.replies,
    "last_words": lambda ticket: ticket.metric.last_words,
}
"""What stands in each column of a view, by its name."""
