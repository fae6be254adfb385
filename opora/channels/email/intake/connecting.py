"""Connections to IMAP servers."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted

from opora.channels.email.models import Mailbox
from opora.core.crypto import decrypt

TIMEOUT_SECONDS = 60


@contextmanager
def imap_of(mailbox: Mailbox) -> Iterator[BaseMailBox]:
    """Open the mailbox's folder, signed in; raises what `imap_tools` and sockets raise."""
    box = _connect(mailbox)
    try:
        box.login(mailbox.imap_user, decrypt(mailbox.imap_password), initial_folder=None)
        box.folder.set(mailbox.imap_folder or "INBOX")
        yield box
    finally:
        with suppress(Exception):
            box.logout()


def _connect(mailbox: Mailbox) -> BaseMailBox:
    host, port = mailbox.imap_host, mailbox.imap_port
    if mailbox.imap_security == Mailbox.Security.SSL:
        return MailBox(host, port, timeout=TIMEOUT_SECONDS, ssl_context=ssl.create_default_context())
    if mailbox.imap_security == Mailbox.Security.STARTTLS:
        return MailBoxStartTls(host, port, timeout=TIMEOUT_SECONDS, ssl_context=ssl.create_default_context())
    return MailBoxUnencrypted(host, port, timeout=TIMEOUT_SECONDS)
