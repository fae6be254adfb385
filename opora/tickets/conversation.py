"""The conversation as it is shown: comments and what happened between them, in order, long runs folded."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from opora.events.delivering import fact_of
from opora.events.models import Event
from opora.events.registry import FACTS
from opora.people.models import Person
from opora.tickets.delivery import delivery_states
from opora.tickets.models import Attachment, Comment, ScheduledReply, Ticket
from opora.tickets.queries import conversation_of, last_read_comment, timeline_of

FOLD_FROM = 3
"""A run of this many events or more is folded to one line."""

ICONS = {
    "ticket.created": "plus",
    "ticket.solved": "circle-check",
    "ticket.reopened": "rotate-ccw",
    "ticket.closed": "lock",
    "ticket.assigned": "user-check",
    "ticket.merged": "merge",
    "ticket.merge_received": "merge",
    "ticket.unmerged": "split",
    "ticket.comment_split": "split",
    "ticket.linked": "link",
    "ticket.unlinked": "link",
    "ticket.forwarded": "forward",
    "ticket.reply_refused": "triangle-alert",
    "ticket.deleted": "trash-2",
    "ticket.marked_spam": "ban",
    "ticket.restored": "rotate-ccw",
}


@dataclass
class Message:
    """One comment with all that its place on the page shows."""

    comment: Comment
    html: SafeString
    quoted: SafeString
    files: list[Attachment]
    blocked_images: int
    delivery: str
    kind: Literal["message"] = "message"

    @property
    def at(self) -> datetime:
        return self.comment.created_at

    @property
    def label(self) -> str:
        """What a screen reader calls it."""
        pattern = _("Message of %(name)s") if self.comment.is_public else _("Internal note of %(name)s")
        return pattern % {"name": self.comment.author}

    @property
    def can_split(self) -> bool:
        return self.comment.is_public and self.comment.author_kind == Comment.AuthorKind.CUSTOMER


@dataclass
class EventLine:
    """One event as a sentence."""

    icon: str
    actor: str
    sentence: str
    at: datetime
    via: str = ""


@dataclass
class EventLines:
    """A run of events between two comments."""

    lines: list[EventLine] = field(default_factory=list)
    kind: Literal["events"] = "events"

    @property
    def is_folded(self) -> bool:
        return len(self.lines) >= FOLD_FROM


@dataclass
class UnreadLine:
    """Stands before the first comment that the reader has not seen."""

    kind: Literal["unread"] = "unread"


Item = Message | EventLines | UnreadLine


def conversation_items(ticket: Ticket, reader: Person) -> list[Item]:
    """Return what the page shows between subject and composer, oldest first, in a constant number of queries."""
    comments = list(conversation_of(ticket))
    states = delivery_states(comments)
    messages = [_message(comment, states.get(comment.pk, "")) for comment in comments]
    lines = [_line(event) for event in timeline_of(ticket) if event.kind in FACTS]
    items = _interleave(messages, lines)
    return _with_unread_line(items, last_read_comment(ticket, reader), reader)


def waiting_replies(ticket: Ticket) -> list[ScheduledReply]:
    """Return the replies that have not left yet, the next one first."""
    waiting = ticket.scheduled.filter(sent_at=None).filter(cancelled_at=None)
    return list(waiting.select_related("author").order_by("due_at"))


def refused_replies(ticket: Ticket, person: Person) -> list[ScheduledReply]:
    """Return this person's replies that could not be sent, with the sentence that says why."""
    return list(ticket.scheduled.filter(author=person, sent_at=None).exclude(problem="").order_by("id"))


def _message(comment: Comment, delivery: str) -> Message:
    files = list(comment.attachments.all())
    html, blocked = block_remote_images(comment.html)
    quoted, blocked_in_quote = block_remote_images(comment.quoted_html)
    shown = [file for file in files if not (file.is_inline and f"/attachments/{file.pk}/" in comment.html)]
    # Sanitised when it was written (`actions.comment`).
    return Message(comment, mark_safe(html), mark_safe(quoted), shown, blocked + blocked_in_quote, delivery)  # noqa: S308


_REMOTE_IMAGE = re.compile(r"""(<img\b[^>]*?)\bsrc=(["'])(?=https?:|//)""", re.IGNORECASE)


def block_remote_images(html: str) -> tuple[str, int]:
    """Return the HTML with images from elsewhere kept from loading (`data-src`), and how many there are."""
    return _REMOTE_IMAGE.subn(r"\1data-src=\2", html)


def _line(event: Event) -> EventLine:
    icon = ICONS.get(event.kind, "circle")
    return EventLine(icon, event.actor_name, fact_of(event).sentence(), event.occurred_at, event.via)


def _interleave(messages: list[Message], lines: list[EventLine]) -> list[Item]:
    items: list[Item] = []
    everything: list[Message | EventLine] = [*messages, *lines]
    for item in sorted(everything, key=_moment):
        if isinstance(item, Message):
            items.append(item)
        elif items and isinstance(items[-1], EventLines):
            items[-1].lines.append(item)
        else:
            items.append(EventLines([item]))
    return items


def _moment(item: Message | EventLine) -> datetime:
    return item.at


def _with_unread_line(items: Iterable[Item], read_to: int, reader: Person) -> list[Item]:
    shown: list[Item] = []
    marked = read_to == 0
    for item in items:
        if not marked and isinstance(item, Message) and item.comment.pk > read_to:
            if item.comment.author_id != reader.pk:
                shown.append(UnreadLine())
            marked = True
        shown.append(item)
    return shown
