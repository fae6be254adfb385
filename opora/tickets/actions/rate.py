"""The requester says whether they are satisfied."""

from django.utils.translation import gettext as _

from opora.core import clock
from opora.core.refusals import Invalid, NotAllowed
from opora.core.text import without_nulls
from opora.events.recording import record, update
from opora.people.models import Person
from opora.tickets.actions.lock import lock_ticket, touch
from opora.tickets.events import TicketRated
from opora.tickets.models import SatisfactionRating, Ticket

LONGEST = 2_000


def rate_ticket(ticket: Ticket, *, by: Person, score: str, comment: str = "") -> SatisfactionRating:
    """Keep what the requester thought; saying it again replaces it.

    Raises `NotAllowed` for anybody else, `Invalid` before the ticket is solved or for a score that is none.
    """
    with update(by):
        lock_ticket(ticket)
        if by.pk != ticket.requester_id:
            raise NotAllowed(_("Only the requester can rate a ticket."))
        if score not in SatisfactionRating.Score.values:
            raise Invalid(_("The score is good or bad."), field="score")
        if not ticket.is_solved:
            raise Invalid(_("A ticket can be rated once it is solved."), field="score")
        rating = SatisfactionRating.objects.filter(ticket=ticket).first() or SatisfactionRating(
            ticket=ticket, requester=by, assignee_id=ticket.assignee_id, group_id=ticket.group_id
        )
        before = (rating.score, rating.comment)
        rating.score, rating.comment = score, without_nulls(comment)[:LONGEST]
        if (rating.score, rating.comment) != before:
            rating.updated_at = clock.now()
            rating.save()
            touch(ticket)
            record(
                TicketRated(score=score, comment=rating.comment, before=before[0]),
                subject_id=ticket.pk,
                by=by,
            )
    return rating
