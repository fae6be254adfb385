"""What the editor of rules asks for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opora.automation.models import Rule
from opora.tickets.conditions import ConditionsField
from opora.tickets.steps.editor import StepsField


class RuleForm(forms.Form):
    """When a rule fires, and what it does then."""

    title = forms.CharField(label=pgettext_lazy("thing", "Name"), max_length=160)
    description = forms.CharField(
        label=_("Description"), max_length=255, required=False, help_text=_("Why the desk has this rule.")
    )
    heading = forms.CharField(
        label=_("Heading"),
        max_length=120,
        required=False,
        help_text=_("Triggers are listed under it. A new one is added by writing it."),
    )
    conditions = ConditionsField(label=_("When"))
    steps = StepsField(label=_("Then"), for_rules=True)
    is_active = forms.BooleanField(label=_("In use"), required=False)

    def __init__(self, *arguments: Any, kind: Rule.Kind, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for_rules = kind == Rule.Kind.TRIGGER
        self.fields["conditions"] = ConditionsField(label=_("When"), for_rules=for_rules)
        if for_rules:
            self.fields["heading"].widget.attrs["list"] = "headings"
        else:
            del self.fields["heading"]


def initial_of_rule(rule: Rule | None, kind: Rule.Kind) -> dict[str, Any]:
    """Return the rule as the form shows it; a new one begins with the usual first condition."""
    if rule is not None:
        shown = ("title", "description", "conditions", "steps", "is_active")
        return {name: getattr(rule, name) for name in shown} | {"heading": rule.category or ""}
    first = (
        {"field": "update_type", "operator": "is", "value": "create"}
        if kind == Rule.Kind.TRIGGER
        else {"field": "hours_in_status", "operator": "greater_than", "value": 24}
    )
    return {
        "conditions": {"all": [first], "any": []},
        "steps": [{"field": "add_tags", "value": []}],
        "is_active": False,
    }
