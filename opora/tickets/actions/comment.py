"""Somebody says something on a ticket."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from opora.core import clock
from opora.core.html import html_to_text, sanitise
from opora.core.prepared import insert
from opora.core.refusals import Invalid
from opora.core.text import one_line, without_nulls
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.models import Person
from opora.people.policy import require
from opora.tickets.actions.lock import lock_ticket, refuse_closed, touch
from opora.tickets.actions.status import move_status
from opora.tickets.events import TicketCommented
from opora.tickets.models import Attachment, Category, Comment, Ticket
from opora.tickets.policy import may_note, may_reply
from opora.tickets.queries import status_of


@dataclass(frozen=True, kw_only=True)
class NewComment:
    """What a new comment is made of. `html` may come from a stranger: it is sanitised here.

    `author_kind` overrides what the author's role says, for a mail that only claims to be a colleague's.
    `moves_status` says whether the words alone may open or reopen the ticket; not where its status was chosen.
    """

    html: str
    author: Person
    author_kind: Comment.AuthorKind | None = None
    text: str | None = None
    quoted_html: str = ""
    is_public: bool = True
    channel: str = "web"
    is_auto_reply: bool = False
    moves_status: bool = True
    attachments: Iterable[Attachment] = ()
    details: dict[str, Any] = field(default_factory=dict)
    created_at: datetime | None = None


def add_comment(ticket: Ticket, new: NewComment, *, by: ActsAsActor, is_first: bool = False) -> Comment:
    """Add a comment to the ticket. What a customer says reopens a pending, held or solved ticket.

    `is_first`: the ticket was made in this very update, so nobody else can hold it and nothing has to be refreshed.
    Raises `Conflict` on a closed ticket and `Invalid` when there is neither text nor file.
    """
    with update(by):
        if not is_first:
            lock_ticket(ticket)
            refuse_closed(ticket)
        require(may_reply(by, ticket) if new.is_public else may_note(by, ticket))
        attachments = list(new.attachments)
        comment = _write(ticket, new)
        if _is_empty(comment) and not attachments:
            raise Invalid(_("The comment is empty. Write something or attach a file."), field="html")
        insert(comment)
        _attach(comment, attachments)
        fact = _fact(comment, len(attachments))
        record(fact, subject_id=ticket.pk, by=by, occurred_at=new.created_at)
        if new.moves_status:
            _wake(ticket, comment, by=by)
        if not is_first:
            touch(ticket)
    return comment


def _write(ticket: Ticket, new: NewComment) -> Comment:
    html = sanitise(without_nulls(new.html))
    return Comment(
        ticket=ticket,
        author=new.author,
        author_kind=new.author_kind or _kind_of(new.author),
        is_public=new.is_public,
        html=html,
        quoted_html=sanitise(without_nulls(new.quoted_html)) if new.quoted_html else "",
        text=without_nulls(new.text) if new.text is not None else html_to_text(html),
        channel=new.channel,
        is_auto_reply=new.is_auto_reply,
        details=new.details,
        created_at=new.created_at or clock.now(),
    )


def _is_empty(comment: Comment) -> bool:
    """Whether there is neither text nor picture nor anything passed on."""
    return not (comment.text.strip() or "<img" in comment.html or "forward" in comment.details)


def _kind_of(author: Person) -> Comment.AuthorKind:
    return Comment.AuthorKind.AGENT if author.role_id else Comment.AuthorKind.CUSTOMER


def _attach(comment: Comment, attachments: list[Attachment]) -> None:
    waiting = [attachment.pk for attachment in attachments]
    if waiting:
        Attachment.objects.filter(pk__in=waiting, comment=None).update(comment=comment, token="")


def _fact(comment: Comment, attachments: int) -> TicketCommented:
    return TicketCommented(
        comment_id=comment.pk,
        author_id=comment.author_id,
        author_kind=comment.author_kind,
        author_name=str(comment.author)[:255],
        is_public=comment.is_public,
        channel=comment.channel,
        is_auto_reply=comment.is_auto_reply,
        words=_first_words(comment),
        attachments=attachments,
    )


def _first_words(comment: Comment) -> str:
    """What lists show of it; of a forward without words, to whom it went."""
    return one_line(comment.text[:2000] or f"→ {comment.details.get('forward', {}).get('to', '')}", limit=200)


def _wake(ticket: Ticket, comment: Comment, *, by: ActsAsActor) -> None:
    """Somebody else's word makes it our turn, and so does a first public reply of ours on a new ticket."""
    is_theirs = comment.author_kind == Comment.AuthorKind.PARTNER or (
        comment.author_kind == Comment.AuthorKind.CUSTOMER and comment.is_public
    )
    if is_theirs:
        waiting = ticket.category in (Category.PENDING, Category.HOLD, Category.SOLVED)
        if waiting and not comment.is_auto_reply:
            move_status(ticket, status_of(Category.OPEN), by=by)
    elif ticket.category == Category.NEW and comment.is_public and not comment.is_auto_reply:
        move_status(ticket, status_of(Category.OPEN), by=by)
