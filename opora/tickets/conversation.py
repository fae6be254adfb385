"""The conversation as it is shown: comments and what happened between them, in order, long runs folded."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from django.db.models import QuerySet
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from opora.core.prepared import prepared
from opora.events.delivering import fact_of
from opora.events.models import Event
from opora.events.registry import FACTS
from opora.people import log_words
from opora.people.models import Person
from opora.tickets.delivery import delivery_states
from opora.tickets.models import Attachment, Comment, ScheduledReply, Ticket
from opora.tickets.queries import comments_of, files_of, last_read_comment, merged_into, timeline_of

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
    "ticket.rule_fired": "workflow",
    "ticket.rule_refused": "ban",
    "ticket.queued": "hourglass",
    "ticket.routed": "route",
    "ticket.returned": "undo-2",
    "ticket.escalation_opened": "chevrons-up",
    "ticket.escalation_accepted": "hand",
    "ticket.escalation_rejected": "circle-x",
    "ticket.escalation_handed_back": "corner-down-left",
    "ticket.escalation_withdrawn": "undo-2",
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
    explanation: str = ""
    """The page that says why it came about, if there is one."""


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
    ids = [ticket.pk, *merged_into(ticket.pk)]
    comments, files = comments_of(ids), _files_by_comment(ids)
    states = delivery_states(comments)
    messages = [
        _message(comment, files.get(comment.pk, []), states.get(comment.pk, "")) for comment in comments
    ]
    lines = [_line(event) for event in timeline_of(ticket.pk) if event.kind in FACTS]
    items = _interleave(messages, lines)
    return _with_unread_line(items, last_read_comment(ticket, reader), reader)


def waiting_replies(ticket: Ticket) -> list[ScheduledReply]:
    """Return the replies that have not left yet, the next one first."""
    return _waiting_on(ticket.pk)


@prepared
def _waiting_on(ticket_id: int) -> QuerySet[ScheduledReply]:
    waiting = ScheduledReply.objects.filter(ticket_id=ticket_id, sent_at=None, cancelled_at=None)
    return waiting.select_related("author").order_by("due_at")


def refused_replies(ticket: Ticket, person: Person) -> list[ScheduledReply]:
    """Return this person's replies that could not be sent, with the sentence that says why."""
    return _refused_on(ticket.pk, person.pk)


@prepared
def _refused_on(ticket_id: int, person_id: int) -> QuerySet[ScheduledReply]:
    unsent = ScheduledReply.objects.filter(ticket_id=ticket_id, author_id=person_id, sent_at=None)
    return unsent.exclude(problem="").order_by("id")


def _files_by_comment(ticket_ids: list[int]) -> dict[int, list[Attachment]]:
    found: dict[int, list[Attachment]] = {}
    for file in files_of(ticket_ids):
        found.setdefault(file.comment_id or 0, []).append(file)
    return found


def _message(comment: Comment, files: list[Attachment], delivery: str) -> Message:
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
    icon, fact = ICONS.get(event.kind, "circle"), fact_of(event)
    why = fact.explanation(event.subject_id, event.pk)
    return EventLine(icon, log_words.actor(event), fact.sentence(), event.occurred_at, event.via, why)


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
