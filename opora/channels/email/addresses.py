"""Which addresses are ours, and which mailbox each belongs to."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from opora.channels.email.marks import split_plus
from opora.channels.email.models import Mailbox
from opora.core.prepared import prepared
from opora.people.addresses import normalise_email


@dataclass(frozen=True)
class OurAddresses:
    """The addresses of all active mailboxes, aliases included, looked up once for each mail."""

    mailboxes: dict[str, Mailbox]

    def mailbox_of(self, address: str) -> Mailbox | None:
        """Return the mailbox of an address as written, with or without a plus tag."""
        email = normalise_email(address)
        return self.mailboxes.get(email) or self.mailboxes.get(split_plus(email)[0])

    def __contains__(self, address: object) -> bool:
        return isinstance(address, str) and self.mailbox_of(address) is not None

    def reached_by(self, addresses: Iterable[str]) -> list[tuple[Mailbox, str]]:
        """Return each mailbox that one of the addresses leads to, with that address without its tag."""
        found: dict[int, tuple[Mailbox, str]] = {}
        for address in addresses:
            mailbox = self.mailbox_of(address)
            if mailbox:
                found.setdefault(mailbox.pk, (mailbox, split_plus(normalise_email(address))[0]))
        return list(found.values())


@prepared
def _active_mailboxes() -> QuerySet[Mailbox]:
    return Mailbox.objects.filter(is_active=True).select_related("brand", "group")


def our_addresses() -> OurAddresses:
    """Read the mailboxes from the database."""
    return OurAddresses(
        {address: mailbox for mailbox in _active_mailboxes() for address in mailbox.addresses}
    )
