"""Headings that triggers stand under."""

import pytest

from opora.automation.actions.save_category import remove_category, save_category
from opora.automation.actions.save_rule import save_rule
from opora.automation.models import RuleCategory
from opora.core.refusals import Conflict, Invalid, NotAllowed
from opora.events.models import Event


def test_a_category_is_added_changed_and_removed(cast):
    made = save_category(by=cast.owner, name="Routing")
    save_category(made, by=cast.owner, name="Where it goes")
    save_category(made, by=cast.owner, name="Where it goes")
    remove_category(made, by=cast.owner)
    kinds = Event.objects.filter(subject_kind="rule_category").order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["rule_category.saved", "rule_category.saved", "rule_category.removed"]
    assert not RuleCategory.objects.exists()


def test_a_category_with_rules_stays(cast, rule):
    made = save_category(by=cast.owner, name="Routing")
    kept = rule("One", [("status", "is", "open")], ("priority", "low"))
    save_rule(kept, by=cast.owner, category=made)
    with pytest.raises(Conflict):
        remove_category(made, by=cast.owner)
    save_rule(kept, by=cast.owner, category=None)
    remove_category(made, by=cast.owner)


def test_names_are_given_once_and_by_those_who_may_change_rules(cast):
    save_category(by=cast.owner, name="Routing")
    for name in ("routing", " "):
        with pytest.raises(Invalid):
            save_category(by=cast.owner, name=name)
    with pytest.raises(NotAllowed):
        save_category(by=cast.agent, name="Mine")
