"""Who may do what with people and settings. Actors that are not people (timers, rules, imports) may."""

from opora.core.refusals import NotAllowed
from opora.events.actor import ActsAsActor
from opora.people.models import Person, Role

_REACH = (Role.Access.ASSIGNED, Role.Access.GROUPS, Role.Access.ALL)
"""Which tickets a role shows, from few to all."""


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
    """Customers may be edited by many; colleagues only by whoever manages them, or by themselves."""
    if isinstance(by, Person) and by.pk == person.pk:
        return True
    return may_manage_colleague(by, person) if person.role_id else may(by, "people.edit")


def may_grant(by: ActsAsActor, role: Role) -> bool:
    """Nobody gives away more than they have: neither permissions nor tickets to see."""
    if not isinstance(by, Person):
        return True
    if by.role is None or not may(by, "settings.people"):
        return False
    return role.allowed <= by.allowed and _reach(role) <= _reach(by.role)


def may_manage_colleague(by: ActsAsActor, person: Person) -> bool:
    """Change a colleague's role, groups, addresses, and whether they work here; not of those who may do more."""
    return may(by, "settings.people") and (person.role is None or may_grant(by, person.role))


def may_end_sessions(by: ActsAsActor, person: Person) -> bool:
    """One's own, and those of colleagues whom one manages."""
    if isinstance(by, Person) and by.pk == person.pk:
        return True
    return person.role_id is not None and may_manage_colleague(by, person)


def _reach(role: Role) -> int:
    return _REACH.index(Role.Access(role.ticket_access))
