"""Triggers and automations: rules of the desk, alike but for when they look."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from opora.api.actions.keep_attributes import keep_written
from opora.api.nouns.automation import AUTOMATIONS, TRIGGERS
from opora.api.wire.answers import NOTHING, Answer, changed, created
from opora.api.wire.bodies import (
    FLAG,
    OBJECT,
    OBJECTS,
    WHOLE,
    Body,
    Json,
    require_text,
    text,
)
from opora.api.wire.call import Call
from opora.api.wire.many import rows_to_change
from opora.api.wire.nouns import Noun
from opora.api.wire.offers import offer_one
from opora.api.wire.paging import list_of, whole_list
from opora.api.wire.problems import invalid_record
from opora.api.wire.routing import operation
from opora.api.writes.rules import rule_steps, rule_tree, written_tree
from opora.automation.actions.save_rule import delete_rule, save_rule
from opora.automation.models import Rule, RuleCategory

_ATTRIBUTES = {
    "title": text(160), "description": text(255), "active": FLAG, "position": WHOLE, "conditions": OBJECT,
    "all": OBJECTS, "any": OBJECTS, "actions": OBJECTS, "id": WHOLE,
    "category_id": WHOLE,
}  # fmt: skip


def _offer(noun: Noun, kind: Rule.Kind) -> None:
    """Offer what both kinds of rules have."""
    body = Body(noun.one, _ATTRIBUTES, ("title", "actions"))

    def list_rules(call: Call) -> Json:
        return list_of(call, noun, _chosen(call, noun.rows(call)))

    def active_rules(call: Call) -> Json:
        return list_of(call, noun, noun.rows(call).filter(is_active=True))

    def search_rules(call: Call) -> Json:
        return list_of(
            call, noun, _chosen(call, noun.rows(call)).filter(title__icontains=call.param("query"))
        )

    def create_rule(call: Call) -> Answer:
        given = call.read(body)
        require_text(given, "title")
        rule = save_rule(by=call.person, kind=kind, **_columns(call, given))
        _keep(rule, given)
        return created(call, noun, rule.pk)

    def update_rule(call: Call, **arguments: int) -> Any:
        rule, given = noun.find(call, arguments[f"{noun.one}_id"]), call.read(body)
        save_rule(rule, by=call.person, **_columns(call, given))
        _keep(rule, given)
        return changed(call, noun, rule.pk)

    def remove_rule(call: Call, **arguments: int) -> Answer:
        delete_rule(noun.find(call, arguments[f"{noun.one}_id"]), by=call.person)
        return NOTHING

    def remove_rules(call: Call) -> Answer:
        for rule in noun.rows(call).filter(pk__in=call.ids()):
            delete_rule(rule, by=call.person)
        return NOTHING

    one = f"{noun.path}/{{{noun.one}_id}}"
    for method, path, run, words in (
        ("GET", noun.path, list_rules, f"List {noun.many}."),
        ("GET", f"{noun.path}/active", active_rules, f"List the {noun.many} in use."),
        ("GET", f"{noun.path}/search", search_rules, f"Find {noun.many} by a part of their title."),
        ("POST", noun.path, create_rule, f"Create one {noun.one}."),
        ("PUT", one, update_rule, f"Update one {noun.one}."),
        ("DELETE", one, remove_rule, f"Remove one {noun.one}."),
        ("DELETE", f"{noun.path}/destroy_many", remove_rules, f"Remove several {noun.many}."),
    ):
        run.__doc__ = words
        operation(method, path, **({"takes": body} if run in (create_rule, update_rule) else {}))(run)
    offer_one(noun)
    _offer_many(noun, body)


def _offer_many(noun: Noun, body: Body) -> None:
    """Offer changes of several rules at once."""

    def update_rules(call: Call) -> Callable[[], Json]:
        changes = rows_to_change(call, noun, body)
        for rule, given in changes:
            save_rule(rule, by=call.person, **_columns(call, given))
            _keep(rule, given)
        return lambda: whole_list(call, noun, [rule.pk for rule, _given in changes])

    update_rules.__doc__ = f"Update several {noun.many}."
    operation("PUT", f"{noun.path}/update_many")(update_rules)


def _chosen(call: Call, rows: QuerySet[Rule]) -> QuerySet[Rule]:
    if call.param("active"):
        rows = rows.filter(is_active=call.param("active") == "true")
    category_id = call.number("category_id")
    return rows.filter(category_id=category_id) if category_id else rows


def _keep(rule: Rule, given: Json) -> None:
    """Remember how conditions and actions were written."""
    conditions = written_tree(given)
    if conditions is not None:
        keep_written("rule", rule.pk, "conditions", conditions, rule.conditions)
    if given.get("actions") is not None:
        keep_written("rule", rule.pk, "actions", given["actions"], rule.steps)


def _columns(call: Call, given: Json) -> Json:
    names = {"title": "title", "description": "description", "active": "is_active", "position": "position"}
    found: Json = {own: given[name] for name, own in names.items() if given.get(name) is not None}
    if "position" in found:
        found["position"] = max(0, min(found["position"], 32_000))
    if "category_id" in given:
        found["category"] = _category(given["category_id"])
    tree = rule_tree(given)
    if tree is not None:
        found["conditions"] = tree
    if given.get("actions") is not None:
        found["steps"] = rule_steps(given["actions"], by=call.person)
    return found


def _category(category_id: int | None) -> RuleCategory | None:
    found = RuleCategory.objects.filter(pk=category_id).first() if category_id else None
    if category_id and found is None:
        raise invalid_record("category_id", "is invalid")
    return found


_offer(TRIGGERS, Rule.Kind.TRIGGER)
_offer(AUTOMATIONS, Rule.Kind.AUTOMATION)
