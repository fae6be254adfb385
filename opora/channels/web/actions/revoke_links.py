"""All links to a ticket's public page become worthless."""

import secrets

from opora.channels.web.events import LinksRevoked
from opora.channels.web.models import LinkSalt
from opora.core import clock
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.policy import require
from opora.tickets.models import Ticket
from opora.tickets.policy import may_edit


def revoke_links(ticket: Ticket, *, by: ActsAsActor) -> None:
    """Make every link given out so far worthless; mails from now on carry new ones."""
    with update(by):
        require(may_edit(by, ticket))
        LinkSalt.objects.update_or_create(
            ticket=ticket, defaults={"salt": secrets.token_hex(8), "changed_at": clock.now()}
        )
        record(LinksRevoked(), subject_id=ticket.pk, by=by)
