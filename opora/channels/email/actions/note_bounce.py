"""A mail of ours came back."""

from datetime import timedelta

from django.utils.translation import gettext as _

from opora.channels.email.actions.note_problem import note_problem
from opora.channels.email.actions.suspend_mail import suspend_mail
from opora.channels.email.events import TicketMailBounced
from opora.channels.email.models import OutboundMail, SuspendedMail
from opora.channels.email.parsing import Bounce
from opora.channels.email.reading.letter import Letter
from opora.core import clock
from opora.core.text import one_line
from opora.events.actor import SYSTEM
from opora.events.recording import record, update
from opora.people.actions.mark_undeliverable import mark_undeliverable
from opora.people.addresses import normalise_email
from opora.people.models import Identity

RECENTLY = timedelta(days=7)
"""A report that names no Message-ID is believed when we wrote to that address within this time."""

_NOT_THE_ADDRESS = ("5.2.2", "5.2.3", "5.3.", "5.6.", "5.7.")
"""Codes of RFC 3463 that speak of a full mailbox, the message or a policy: the address itself is good."""


def note_bounce(letter: Letter) -> None:
    """Note what a delivery report says about our mails; one that belongs to none of them is suspended."""
    reported = [(bounce, _original(bounce)) for bounce in letter.message.bounces]
    ours = [(bounce, outbound) for bounce, outbound in reported if outbound]
    if not ours:
        suspend_mail(letter.mail, reason=SuspendedMail.Reason.BOUNCE)
        return
    with update(SYSTEM, via="mail"):
        for bounce, outbound in ours:
            if _is_final(bounce):
                note_returned(bounce, outbound)
        letter.mail.ticket = ours[0][1].ticket
        letter.mail.save(update_fields=["ticket"])


def _original(bounce: Bounce) -> OutboundMail | None:
    sent = OutboundMail.objects.select_related("ticket", "comment")
    if bounce.original_message_id:
        found = sent.filter(message_id=bounce.original_message_id.strip("<> ")).first()
        if found:
            return found
    recipient = normalise_email(bounce.recipient)
    if not recipient:
        return None
    recent = sent.filter(correspondent=recipient, created_at__gt=clock.now() - RECENTLY)
    return recent.order_by("-id").first()


def _is_final(bounce: Bounce) -> bool:
    return bounce.action not in {
        "delayed",
        "delivered",
        "relayed",
        "expanded",
    } and not bounce.status.startswith("4")


def note_returned(bounce: Bounce, outbound: OutboundMail) -> None:
    """Mark the mail as come back, and its address where that is the reason; tell the agents once."""
    address = _address(bounce, outbound)
    reason = one_line(f"{bounce.status} {bounce.diagnostic}", limit=200)
    _mark(address, bounce.status, reason)
    if outbound.state == OutboundMail.State.BOUNCED or outbound.kind == OutboundMail.Kind.NOTIFICATION:
        return
    outbound.state, outbound.last_error = OutboundMail.State.BOUNCED, reason
    outbound.save(update_fields=["state", "last_error"])
    fact = TicketMailBounced(address=address, reason=reason, comment_id=outbound.comment_id)
    record(fact, subject_id=outbound.ticket_id, by=SYSTEM)
    sentence = _(
        "The mail to %(address)s came back: %(reason)s. Ask for another address, or reach them by other means."
    )
    note_problem(outbound.ticket, sentence % {"address": address, "reason": reason})


def _address(bounce: Bounce, outbound: OutboundMail) -> str:
    """Whom we wrote to: a server may name the address it forwarded to instead."""
    written = [normalise_email(address) for _name, address in [*outbound.to, *outbound.cc]]
    named = normalise_email(bounce.recipient)
    return written[0] if len(written) == 1 or (not named and written) else named


def _mark(address: str, status: str, reason: str) -> None:
    identity = Identity.objects.filter(kind=Identity.Kind.EMAIL, value=address).first()
    if identity and not status.startswith(_NOT_THE_ADDRESS):
        mark_undeliverable(identity, by=SYSTEM, reason=reason)
