"""Handing a message to an SMTP server."""

import logging
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from opora.channels.email.models import Mailbox
from opora.core.crypto import decrypt

log = logging.getLogger("opora.mail")

TIMEOUT_SECONDS = 30


@contextmanager
def smtp_of(mailbox: Mailbox) -> Iterator[smtplib.SMTP]:
    """Open a signed-in connection to the mailbox's SMTP server; raises what `smtplib` raises."""
    connection = _connect(mailbox)
    try:
        if mailbox.smtp_user:
            connection.login(mailbox.smtp_user, decrypt(mailbox.smtp_password))
        yield connection
    finally:
        with suppress(smtplib.SMTPException, OSError):
            connection.quit()


def transmit(mailbox: Mailbox, message: bytes, recipients: list[str]) -> dict[str, tuple[int, bytes]]:
    """Hand the message over and return the recipients the server refused, each with its code and words.

    Raises what `smtplib` raises when nobody got it.
    """
    if mailbox.outgoing == Mailbox.Outgoing.CONSOLE:
        log.info(
            "Mail to %s (not sent, this mailbox only shows it):\n%s", ", ".join(recipients), message.decode()
        )
        return {}
    with smtp_of(mailbox) as connection:
        return connection.sendmail(mailbox.address, recipients, message)


def _connect(mailbox: Mailbox) -> smtplib.SMTP:
    host, port = mailbox.smtp_host, mailbox.smtp_port
    if mailbox.smtp_security == Mailbox.Security.SSL:
        return smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context())
    connection = smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)
    if mailbox.smtp_security == Mailbox.Security.STARTTLS:
        connection.starttls(context=ssl.create_default_context())
    return connection
