"""The conditions between the fields of a form as they are shown and edited."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from opora.tickets.actions.form_rules import values_of_parent
from opora.tickets.form_rules import STATUSES, Audience, FieldRule, rules_of
from opora.tickets.models import Category, TicketField, TicketForm

NEVER, TO_SOLVE, ALWAYS = "never", "solve", "always"
_REQUIRED: dict[str, tuple[str, ...]] = {NEVER: (), TO_SOLVE: ("solved",), ALWAYS: STATUSES}
_WORDS = {
    NEVER: pgettext_lazy("field condition", "no"),
    TO_SOLVE: gettext_lazy("to solve"),
    ALWAYS: pgettext_lazy("field condition", "always"),
}


@dataclass(frozen=True)
class RuleLine:
    """One condition in words; `required` is empty where the field may stay empty."""

    words: str
    required: str


@dataclass(frozen=True)
class RulePart:
    """The conditions of one audience, and the form that adds one where the form's fields allow any."""

    audience: Audience
    title: str
    help: str
    lines: list[RuleLine]
    form: "FieldRuleForm | None"


class FieldRuleForm(forms.Form):
    """One more condition: while a field holds a value, another is there."""

    when = forms.ChoiceField(widget=forms.Select(attrs={"class": "select"}))
    child = forms.ChoiceField(widget=forms.Select(attrs={"class": "select"}))
    required = forms.ChoiceField(widget=forms.Select(attrs={"class": "select"}))

    def __init__(
        self, given: Any = None, *, fields: Sequence[TicketField], audience: Audience, **options: Any
    ) -> None:
        super().__init__(given, **options)
        self.fields["when"].choices = [  # type: ignore[attr-defined]
            (field.title, [(f"{field.pk}:{value}", f"{field.title}: {name}") for value, name in values])
            for field in fields
            if (values := values_of_parent(field))
        ]
        self.fields["child"].choices = [(str(field.pk), field.title) for field in fields]  # type: ignore[attr-defined]
        offered = (NEVER, TO_SOLVE, ALWAYS) if audience == "agents" else (NEVER, ALWAYS)
        self.fields["required"].choices = [(word, _WORDS[word]) for word in offered]  # type: ignore[attr-defined]

    def rule(self) -> FieldRule:
        """Return what was chosen; the form is valid."""
        parent, _colon, value = self.cleaned_data["when"].partition(":")
        required = _REQUIRED[self.cleaned_data["required"]]
        return FieldRule(int(parent), value, int(self.cleaned_data["child"]), required)


def rule_parts(form: TicketForm | None, fields: Sequence[TicketField]) -> list[RulePart]:
    """Return the conditions of a form: those for colleagues, and those for customers."""
    if form is None:
        return []
    agents = _("In the column of a ticket. What is needed is asked for when the status changes.")
    customers = _("In the public form.")
    asked = [field for field in fields if field.is_shown_to_customers and field.is_editable_by_customers]
    return [
        _part(form, "agents", (_("Conditions for colleagues"), agents), fields),
        _part(form, "customers", (_("Conditions for customers"), customers), asked),
    ]


def _part(
    form: TicketForm, audience: Audience, words: tuple[str, str], fields: Sequence[TicketField]
) -> RulePart:
    known = {field.pk: field for field in form.fields.all()}
    lines = [_line(rule, known) for rule in rules_of(form, audience)]
    can_have = len(fields) > 1 and any(values_of_parent(field) for field in fields)
    add = FieldRuleForm(fields=fields, audience=audience, auto_id=False) if can_have else None
    return RulePart(audience, *words, lines, add)


def _line(rule: FieldRule, known: dict[int, TicketField]) -> RuleLine:
    parent, child = known[rule.parent], known[rule.child]
    value = dict(values_of_parent(parent)).get(rule.value, rule.value)
    words = _("%(parent)s is “%(value)s”: %(child)s is there")
    return RuleLine(
        words % {"parent": parent.title, "value": value, "child": child.title}, _required(rule.required_in)
    )


def _required(statuses: Sequence[str]) -> str:
    if not statuses:
        return ""
    if tuple(statuses) == _REQUIRED[TO_SOLVE]:
        return _("needed to solve")
    if set(statuses) == set(STATUSES):
        return _("always needed")
    names = ", ".join(str(Category[word.upper()].label) for word in statuses)
    return _("needed in: %(statuses)s") % {"statuses": names}
