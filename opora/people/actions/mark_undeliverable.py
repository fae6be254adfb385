"""Mail to an address came back, or works again."""

from opora.core import clock
from opora.core.text import one_line
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.events import IdentityDeliverable, IdentityUndeliverable
from opora.people.models import Identity
from opora.people.policy import may_edit_customer, require


def mark_undeliverable(identity: Identity, *, by: ActsAsActor, reason: str) -> None:
    """Note that mail to this address bounces, so that agents are told before they write to it."""
    if identity.undeliverable_at:
        return
    with update(by):
        identity.undeliverable_at = clock.now()
        identity.undeliverable_reason = one_line(reason)
        identity.save(update_fields=["undeliverable_at", "undeliverable_reason"])
        fact = IdentityUndeliverable(value=identity.value, reason=identity.undeliverable_reason)
        record(fact, subject_id=identity.person_id, by=by)


def mark_deliverable(identity: Identity, *, by: ActsAsActor) -> None:
    """Take the mark away: somebody wrote from the address, or an agent knows better."""
    if not identity.undeliverable_at:
        return
    with update(by):
        require(may_edit_customer(by, identity.person))
        identity.undeliverable_at, identity.undeliverable_reason = None, ""
        identity.save(update_fields=["undeliverable_at", "undeliverable_reason"])
        record(IdentityDeliverable(value=identity.value), subject_id=identity.person_id, by=by)
