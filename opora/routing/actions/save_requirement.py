"""Which tickets need which skill."""

from typing import Any

from django.utils.translation import gettext as _

from opora.core.refusals import Invalid
from opora.events.actor import SYSTEM, ActsAsActor
from opora.events.changes import apply_changes
from opora.events.recording import record, update
from opora.people.policy import may, require
from opora.routing.events import RequirementSaved
from opora.routing.models import Requirement
from opora.routing.policy import SETTINGS
from opora.tickets.conditions import compile_conditions


def save_requirement(rule: Requirement | None = None, *, by: ActsAsActor, **fields: Any) -> Requirement:
    """Add a rule or change one. Conditions that hold for everything, or cannot be read, raise `Invalid`."""
    with update(by):
        require(may(by, SETTINGS))
        rule = rule or Requirement(skill=fields["skill"])
        created = rule.pk is None
        changes = apply_changes(rule, fields)
        if not (rule.conditions.get("all") or rule.conditions.get("any")):
            raise Invalid(_("Say which tickets need the skill."), field="conditions")
        compile_conditions(rule.conditions, by=SYSTEM)
        if changes or created:
            rule.save()
            fact = RequirementSaved(name=rule.skill.name, created=created, changes=changes)
            record(fact, subject_id=rule.pk, by=by)
    return rule


def remove_requirement(rule: Requirement, *, by: ActsAsActor) -> None:
    """Take the rule away: tickets no longer need the skill because of it."""
    with update(by):
        require(may(by, SETTINGS))
        removed = {"conditions": [rule.conditions, None], "level": [rule.level, None]}
        record(RequirementSaved(name=rule.skill.name, changes=removed), subject_id=rule.pk, by=by)
        rule.delete()
