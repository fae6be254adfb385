"""A reply is sent: at once, in ten seconds unless taken back, or at a chosen time."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_tasks import task

from opora.core import clock
from opora.core.html import html_to_text, sanitise
from opora.core.refusals import Conflict, Invalid, Refusal
from opora.core.text import without_nulls
from opora.events.actor import SYSTEM
from opora.events.recording import record, update
from opora.people.models import Person
from opora.people.policy import require
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.actions.leave_forward import forward_details, leave_forward
from opora.tickets.actions.lock import lock_ticket, refuse_closed
from opora.tickets.actions.save_draft import discard_draft, save_draft
from opora.tickets.actions.set_cc import set_cc_addresses
from opora.tickets.actions.status import change_status
from opora.tickets.events import ReplyCancelled, ReplyRefused, ReplyScheduled
from opora.tickets.models import Attachment, Comment, Forward, ScheduledReply, Status, Ticket
from opora.tickets.policy import may_note, may_reply
from opora.tickets.queries import events_since

UNDO_SECONDS = 10


@dataclass(frozen=True, kw_only=True)
class NewReply:
    """What the composer sends: the words, to whom, what becomes of the ticket, and when.

    With a `forward` it is the note that goes out with what is passed on; it may be empty.

    `seen_event_id` is the newest event the writer had before their eyes; `send_at` None means now.
    """

    html: str
    is_public: bool = True
    cc: Sequence[str] | None = None
    attachment_ids: Sequence[int] = ()
    status: Status | None = None
    seen_event_id: int | None = None
    send_at: datetime | None = None
    forward: Forward | None = None


class Stale(Conflict):
    """Somebody else wrote in between; `comments` are what the writer has not seen."""

    def __init__(self, comments: list[Comment]) -> None:
        super().__init__(_("Something came in between. Read it, then send again."))
        self.comments = comments


def schedule_reply(ticket: Ticket, new: NewReply, *, by: Person) -> ScheduledReply:
    """Take a reply or note on its way: in ten seconds, or at `send_at`. The draft is used up.

    Raises `Stale` when somebody else commented after `seen_event_id`, `Invalid` when there is nothing to send.
    """
    with update(by):
        lock_ticket(ticket)
        refuse_closed(ticket)
        require(may_reply(by, ticket) if new.is_public else may_note(by, ticket))
        html = sanitise(without_nulls(new.html))
        if not html_to_text(html) and not new.attachment_ids and "<img" not in html and not new.forward:
            raise Invalid(_("The comment is empty. Write something or attach a file."), field="html")
        if new.send_at and new.send_at <= clock.now():
            raise Invalid(_("Choose a time in the future."), field="send_at")
        _refuse_stale(ticket, new, by)
        scheduled = ScheduledReply.objects.create(
            ticket=ticket,
            author=by,
            html=html,
            is_public=new.is_public,
            cc=list(new.cc) if new.cc is not None else None,
            attachment_ids=sorted({*new.attachment_ids, *pictures_in(html)}),
            status_id=new.status.pk if new.status else None,
            forward=new.forward,
            due_at=new.send_at or clock.now() + timedelta(seconds=UNDO_SECONDS),
        )
        if not new.forward:
            discard_draft(ticket, by=by)
        if new.send_at:
            record(ReplyScheduled(scheduled_id=scheduled.pk, due_at=new.send_at), subject_id=ticket.pk, by=by)
        send_scheduled_reply.using(run_after=scheduled.due_at).enqueue(scheduled_id=scheduled.pk)
    return scheduled


def cancel_reply(scheduled: ScheduledReply, *, by: Person) -> None:
    """Take a reply back before it leaves; its words become the draft again. Raises `Conflict` when it has left."""
    with update(by):
        require(scheduled.author_id == by.pk or may_reply(by, scheduled.ticket))
        taken_back = _waiting().filter(pk=scheduled.pk).update(cancelled_at=clock.now())
        if not taken_back:
            raise Conflict(_("The reply has left already."))
        if not scheduled.forward_id:
            _keep_as_draft(scheduled)
        if scheduled.due_at - scheduled.created_at > timedelta(seconds=2 * UNDO_SECONDS):
            record(ReplyCancelled(scheduled_id=scheduled.pk), subject_id=scheduled.ticket_id, by=by)


def _keep_as_draft(scheduled: ScheduledReply) -> None:
    save_draft(
        scheduled.ticket,
        by=scheduled.author,
        kind="reply" if scheduled.is_public else "note",
        html=scheduled.html,
        cc=scheduled.cc or (),
        attachment_ids=scheduled.attachment_ids,
    )


@task()
def send_scheduled_reply(scheduled_id: int) -> bool:
    """Send one reply whose time has come; False if it was taken back, is sent, or is not due."""
    due = (
        _waiting()
        .filter(pk=scheduled_id, due_at__lte=clock.now())
        .select_related("ticket", "author__role", "forward__answers")
        .first()
    )
    return due is not None and send_now(due)


def send_due_replies(*, limit: int = 200) -> int:
    """Send the replies that are due and that no task has sent: after a crash, for one."""
    due = (
        _waiting()
        .filter(due_at__lte=clock.now())
        .select_related("ticket", "author__role", "forward__answers")
        .order_by("due_at")
    )
    return sum(send_now(scheduled) for scheduled in due[:limit])


def send_now(scheduled: ScheduledReply) -> bool:
    """Make the reply a comment. What refuses it is kept with it and shown to its author."""
    try:
        with update(scheduled.author):
            if not _waiting().filter(pk=scheduled.pk).update(sent_at=clock.now()):
                return False
            _send(scheduled)
    except Refusal as refusal:
        _note_refusal(scheduled, refusal.sentence)
        return False
    return True


def _note_refusal(scheduled: ScheduledReply, sentence: str) -> None:
    """The words stay with the row; the log says that they did not leave, and whoever wrote them is told by it."""
    with update(SYSTEM):
        refused = _waiting().filter(pk=scheduled.pk)
        if refused.update(cancelled_at=clock.now(), problem=sentence[:255]):
            fact = ReplyRefused(scheduled_id=scheduled.pk, author_id=scheduled.author_id, reason=sentence)
            record(fact, subject_id=scheduled.ticket_id, by=SYSTEM)


def _send(scheduled: ScheduledReply) -> None:
    ticket, author = scheduled.ticket, scheduled.author
    if scheduled.cc is not None and scheduled.is_public:
        set_cc_addresses(ticket, scheduled.cc, by=author)
    _say(scheduled)
    status = Status.objects.filter(pk=scheduled.status_id).first() if scheduled.status_id else None
    if status and status.pk != ticket.status_id:
        change_status(ticket, status, by=author)


def _say(scheduled: ScheduledReply) -> None:
    author, forward = scheduled.author, scheduled.forward
    comment = NewComment(
        html=scheduled.html,
        author=author,
        is_public=scheduled.is_public,
        attachments=Attachment.objects.filter(pk__in=scheduled.attachment_ids, uploader=author, comment=None),
        details={"forward": forward_details(forward)} if forward else {},
    )
    if forward:
        leave_forward(forward, comment, by=author)
    else:
        add_comment(scheduled.ticket, comment, by=author)


def pictures_in(html: str) -> list[int]:
    """Return the ids of uploaded pictures that stand in the text."""
    return [int(number) for number in re.findall(r'src="[^"]*/attachments/(\d+)/', html)]


def _waiting() -> QuerySet[ScheduledReply]:
    return ScheduledReply.objects.filter(sent_at=None, cancelled_at=None)


def _refuse_stale(ticket: Ticket, new: NewReply, by: Person) -> None:
    if new.seen_event_id is None:
        return
    later = events_since(ticket, new.seen_event_id).filter(kind="ticket.commented").exclude(actor_id=by.pk)
    ids = [event.body["comment_id"] for event in later]
    if ids:
        raise Stale(list(Comment.objects.filter(pk__in=ids).select_related("author").order_by("id")))
