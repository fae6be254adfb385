"""What mail does about events: public replies and forwards go out, new tickets are acknowledged."""

from datetime import timedelta

from django.db.models import QuerySet

from opora.channels.email.actions.queue_acknowledgement import queue_acknowledgement
from opora.channels.email.actions.queue_forward import queue_forward
from opora.channels.email.actions.queue_reply import queue_reply
from opora.channels.email.models import Mailbox, OutboundMail
from opora.core.prepared import prepared
from opora.events.models import Event
from opora.events.registry import reaction
from opora.people.events import PersonMerged, PersonUnmerged
from opora.people.models import Identity
from opora.tickets.events import TicketCommented, TicketCreated, TicketForwarded
from opora.tickets.models import Comment, Forward, Ticket

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


@reaction(TicketForwarded)
def send_forward(fact: TicketForwarded, event: Event) -> None:
    """What a colleague passed on goes by mail to those they named."""
    if not _is_history(event):
        found = Forward.objects.select_related("ticket", "comment__author", "answers")
        queue_forward(found.get(pk=fact.forward_id))


def _may_be_acknowledged(fact: TicketCreated) -> bool:
    if fact.channel not in {"email", "form"}:
        return False
    return bool(_acknowledging(fact.brand_id))


@prepared
def _acknowledging(brand_id: int) -> QuerySet[Mailbox, int]:
    found = Mailbox.objects.filter(brand_id=brand_id, is_active=True, sends_acknowledgement=True)
    return found.values_list("pk", flat=True)[:1]


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


@reaction(PersonMerged)
def follow_merged_person(fact: PersonMerged, event: Event) -> None:
    """Mails that were written to a person belong to whom they turned out to be."""
    OutboundMail.objects.filter(person_id=event.subject_id).update(person_id=fact.into_id)


@reaction(PersonUnmerged)
def follow_unmerged_person(fact: PersonUnmerged, event: Event) -> None:
    """Mails to the addresses that went back are theirs again."""
    values = Identity.objects.filter(person_id=event.subject_id, kind=Identity.Kind.EMAIL).values("value")
    mails = OutboundMail.objects.filter(person_id=fact.from_id, correspondent__in=values)
    mails.update(person_id=event.subject_id)
