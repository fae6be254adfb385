"""Whose mail a message in an IMAP folder is: the mailbox's own, or also that of addresses collected through it."""

from email.parser import BytesHeaderParser
from email.utils import getaddresses

from opora.channels.email.addresses import OurAddresses
from opora.channels.email.models import Mailbox

_NAMING = ("delivered-to", "x-original-to", "envelope-to", "to", "cc")
_LONGEST_HEADER = 100_000


def collected_for(raw: bytes, mailbox: Mailbox, ours: OurAddresses) -> list[tuple[Mailbox, str]]:
    """Return each mailbox that gets this message, with the address it came to.

    A mailbox that collects nothing itself shares the folder of another one, and gets what is addressed to it
    there; the folder's own mailbox gets what is addressed to it, and whatever names none of ours.
    """
    reached = ours.reached_by(_recipients(raw))
    own = [(found, address) for found, address in reached if found.pk == mailbox.pk]
    guests = [
        (found, address)
        for found, address in reached
        if found.pk != mailbox.pk and found.incoming == Mailbox.Incoming.NONE
    ]
    if own or not guests:
        return [*(own or [(mailbox, mailbox.address)]), *guests]
    return guests


def _recipients(raw: bytes) -> list[str]:
    headers = BytesHeaderParser().parsebytes(raw[:_LONGEST_HEADER])
    values = [str(value) for name in _NAMING for value in headers.get_all(name, [])]
    return [address for _name, address in getaddresses(values) if address]
