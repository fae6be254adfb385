"""Messages of a ticket are passed on to somebody outside."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from opora.core.refusals import Invalid
from opora.core.text import one_line
from opora.events.recording import update
from opora.people.addresses import valid_email
from opora.people.models import Identity, Person
from opora.people.policy import require
from opora.tickets.actions.schedule_reply import NewReply, schedule_reply
from opora.tickets.models import Attachment, Comment, Forward, ScheduledReply, Ticket
from opora.tickets.policy import may_forward
from opora.tickets.queries import conversation_of


@dataclass(frozen=True, kw_only=True)
class NewForward:
    """What is passed on, and to whom. `html` is what the colleague writes above it.

    `comment_ids` and `attachment_ids` are messages and files of the ticket, `upload_ids` files added to them.
    `answers` is a forward whose talk goes on.
    """

    to: Sequence[str]
    cc: Sequence[str] = ()
    subject: str = ""
    html: str = ""
    comment_ids: Sequence[int] = ()
    attachment_ids: Sequence[int] = ()
    upload_ids: Sequence[int] = ()
    answers: Forward | None = None


def forward_messages(ticket: Ticket, new: NewForward, *, by: Person) -> ScheduledReply:
    """Let the messages leave in ten seconds, until when they can be taken back; nothing is recorded before.

    Raises `Invalid` for an address that is none or the requester's, and when there is nothing to say or pass on.
    """
    with update(by):
        require(may_forward(by, ticket))
        passed = _passed(ticket, new)
        if not passed and not new.html.strip():
            raise Invalid(_("Choose what to pass on, or write something."), field="comments")
        files = Attachment.objects.filter(pk__in=new.attachment_ids, comment__in=passed)
        to = _pairs(new.to, ticket, field="to")
        if not to:
            raise Invalid(_("Write to whom it goes."), field="to")
        forward = Forward.objects.create(
            ticket=ticket,
            author=by,
            answers=new.answers.root if new.answers else None,
            to=to,
            cc=[pair for pair in _pairs(new.cc, ticket, field="cc") if pair not in to],
            subject=one_line(new.subject) or one_line(f"Fwd: {ticket.subject}"),
            comment_ids=[comment.pk for comment in passed],
            attachment_ids=sorted(file.pk for file in files),
        )
        reply = NewReply(html=new.html, is_public=False, attachment_ids=new.upload_ids, forward=forward)
        return schedule_reply(ticket, reply, by=by)


def _passed(ticket: Ticket, new: NewForward) -> list[Comment]:
    """Messages of this ticket alone, whatever ids were given."""
    return list(conversation_of(ticket).filter(pk__in=new.comment_ids)) if new.comment_ids else []


def _pairs(addresses: Sequence[str], ticket: Ticket, *, field: str) -> list[list[str]]:
    """[name, address] of each, with the name by which the address is known."""
    wanted = list(dict.fromkeys(valid_email(one, field=field) for one in addresses if one.strip()))
    if ticket.requester.email in wanted:
        raise Invalid(_("The requester asked us: write them a reply instead."), field=field)
    known = Identity.objects.filter(kind=Identity.Kind.EMAIL, value__in=wanted).select_related("person")
    names = {identity.value: identity.person.name for identity in known}
    return [[names.get(address, ""), address] for address in wanted]
