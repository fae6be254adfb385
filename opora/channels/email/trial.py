"""A mailbox as a form describes it, for trying its connections before anything is saved."""

from copy import copy

from opora.channels.email.actions.save_mailbox import PASSWORDS
from opora.channels.email.forms import MailboxForm
from opora.channels.email.models import Mailbox
from opora.core.crypto import encrypt

_PLACES = {
    "imap_password": ("imap_host", "imap_port", "imap_user"),
    "smtp_password": ("smtp_host", "smtp_port", "smtp_user"),
}


def unsaved_mailbox(form: MailboxForm, stored: Mailbox | None) -> Mailbox:
    """Return the mailbox of a valid form, never to be saved.

    A stored password goes only to the server it was stored for: else whoever may edit could have it sent elsewhere.
    """
    mailbox = copy(stored) if stored else Mailbox()
    for name, value in form.values.items():
        setattr(mailbox, name, encrypt(value) if name in PASSWORDS else value)
    for password, place in _PLACES.items():
        moved = stored and any(getattr(mailbox, name) != getattr(stored, name) for name in place)
        if moved and password not in form.values:
            setattr(mailbox, password, "")
    return mailbox
