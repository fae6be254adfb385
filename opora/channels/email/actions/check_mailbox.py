"""The connections of a mailbox are tried out."""

import smtplib
from dataclasses import dataclass

from django.utils.translation import gettext as _

from opora.channels.email.intake.connecting import imap_of
from opora.channels.email.models import Mailbox
from opora.channels.email.outgoing.problems import explain_problem
from opora.channels.email.outgoing.transport import smtp_of
from opora.channels.email.policy import may_change_mailboxes
from opora.events.actor import ActsAsActor
from opora.people.policy import require


@dataclass(frozen=True)
class Finding:
    """How one connection fared, in a sentence."""

    is_good: bool
    sentence: str


def check_mailbox(mailbox: Mailbox, *, by: ActsAsActor) -> list[Finding]:
    """Try the mailbox's connections, saved or not, and say what works and what does not. Changes nothing."""
    require(may_change_mailboxes(by))
    return [_check_incoming(mailbox), _check_outgoing(mailbox)]


def _check_incoming(mailbox: Mailbox) -> Finding:
    if mailbox.incoming == Mailbox.Incoming.SMTP:
        return Finding(
            True, _("Mail is delivered to Opora by LMTP or SMTP; the mail server decides what it sends.")
        )
    if mailbox.incoming == Mailbox.Incoming.NONE:
        return Finding(True, _("No mail is collected for this address itself."))
    try:
        with imap_of(mailbox) as box:
            count = int(box.folder.status(mailbox.imap_folder, ["MESSAGES"])["MESSAGES"])
    except Exception as problem:  # whatever a server does has to end in a sentence
        reason = explain_problem(problem, host=mailbox.imap_host, port=mailbox.imap_port)
        return Finding(False, _("Incoming does not work. %(reason)s") % {"reason": reason})
    values = {"folder": mailbox.imap_folder, "count": count, "host": mailbox.imap_host}
    return Finding(
        True,
        _("Incoming works: %(host)s opened the folder “%(folder)s” (messages in it: %(count)s).") % values,
    )


def _check_outgoing(mailbox: Mailbox) -> Finding:
    if mailbox.outgoing == Mailbox.Outgoing.NONE:
        return Finding(True, _("Nothing is sent from this address."))
    if mailbox.outgoing == Mailbox.Outgoing.CONSOLE:
        return Finding(True, _("Replies are only written to the log; customers do not get them."))
    if mailbox.outgoing == Mailbox.Outgoing.FILE:
        return Finding(
            True, _("Replies are only kept as files in the data folder; customers do not get them.")
        )
    try:
        with smtp_of(mailbox) as connection:
            code, _words = connection.mail(mailbox.address)
            if code != 250:
                raise smtplib.SMTPSenderRefused(code, _words, mailbox.address)
            connection.rset()
    except Exception as problem:  # whatever a server does has to end in a sentence
        reason = explain_problem(problem, host=mailbox.smtp_host, port=mailbox.smtp_port)
        return Finding(False, _("Outgoing does not work. %(reason)s") % {"reason": reason})
    return Finding(True, _("Outgoing works: %(host)s accepts mail of %(address)s.") % {
        "host": mailbox.smtp_host, "address": mailbox.address,
    })  # fmt: skip
