"""Tags are put on a ticket and taken off."""

import re
from collections.abc import Callable, Iterable

from django.utils.translation import gettext_noop

from opora.core.text import one_line
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.policy import require
from opora.tickets.actions.lock import lock_ticket, refuse_closed, touch
from opora.tickets.events import TicketChanged
from opora.tickets.models import Ticket, TicketTag
from opora.tickets.policy import may_edit
from opora.tickets.queries import tags_named


def set_tags(ticket: Ticket, names: Iterable[str], *, by: ActsAsActor, is_new: bool = False) -> Ticket:
    """Make these exactly the ticket's tags."""
    return retag(ticket, lambda _present: names, by=by, is_allowed=is_new)


def add_tags(ticket: Ticket, names: Iterable[str], *, by: ActsAsActor) -> Ticket:
    """Put these tags on the ticket beside those it has."""
    return retag(ticket, lambda present: [*present, *names], by=by)


def remove_tags(ticket: Ticket, names: Iterable[str], *, by: ActsAsActor) -> Ticket:
    """Take these tags off the ticket."""
    unwanted = set(map(clean_tag, names))
    return retag(ticket, lambda present: [name for name in present if name not in unwanted], by=by)


def retag(
    ticket: Ticket, wanted: Callable[[list[str]], Iterable[str]], *, by: ActsAsActor, is_allowed: bool = False
) -> Ticket:
    """Make the ticket's tags what `wanted` makes of the present ones; `is_allowed` says that the ticket is held already."""
    with update(by):
        if not is_allowed:
            lock_ticket(ticket)
            refuse_closed(ticket)
            require(may_edit(by, ticket))
        before = sorted(ticket.tag_marks.values_list("tag__name", flat=True))
        after = sorted({tag for tag in map(clean_tag, wanted(before)) if tag})
        if before != after:
            _write(ticket, before, after)
            touch(ticket)
            fact = TicketChanged(
                field="tags",
                title=gettext_noop("tags"),
                before=before,
                after=after,
                before_label=" ".join(before),
                after_label=" ".join(after),
            )
            record(fact, subject_id=ticket.pk, by=by)
    return ticket


def clean_tag(name: str) -> str:
    """Return a tag as it is stored: lower case, words joined by underscores, at most 80 characters."""
    return re.sub(r"[\s,;]+", "_", one_line(name, limit=200).lower()).strip("_")[:80]


def _write(ticket: Ticket, before: list[str], after: list[str]) -> None:
    gone = [name for name in before if name not in after]
    added = [name for name in after if name not in before]
    if gone:
        ticket.tag_marks.filter(tag__name__in=gone).delete()
    if added:
        TicketTag.objects.bulk_create(TicketTag(ticket=ticket, tag=tag) for tag in tags_named(added))
    ticket._prefetched_objects_cache = {}  # type: ignore[attr-defined]
