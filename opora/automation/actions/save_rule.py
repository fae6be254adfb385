"""A rule is added, changed or removed; each change of what it does is a version."""

from typing import Any

from django.utils.translation import gettext as _

from opora.automation.calls import CALL
from opora.automation.events import RuleDeleted, RuleSaved
from opora.automation.models import Rule, RuleVersion
from opora.automation.policy import may_change_rules
from opora.core import clock
from opora.core.conditions import as_json, to_q
from opora.core.refusals import Invalid
from opora.events.actor import ActsAsActor
from opora.events.changes import apply_changes
from opora.events.recording import record, update
from opora.people.models import Person
from opora.people.policy import require
from opora.tickets.conditions import read_conditions
from opora.tickets.steps import clean_steps, step_kinds

VERSIONED = {"title", "conditions", "steps", "is_active"}


def save_rule(rule: Rule | None = None, *, by: ActsAsActor, **fields: Any) -> Rule:
    """Add a rule or change one. Raises `Invalid` for conditions or steps that make no sense."""
    with update(by):
        require(may_change_rules(by))
        rule = rule or Rule(kind=fields.get("kind", Rule.Kind.TRIGGER), position=Rule.objects.count())
        created = rule.pk is None
        changes = apply_changes(rule, fields)
        if changes or created:
            _check(rule)
            is_new_version = created or bool(VERSIONED & set(changes))
            rule.version += is_new_version
            rule.saved_at = clock.now()
            rule.save()
            if is_new_version:
                _keep_version(rule, by)
            record(RuleSaved(name=rule.title, created=created, changes=changes), subject_id=rule.pk, by=by)
    return rule


def restore_version(version: RuleVersion, *, by: ActsAsActor) -> Rule:
    """Make a rule what it was in an earlier version; whether it is in use stays as it is."""
    return save_rule(
        version.rule, by=by, title=version.title, conditions=version.conditions, steps=version.steps
    )


def delete_rule(rule: Rule, *, by: ActsAsActor) -> None:
    """Remove a rule for good; what it did stays on the tickets."""
    with update(by):
        require(may_change_rules(by))
        record(RuleDeleted(name=rule.title), subject_id=rule.pk, by=by)
        rule.delete()


def _check(rule: Rule) -> None:
    if not rule.title.strip():
        raise Invalid(_("Give the rule a name."), field="title")
    tree = read_conditions(rule.conditions)
    rule.conditions = as_json(tree)
    if not (tree.every or tree.some):
        raise Invalid(
            _("Add at least one condition, or the rule would act on every ticket."), field="conditions"
        )
    rule.steps = clean_steps(rule.steps, step_kinds(for_rules=True))
    if not rule.steps:
        raise Invalid(_("Add at least one step."), field="steps")
    called = [step["value"]["webhook"] for step in rule.steps if step["field"] == CALL]
    if len(called) != len(set(called)):
        raise Invalid(
            _("A rule calls a webhook once for a ticket: put everything into one body."), field="steps"
        )
    if rule.kind == Rule.Kind.AUTOMATION:
        to_q(tree, by=rule)
        if not any(row.field.kind in ("hours", "moment") for row in tree):
            raise Invalid(
                _("An automation needs a condition on time, such as the hours in a status."),
                field="conditions",
            )


def _keep_version(rule: Rule, by: ActsAsActor) -> None:
    RuleVersion.objects.create(
        rule=rule,
        number=rule.version,
        title=rule.title,
        conditions=rule.conditions,
        steps=rule.steps,
        is_active=rule.is_active,
        saved_by=by.as_actor().name,
        saved_by_id=by.pk if isinstance(by, Person) else None,
        saved_at=rule.saved_at,
    )
