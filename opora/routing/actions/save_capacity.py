"""How much a person, a role or everybody can have at once."""

from opora.events.actor import ActsAsActor
from opora.events.changes import apply_changes
from opora.events.recording import record, update
from opora.people.models import Person, Role
from opora.people.policy import may, require
from opora.routing.capacities import desk_capacity
from opora.routing.channels import WAYS
from opora.routing.events import CapacitySaved
from opora.routing.models import Capacity
from opora.routing.policy import SETTINGS


def save_capacity(of: Person | Role | None, *, by: ActsAsActor, **ways: int | None) -> Capacity:
    """Set ordinary tickets at once by way of working, for one person, a role, or the desk (None).

    None of a way lets the next wider rule decide. A rule that says nothing any more goes.
    """
    with update(by):
        require(may(by, SETTINGS))
        rule = _rule(of)
        changes = apply_changes(rule, ways)
        if changes:
            said_something = rule.pk is not None
            if of is not None and all(getattr(rule, way) is None for way in WAYS):
                subject_id = rule.pk
                rule.delete()
            else:
                rule.save()
                subject_id = rule.pk
            fact = CapacitySaved(name=str(of or ""), created=not said_something, changes=changes)
            record(fact, subject_id=subject_id, by=by)
    return rule


def _rule(of: Person | Role | None) -> Capacity:
    if isinstance(of, Person):
        return Capacity.objects.filter(person=of).first() or Capacity(person=of)
    if isinstance(of, Role):
        return Capacity.objects.filter(role=of).first() or Capacity(role=of)
    return desk_capacity()
