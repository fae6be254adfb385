"""Opora notes on a ticket that a mail of it did not arrive."""

from django.utils import translation

from opora.channels.email.queries import desk_locale, opora_person
from opora.core.html import text_to_html
from opora.events.actor import SYSTEM
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.actions.status import change_status
from opora.tickets.models import Category, Comment, Ticket
from opora.tickets.queries import status_of


def note_problem(ticket: Ticket, sentence: str) -> Comment | None:
    """Add an internal note; a ticket that waits for the customer becomes open, for they have not heard from us.

    A closed ticket takes no note; the fact that was recorded shows on its timeline. Returns the note.
    """
    ticket.refresh_from_db()
    if ticket.is_closed:
        return None
    with translation.override(desk_locale()):
        note = NewComment(
            html=text_to_html(sentence),
            author=opora_person(),
            author_kind=Comment.AuthorKind.SYSTEM,
            is_public=False,
            channel="email",
        )
        comment = add_comment(ticket, note, by=SYSTEM)
        if ticket.category == Category.PENDING:
            change_status(ticket, status_of(Category.OPEN), by=SYSTEM)
    return comment
