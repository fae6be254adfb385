"""A customer writes on the page of their ticket."""

from collections.abc import Sequence

from opora.channels.web.links import Visit
from opora.core.html import text_to_html
from opora.events.actor import Actor
from opora.events.recording import update
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.actions.create import NewTicket, create_ticket
from opora.tickets.models import Attachment, Comment, Ticket


def answer_by_link(visit: Visit, text: str, *, attachments: Sequence[Attachment] = ()) -> Ticket:
    """Add what the visitor wrote; on a closed ticket it begins a follow-up. Returns the ticket it is on."""
    ticket, by = visit.ticket, visitor(visit)
    comment = NewComment(
        html=text_to_html(text),
        text=text,
        author=visit.person,
        author_kind=Comment.AuthorKind.CUSTOMER,
        channel="form",
        attachments=attachments,
    )
    with update(by, via="form"):
        if not ticket.is_closed:
            return add_comment(ticket, comment, by=by).ticket
        new = NewTicket(
            subject=ticket.subject,
            requester=visit.person,
            brand=ticket.brand,
            group=ticket.group,
            channel="form",
            locale=ticket.locale,
            received_at=ticket.received_at,
            follow_up_of=ticket,
        )
        return create_ticket(new, by=by, comment=comment)


def visitor(visit: Visit) -> Actor:
    """Whoever comes by a link acts as a customer, also a colleague: the link proves no more."""
    return Actor("customer", visit.person.pk, str(visit.person))
