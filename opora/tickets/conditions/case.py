"""What a predicate is asked about."""

from datetime import datetime
from typing import NamedTuple

from opora.events.actor import ActsAsActor
from opora.people.models import Person
from opora.tickets.happened import Happened
from opora.tickets.snapshot import Snapshot


class Case(NamedTuple):
    """One ticket at one instant; for whoever looks or acts; in the update that happened, for rules."""

    ticket: Snapshot
    at: datetime
    by: ActsAsActor | None = None
    happened: Happened = Happened()


def me(by: ActsAsActor | None) -> int:
    """Return the id of whoever looks; 0, which nobody has, if that is no person."""
    return (by.as_actor().id if by else None) or 0


def my_id(by: ActsAsActor | None, _case: Case | None) -> tuple[int, ...]:
    return (me(by),)


def my_groups(by: ActsAsActor | None, _case: Case | None) -> frozenset[int]:
    return by.group_ids if isinstance(by, Person) else frozenset()
