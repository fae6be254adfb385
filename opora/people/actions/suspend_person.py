"""A person's mail is stopped, or let in again."""

from opora.core import clock
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.events import PersonSuspended, PersonUnsuspended
from opora.people.models import Person
from opora.people.policy import may, require


def suspend_person(person: Person, *, by: ActsAsActor) -> None:
    """Send what this person writes from now on to the suspended mail."""
    with update(by):
        require(may(by, "tickets.spam") and not person.role_id)
        if person.suspended_at is None:
            person.suspended_at = clock.now()
            person.save(update_fields=["suspended_at"])
            record(PersonSuspended(), subject_id=person.pk, by=by)


def unsuspend_person(person: Person, *, by: ActsAsActor) -> None:
    """Take this person's mail in again."""
    with update(by):
        require(may(by, "tickets.spam"))
        if person.suspended_at is not None:
            person.suspended_at = None
            person.save(update_fields=["suspended_at"])
            record(PersonUnsuspended(), subject_id=person.pk, by=by)
