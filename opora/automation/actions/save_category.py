"""A category of triggers is added, changed or removed."""

from typing import Any

from django.utils.translation import gettext as _

from opora.automation.events import RuleCategoryRemoved, RuleCategorySaved
from opora.automation.models import RuleCategory
from opora.automation.policy import may_change_rules
from opora.core import clock
from opora.core.refusals import Conflict, Invalid
from opora.events.actor import ActsAsActor
from opora.events.changes import apply_changes
from opora.events.recording import record, update
from opora.people.policy import require


def save_category(category: RuleCategory | None = None, *, by: ActsAsActor, **fields: Any) -> RuleCategory:
    """Add a category or change one. Raises `Invalid` for a name that is blank or taken."""
    with update(by):
        require(may_change_rules(by))
        category = category or RuleCategory(position=RuleCategory.objects.count())
        created = category.pk is None
        changes = apply_changes(category, fields)
        if not category.name.strip():
            raise Invalid(_("Give the category a name."), field="name", reason="BlankValue")
        if RuleCategory.objects.filter(name__iexact=category.name).exclude(pk=category.pk).exists():
            raise Invalid(
                _("There is a category of this name already."), field="name", reason="DuplicateValue"
            )
        if changes or created:
            category.saved_at = clock.now()
            category.save()
            fact = RuleCategorySaved(name=category.name, created=created, changes=changes)
            record(fact, subject_id=category.pk, by=by)
    return category


def category_named(name: str, *, by: ActsAsActor) -> RuleCategory | None:
    """Return the category of this name, in any case of its letters; adds it where there is none. None for no name."""
    name = " ".join(name.split())
    if not name:
        return None
    return RuleCategory.objects.filter(name__iexact=name).first() or save_category(by=by, name=name)


def remove_category(category: RuleCategory, *, by: ActsAsActor) -> None:
    """Remove a category that no rule stands under. Raises `Conflict` while one does."""
    with update(by):
        require(may_change_rules(by))
        if category.rules.exists():
            raise Conflict(_("Rules stand under this category. Give them another one first."), field="base")
        record(RuleCategoryRemoved(name=category.name), subject_id=category.pk, by=by)
        category.delete()
