"""What the form of a forward begins with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from opora.channels.email.addresses import our_addresses
from opora.channels.email.outgoing.subjects import bare
from opora.channels.email.queries import mailbox_for
from opora.core.html import html_to_text
from opora.core.refusals import Conflict, Invalid
from opora.core.text import one_line
from opora.people.models import Person
from opora.tickets.models import Attachment, Comment, Forward, ScheduledReply, Ticket
from opora.tickets.queries import conversation_of

MOST_OFFERED = 30
"""A longer conversation offers its latest messages."""


@dataclass(frozen=True, kw_only=True)
class Passing:
    """Who gets it, what is chosen, and what else could be. `answers` is the talk that goes on, 0 for a new one."""

    subject: str
    comments: Sequence[Comment]
    chosen: frozenset[int]
    files: frozenset[int]
    to: Sequence[str] = ()
    cc: Sequence[str] = ()
    words: str = ""
    uploads: Sequence[Attachment] = field(default=())
    answers: int = 0

    @property
    def to_chips(self) -> list[dict[str, str]]:
        return [{"value": address, "label": address} for address in self.to]

    @property
    def cc_chips(self) -> list[dict[str, str]]:
        return [{"value": address, "label": address} for address in self.cc]


def passing(ticket: Ticket, *, by: Person, comment_id: int = 0, again_id: int = 0) -> Passing:
    """Return what the form shows: one message, or what was taken back, or all that was said publicly.

    A message of somebody outside is answered: they are whom it goes to, and nothing is chosen to be passed on.
    """
    comments = list(conversation_of(ticket))
    taken_back = ScheduledReply.objects.filter(pk=again_id, author=by, forward__ticket=ticket).first()
    if taken_back and taken_back.forward:
        return _again(taken_back, taken_back.forward, _offered(comments))
    one = next((comment for comment in comments if comment.pk == comment_id), None)
    if one and one.author_kind == Comment.AuthorKind.PARTNER:
        return _answer(one, _offered(comments), ticket)
    chosen = [one] if one else [comment for comment in comments if comment.is_public][-MOST_OFFERED:]
    offered = _offered(comments) if not one else chosen
    return Passing(
        subject=one_line(f"Fwd: {bare(ticket.subject)}"),
        comments=offered,
        chosen=frozenset(comment.pk for comment in chosen),
        files=frozenset(file.pk for comment in chosen for file in comment.attachments.all()),
    )


def refuse_impossible(ticket: Ticket, addresses: Iterable[str]) -> None:
    """Raise `Conflict` where no mailbox could send it, `Invalid` for an address of this desk's own."""
    if mailbox_for(ticket) is None:
        raise Conflict(
            _("No mailbox of this brand sends mail. An administrator can change that in the settings.")
        )
    ours = our_addresses()
    for address in addresses:
        if address in ours:
            raise Invalid(_("%(address)s is an address of this desk.") % {"address": address}, field="to")


def _offered(comments: list[Comment]) -> list[Comment]:
    said = [comment for comment in comments if comment.is_public and not comment.redacted_at]
    return said[-MOST_OFFERED:]


def _answer(comment: Comment, offered: list[Comment], ticket: Ticket) -> Passing:
    talk = Forward.objects.filter(pk=comment.details.get("forward", {}).get("id", 0)).first()
    return Passing(
        subject=one_line(f"Re: {bare(talk.subject if talk else ticket.subject)}"),
        comments=offered,
        chosen=frozenset(),
        files=frozenset(),
        to=[comment.author.email],
        answers=talk.pk if talk else 0,
    )


def _again(scheduled: ScheduledReply, forward: Forward, offered: list[Comment]) -> Passing:
    passed = Comment.objects.filter(pk__in=forward.comment_ids).prefetch_related("attachments")
    return Passing(
        subject=forward.subject,
        comments=sorted({*offered, *passed.select_related("author")}, key=lambda comment: comment.pk),
        chosen=frozenset(forward.comment_ids),
        files=frozenset(forward.attachment_ids),
        to=[address for _name, address in forward.to],
        cc=[address for _name, address in forward.cc],
        words=html_to_text(scheduled.html),
        uploads=list(Attachment.objects.filter(pk__in=scheduled.attachment_ids, comment=None)),
        answers=forward.answers_id or 0,
    )
