"""What all mails of one batch have in common: our addresses, what new tickets begin with, and who the writers are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Count

from opora.channels.email.addresses import OurAddresses, our_addresses
from opora.channels.email.models import InboundMail
from opora.channels.email.queries import desk_locale
from opora.core import clock
from opora.people.models import Group, Identity, Person
from opora.people.queries import default_group
from opora.tickets.models import Category, Status, TicketForm
from opora.tickets.queries import standard_form, status_of

FLOOD_WITHIN = timedelta(minutes=10)


@dataclass
class House:
    """A look at the desk's settings and at the writers of a batch; good for that batch, not longer.

    `people` are the writers by address, as far as they are known; `lately` counts their mails to each brand
    within `FLOOD_WITHIN`; `awaited` are the Message-IDs of the batch that an answer which came first waits for. All go
    along with what the batch itself adds.
    """

    ours: OurAddresses
    locale: str
    group: Group | None
    status: Status
    forms: dict[int, TicketForm | None]
    people: dict[str, Person] = field(default_factory=dict)
    lately: Counter[tuple[str, int]] = field(default_factory=Counter)
    awaited: set[str] = field(default_factory=set)


def read_house(mails: Sequence[InboundMail]) -> House:
    """Read the settings that taking mail in needs, and who the writers are, in a constant number of queries."""
    addresses = {mail.sender for mail in mails if mail.sender}
    return House(
        ours=our_addresses(),
        locale=desk_locale(),
        group=default_group(),
        status=status_of(Category.NEW),
        forms={pk: standard_form(pk) for pk in {mail.brand_id for mail in mails}},
        people=_people(addresses),
        lately=_lately(addresses),
        awaited=_awaited({mail.message_id for mail in mails if mail.message_id}),
    )


def _people(addresses: set[str]) -> dict[str, Person]:
    known = Identity.objects.filter(kind=Identity.Kind.EMAIL, value__in=addresses)
    return {
        identity.value: identity.person
        for identity in known.select_related("person__role", "person__organization")
    }


def _awaited(message_ids: set[str]) -> set[str]:
    return set(InboundMail.objects.filter(awaits__in=message_ids).values_list("awaits", flat=True))


def _lately(addresses: set[str]) -> Counter[tuple[str, int]]:
    since = clock.now() - FLOOD_WITHIN
    counted = InboundMail.objects.filter(sender__in=addresses, received_at__gt=since).values_list(
        "sender", "brand_id"
    )
    return Counter({(sender, brand): count for sender, brand, count in counted.annotate(Count("id"))})
