"""A mail is put on its way; it is sent after the transaction that wrote it."""

import hashlib
from dataclasses import dataclass, field

from django.db import transaction

from opora.channels.email.actions.send_mail import send_queued_mail
from opora.channels.email.marks import new_message_id
from opora.channels.email.models import Mailbox, OutboundMail
from opora.people.models import Person
from opora.tickets.models import Comment, Ticket

Pair = list[str]


@dataclass(frozen=True, kw_only=True)
class NewMail:
    """What an outbound mail is made of. Without `remaining` everybody in `to` and `cc` gets it."""

    kind: OutboundMail.Kind
    mailbox: Mailbox
    ticket: Ticket
    to: list[Pair]
    subject: str
    comment: Comment | None = None
    person: Person | None = None
    cc: list[Pair] = field(default_factory=list)
    remaining: list[str] | None = None
    text: str = ""
    html: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    problem: str = ""


def queue_mail(new: NewMail) -> OutboundMail:
    """Queue a mail once for each comment, kind and set of recipients; the second time gives the first one back.

    With a `problem` it is kept as failed, so that the reason shows beside the reply.
    """
    key = _recipients_key(new)
    with transaction.atomic():
        if new.comment:
            known = OutboundMail.objects.filter(
                comment=new.comment, kind=new.kind, recipients_key=key
            ).first()
            if known:
                return known
        mail = OutboundMail.objects.create(**_columns(new, key))
        if mail.state == OutboundMail.State.QUEUED:
            send_queued_mail.enqueue(mail_id=mail.pk)
    return mail


def _columns(new: NewMail, key: str) -> dict[str, object]:
    everybody = [address for _name, address in [*new.to, *new.cc]]
    comment_id = new.comment.pk if new.comment else None
    person_id = new.person.pk if new.person and new.kind == OutboundMail.Kind.NOTIFICATION else None
    return {
        "kind": new.kind,
        "mailbox": new.mailbox,
        "ticket": new.ticket,
        "comment": new.comment,
        "person": new.person,
        "message_id": new_message_id(
            new.mailbox.domain, ticket_id=new.ticket.pk, comment_id=comment_id, person_id=person_id
        ),
        "to": new.to,
        "cc": new.cc,
        "remaining": everybody if new.remaining is None else new.remaining,
        "recipients_key": key,
        "correspondent": new.to[0][1] if new.to else "",
        "subject": new.subject,
        "text": new.text,
        "html": new.html,
        "headers": new.headers,
        "state": OutboundMail.State.FAILED if new.problem else OutboundMail.State.QUEUED,
        "last_error": new.problem,
    }


def _recipients_key(new: NewMail) -> str:
    addresses = sorted({address for _name, address in [*new.to, *new.cc]})
    return hashlib.sha256("\n".join(addresses).encode()).hexdigest()
