"""A colleague has a ticket before their eyes."""

from datetime import timedelta

from opora.core import clock
from opora.events.live import announce
from opora.people.models import Person
from opora.people.policy import require
from opora.tickets.models import Presence, ReadMark, Ticket
from opora.tickets.policy import may_see

STALE_AFTER = timedelta(seconds=45)


def look_at_ticket(ticket: Ticket, *, by: Person, is_typing: bool, read_to: int = 0) -> None:
    """Note that this colleague looks at the ticket or types in it, and how far they have read."""
    require(may_see(by, ticket))
    now = clock.now()
    before = Presence.objects.filter(ticket=ticket, person=by).first()
    Presence.objects.update_or_create(
        ticket=ticket, person=by, defaults={"is_typing": is_typing, "seen_at": now}
    )
    if before is None or before.is_typing != is_typing or before.seen_at < now - STALE_AFTER:
        announce("presence", subject_kind="ticket", subject_id=ticket.pk)
    if read_to:
        ReadMark.objects.update_or_create(ticket=ticket, person=by, defaults={"comment_id": read_to})


def leave_ticket(ticket: Ticket, *, by: Person) -> None:
    """Note that this colleague has closed the ticket."""
    if Presence.objects.filter(ticket=ticket, person=by).delete()[0]:
        announce("presence", subject_kind="ticket", subject_id=ticket.pk)


def forget_stale_presence() -> int:
    """Remove who has been gone for a while; returns how many rows went."""
    return Presence.objects.filter(seen_at__lt=clock.now() - 10 * STALE_AFTER).delete()[0]
