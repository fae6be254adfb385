"""Handing a message to an SMTP server."""

import hashlib
import logging
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

from opora.channels.email.models import Mailbox
from opora.core import clock
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
    if mailbox.outgoing == Mailbox.Outgoing.FILE:
        _keep(message)
        return {}
    with smtp_of(mailbox) as connection:
        return connection.sendmail(mailbox.address, recipients, message)


def _keep(message: bytes) -> None:
    """Write the message into the folder `sent` of the data folder, the newest last by name."""
    folder = Path(settings.DATA_DIR) / "sent"
    folder.mkdir(exist_ok=True)
    stamp = clock.now().strftime("%Y%m%d-%H%M%S")
    (folder / f"{stamp}-{hashlib.sha256(message).hexdigest()[:12]}.eml").write_bytes(message)


def _connect(mailbox: Mailbox) -> smtplib.SMTP:
    host, port = mailbox.smtp_host, mailbox.smtp_port
    if mailbox.smtp_security == Mailbox.Security.SSL:
        return smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context())
    connection = smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)
    if mailbox.smtp_security == Mailbox.Security.STARTTLS:
        connection.starttls(context=ssl.create_default_context())
    return connection
