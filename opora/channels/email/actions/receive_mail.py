"""A mail arrives and is kept, before anything is made of it."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction

from opora.channels.email.addresses import our_addresses
from opora.channels.email.fingerprint import fingerprint, message_id_of
from opora.channels.email.models import InboundMail, Mailbox
from opora.channels.email.raw import keep_raw
from opora.core.prepared import insert


def receive_mail(raw: bytes, *, mailbox: Mailbox, recipient: str = "", uid: int | None = None) -> InboundMail:
    """Keep one message for the mailbox's brand and return its row; a copy gives the row of the first one back.

    When this returns outside a transaction, bytes and row are safe, and the message may be acknowledged.
    `recipient` is the address it came to, `uid` its number in the IMAP folder.
    """
    mail = InboundMail(
        mailbox=mailbox,
        brand_id=mailbox.brand_id,
        fingerprint=fingerprint(raw),
        sha256=keep_raw(raw),
        size=len(raw),
        message_id=message_id_of(raw),
        recipient=recipient or mailbox.address,
        uid=uid,
    )
    try:
        with transaction.atomic():
            insert(mail)
    except IntegrityError:
        return InboundMail.objects.get(brand_id=mail.brand_id, fingerprint=mail.fingerprint)
    return mail


def deliver_mail(raw: bytes, *, recipients: Iterable[str]) -> list[InboundMail]:
    """Keep one message for each brand that one of the recipients belongs to; [] when none is ours."""
    reached = our_addresses().reached_by(recipients)
    with transaction.atomic():
        return [receive_mail(raw, mailbox=mailbox, recipient=address) for mailbox, address in reached]
