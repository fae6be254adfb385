"""The rules between the fields of a form: added, taken away, and checked before they are kept."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from opora.core.refusals import Invalid
from opora.tickets.form_rules import (
    CHECKED,
    PARENTS,
    UNCHECKED,
    FieldRule,
    is_circular,
    kept_rules,
    read_rule,
)
from opora.tickets.models import TicketField


def settled_rules(
    kept: Sequence[dict[str, Any]], fields: Sequence[TicketField], *, are_new: bool
) -> list[dict[str, Any]]:
    """Return the rules that the form's fields allow; those about fields that left the form are gone.

    Of rules that are new it raises `Invalid` for a parent of another kind, a value it cannot hold, and fields that
    depend on each other. Of those that were kept already what became impossible, as a choice was taken away, is gone.
    """
    on_form = {field.pk: field for field in fields}
    rules = [rule for rule in map(read_rule, kept) if rule.parent in on_form and rule.child in on_form]
    if not are_new:
        rules = [rule for rule in rules if rule.value in dict(values_of_parent(on_form[rule.parent]))]
        return kept_rules(rules)
    for rule in rules:
        _check(rule, on_form)
    if is_circular(rules):
        raise Invalid(
            _("These fields depend on each other, so that none would ever be shown."), field="rules"
        )
    return kept_rules(_merged(rules))


def values_of_parent(field: TicketField) -> list[tuple[str, str]]:
    """Return the (value, name) pairs that other fields can depend on; none for a field of another kind."""
    if field.type == TicketField.Type.CHECKBOX:
        return [(CHECKED, _("checked")), (UNCHECKED, _("not checked"))]
    return field.choices if field.type in PARENTS else []


def _check(rule: FieldRule, on_form: dict[int, TicketField]) -> None:
    parent = on_form[rule.parent]
    if parent.type not in PARENTS:
        sentence = _("Nothing can depend on %(field)s: only on a choice or a checkbox.")
        raise Invalid(sentence % {"field": parent.title}, field="rules")
    if rule.value not in dict(values_of_parent(parent)):
        sentence = _("“%(text)s” is not a choice of %(field)s.")
        raise Invalid(sentence % {"field": parent.title, "text": rule.value[:80]}, field="rules")


def _merged(rules: Sequence[FieldRule]) -> list[FieldRule]:
    """Each dependence once: what is said last about it counts."""
    return list({(rule.parent, rule.value, rule.child): rule for rule in rules}.values())
