"""Mail of the desk itself: invitations, passwords, digests. It leaves through the default mailbox."""

import base64
import logging
import re
import smtplib
from collections.abc import Sequence
from datetime import timedelta
from email.utils import formataddr, make_msgid

from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import EmailMessage
from django_tasks import task

from opora.channels.email.marks import desk_mark
from opora.channels.email.models import Mailbox
from opora.channels.email.outgoing.problems import explain_problem
from opora.channels.email.outgoing.transport import transmit
from opora.core import clock
from opora.core.crypto import decrypt, encrypt
from opora.people.queries import desk

log = logging.getLogger("opora.mail")

MOST_ATTEMPTS = 8
NO_MAILBOX = (
    "Mail to %s could not be sent, for no mailbox of this desk can send. "
    "Set one up in Settings, Mailboxes. Until then this log is its only copy:\n%s"
)


def house_mailbox() -> Mailbox | None:
    """Return the mailbox that the desk itself writes from: that of the default brand, else any that can send."""
    able = (
        Mailbox.objects.filter(is_active=True).exclude(outgoing=Mailbox.Outgoing.NONE).select_related("brand")
    )
    ranked = sorted(
        able, key=lambda box: (not reaches_people(box), not box.brand.is_default, not box.is_default, box.pk)
    )
    return ranked[0] if ranked else None


def reaches_people(mailbox: Mailbox | None) -> bool:
    """Whether mail through it leaves this machine; one that only writes to the log reaches nobody."""
    return mailbox is not None and mailbox.outgoing == Mailbox.Outgoing.SMTP


def letter(*, to: str, subject: str, text: str, html: str) -> EmailMultiAlternatives:
    """Return a message in both forms that no auto-responder answers."""
    headers = {
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "X-Opora-Desk": desk_mark(),
    }
    message = EmailMultiAlternatives(subject=subject, body=text, to=[to], headers=headers)
    message.attach_alternative(html, "text/html")
    return message


def post(message: EmailMessage) -> None:
    """Have the worker send the message: no page waits for a mail server. What it says is kept encrypted meanwhile."""
    mailbox = house_mailbox()
    if mailbox is None:
        log.warning(NO_MAILBOX, ", ".join(message.recipients()), f"{message.subject}\n\n{message.body}")
        return
    _dress(message, mailbox)
    sealed = encrypt(base64.b64encode(_bytes(message)).decode())
    send_posted.enqueue(sealed=sealed, recipients=message.recipients())


@task()
def send_posted(sealed: str, recipients: Sequence[str], attempt: int = 1) -> bool:
    """Send what `post` put on its way; when the server does not take it, again later, eight times in two hours."""
    mailbox = house_mailbox()
    if mailbox is None:
        log.warning(NO_MAILBOX, ", ".join(recipients), "(it was removed meanwhile)")
        return False
    try:
        transmit(mailbox, base64.b64decode(decrypt(sealed)), list(recipients))
    except (OSError, smtplib.SMTPException) as problem:
        sentence = explain_problem(problem, host=mailbox.smtp_host, port=mailbox.smtp_port)
        log.warning(
            "Mail of the desk to %s could not be sent (attempt %s): %s",
            ", ".join(recipients),
            attempt,
            sentence,
        )
        if attempt < MOST_ATTEMPTS:
            later = send_posted.using(run_after=clock.now() + timedelta(minutes=2 ** (attempt - 1)))
            later.enqueue(sealed=sealed, recipients=list(recipients), attempt=attempt + 1)
        return False
    return True


def _bytes(message: EmailMessage) -> bytes:
    return re.sub(rb"\r?\n", b"\r\n", message.message().as_bytes())


def _dress(message: EmailMessage, mailbox: Mailbox) -> None:
    """Servers take mail from their own addresses only, so it always comes from the mailbox, in the desk's name."""
    found = desk()
    message.from_email = formataddr(
        (found.name if found else mailbox.sender_name, mailbox.address), charset="utf-8"
    )
    message.extra_headers.setdefault("Message-ID", make_msgid(domain=mailbox.domain))
    message.extra_headers.setdefault("Auto-Submitted", "auto-generated")
    message.extra_headers.setdefault("X-Opora-Desk", desk_mark())
