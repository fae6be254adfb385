"""A comment becomes a ticket of its own."""

from django.utils.translation import gettext as _

from opora.core.refusals import Invalid
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.policy import require
from opora.tickets.actions.comment import NewComment
from opora.tickets.actions.create import NewTicket, create_ticket
from opora.tickets.actions.link import link_tickets
from opora.tickets.actions.upload import copy_attachments
from opora.tickets.events import CommentSplit
from opora.tickets.models import Comment, Ticket
from opora.tickets.policy import may_merge


def split_comment(comment: Comment, *, subject: str, by: ActsAsActor) -> Ticket:
    """Begin a new ticket with this comment of a customer, linked to the one it comes from.

    The comment stays where it was said; the new ticket begins with the same words and files.
    """
    source = comment.ticket
    with update(by):
        require(may_merge(by, source))
        if comment.author_kind != Comment.AuthorKind.CUSTOMER or not comment.is_public:
            raise Invalid(_("Only what a customer wrote can become a ticket of its own."))
        new = NewTicket(
            subject=subject.strip() or source.subject,
            requester=comment.author,
            brand=source.brand,
            group=source.group,
            channel=comment.channel,
            received_at=source.received_at,
            split_from=source,
        )
        first = NewComment(
            html=comment.html,
            text=comment.text,
            author=comment.author,
            channel=comment.channel,
            attachments=copy_attachments(comment),
        )
        ticket = create_ticket(new, by=by, comment=first)
        link_tickets(source, ticket, kind="related", by=by)
        record(CommentSplit(comment_id=comment.pk, new_ticket_id=ticket.pk), subject_id=source.pk, by=by)
    return ticket
