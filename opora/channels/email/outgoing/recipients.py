"""Who gets a reply: the requester, and everybody in copy, each once, and never one of our own addresses."""

from dataclasses import dataclass

from opora.channels.email.addresses import OurAddresses
from opora.people.addresses import normalise_email
from opora.people.models import Identity, Person
from opora.tickets.models import Collaboration, Ticket

Pair = list[str]


@dataclass(frozen=True)
class Recipients:
    """[name, address] pairs as the headers show them, and those among them that are known not to work."""

    to: list[Pair]
    cc: list[Pair]
    undeliverable: list[str]

    @property
    def addresses(self) -> list[str]:
        """All addresses worth trying."""
        return [address for _name, address in [*self.to, *self.cc] if address not in self.undeliverable]


def recipients_of_reply(ticket: Ticket, *, author: Person, ours: OurAddresses) -> Recipients:
    """Return who gets a public reply of `author` on the ticket."""
    copied = Collaboration.objects.filter(ticket=ticket, kind=Collaboration.Kind.CC).select_related("person")
    people = [ticket.requester, *(row.person for row in copied.order_by("id"))]
    pairs = [
        [person.name, normalise_email(person.email)] for person in people if _gets_mail(person, author, ours)
    ]
    unique = list({address: [name, address] for name, address in reversed(pairs)}.values())[::-1]
    asked = normalise_email(ticket.requester.email)
    to = [pair for pair in unique if pair[1] == asked] or unique[:1]
    cc = [pair for pair in unique if pair not in to]
    return Recipients(to, cc, _undeliverable([address for _name, address in unique]))


def _gets_mail(person: Person, author: Person, ours: OurAddresses) -> bool:
    return (
        bool(person.email)
        and person.pk != author.pk
        and person.suspended_at is None
        and person.email not in ours
    )


def _undeliverable(addresses: list[str]) -> list[str]:
    marked = Identity.objects.filter(
        kind=Identity.Kind.EMAIL, value__in=addresses, undeliverable_at__isnull=False
    )
    return list(marked.values_list("value", flat=True))
