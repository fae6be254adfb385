"""Who may do what with people and settings. Actors that are not people (timers, rules, imports) may."""

from opora.core.refusals import NotAllowed
from opora.events.actor import ActsAsActor
from opora.people.models import Person


def may(by: ActsAsActor, permission: str) -> bool:
    """Whether the author has the named permission (`people.permissions`)."""
    return not isinstance(by, Person) or permission in by.allowed


def require(allowed: bool) -> None:
    """Raise `NotAllowed` unless `allowed`."""
    if not allowed:
        raise NotAllowed


def may_see_people(by: ActsAsActor) -> bool:
    return not isinstance(by, Person) or by.is_colleague


def may_edit_customer(by: ActsAsActor, person: Person) -> bool:
    """Customers may be edited by many; colleagues only by whoever manages people, or by themselves."""
    if person.role_id and not (isinstance(by, Person) and by.pk == person.pk):
        return may(by, "settings.people")
    return may(by, "people.edit") or (isinstance(by, Person) and by.pk == person.pk)
