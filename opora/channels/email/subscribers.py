"""What mail does about events: public replies go out, new tickets are acknowledged."""

from datetime import timedelta

from opora.channels.email.actions.queue_acknowledgement import queue_acknowledgement
from opora.channels.email.actions.queue_reply import queue_reply
from opora.channels.email.models import Mailbox
from opora.events.models import Event
from opora.events.registry import reaction
from opora.tickets.events import TicketCommented, TicketCreated
from opora.tickets.models import Comment, Ticket

STILL_FRESH = timedelta(hours=1)
"""What became true longer than this before it was recorded is history that was brought in, not news."""


def _is_reply(fact: TicketCommented) -> bool:
    is_of_rule = fact.author_kind == Comment.AuthorKind.SYSTEM and fact.is_auto_reply
    return fact.is_public and (is_of_rule or fact.author_kind == Comment.AuthorKind.AGENT)


@reaction(TicketCommented, when=_is_reply)
def send_reply(fact: TicketCommented, event: Event) -> None:
    """A public comment of a colleague, or of a rule, goes by mail to the requester and to people in copy."""
    if _is_history(event):
        return
    comment = Comment.objects.select_related("ticket__requester", "ticket__brand", "author").get(
        pk=fact.comment_id
    )
    if comment.redacted_at is None:
        queue_reply(comment)


def _may_be_acknowledged(fact: TicketCreated) -> bool:
    if fact.channel not in {"email", "form"}:
        return False
    return Mailbox.objects.filter(brand_id=fact.brand_id, is_active=True, sends_acknowledgement=True).exists()


@reaction(TicketCreated, when=_may_be_acknowledged)
def acknowledge(fact: TicketCreated, event: Event) -> None:
    """Whoever writes first learns that their message has arrived, if the mailbox is set so."""
    if _is_history(event) or _is_acknowledged(event):
        return
    queue_acknowledgement(Ticket.objects.select_related("requester", "brand").get(pk=event.subject_id))


def _is_acknowledged(event: Event) -> bool:
    """Whether a rule writes to the requester because of this very ticket's coming."""
    about = Event.objects.filter(subject_kind="ticket", subject_id=event.subject_id)
    return about.filter(kind="ticket.rule_fired", body__acknowledges=True).exists()


def _is_history(event: Event) -> bool:
    return event.via in {"import", "seeds"} or event.recorded_at - event.occurred_at > STILL_FRESH
