"""Promises to customers."""

from dataclasses import replace
from typing import Any

from opora.api.actions.keep_attributes import keep_attributes
from opora.api.nouns.promised import KEPT
from opora.api.nouns.sla_policies import SLA_POLICIES, customer_policies
from opora.api.wire.answers import NOTHING, Answer, changed, created
from opora.api.wire.bodies import IDS, OBJECT, OBJECTS, WHOLE, Body, Json, require_text, text, unwrap
from opora.api.wire.call import Call
from opora.api.wire.offers import offer_list, offer_one
from opora.api.wire.problems import invalid_record
from opora.api.wire.routing import operation
from opora.api.writes.rules import rule_tree
from opora.api.writes.sla_policies import targets_of
from opora.core.conditions.operators import operator_label
from opora.people.policy import require
from opora.sla.actions.save_policy import latest_versions, remove_policy, save_policy
from opora.sla.content import Content
from opora.sla.engine.policy import BESIDE_THE_FOLD, PROMISE_FIELDS
from opora.sla.models import SlaPolicy
from opora.sla.policy import may_change
from opora.tickets.conditions import condition_fields

SLA_POLICY = Body(
    "sla_policy",
    {
        "title": text(120),
        "description": text(255),
        "position": WHOLE,
        "filter": OBJECT,
        "policy_metrics": OBJECTS,
    },
    ("title", "filter", "policy_metrics"),
)
_EVERY: Json = {"all": [], "any": []}

offer_list(SLA_POLICIES)
offer_one(SLA_POLICIES)


@operation("POST", "slas/policies", takes=SLA_POLICY)
def create_policy(call: Call) -> Answer:
    """Create a policy. Its switches are those that the desk's own policies begin with."""
    given = call.read(SLA_POLICY)
    require_text(given, "title")
    if not given.get("policy_metrics"):
        raise invalid_record("policy_metrics", "cannot be blank", "BlankValue")
    content = _content(Content(conditions=_EVERY, targets={}), given)
    policy = save_policy(by=call.person, content=content, **_columns(given))
    keep_attributes("sla_policy", policy.pk, given, KEPT)
    return created(call, SLA_POLICIES, policy.pk)


@operation("PUT", "slas/policies/{sla_policy_id}", takes=SLA_POLICY)
def update_policy(call: Call, sla_policy_id: int) -> Any:
    """Update a policy; targets that are given replace all there were."""
    policy: SlaPolicy = SLA_POLICIES.find(call, sla_policy_id)
    given = call.read(SLA_POLICY)
    content = _content(Content.from_json(latest_versions()[policy.pk].content), given)
    save_policy(policy, by=call.person, content=content, **_columns(given))
    keep_attributes("sla_policy", policy.pk, given, KEPT)
    return changed(call, SLA_POLICIES, policy.pk)


@operation("DELETE", "slas/policies/{sla_policy_id}")
def delete_policy(call: Call, sla_policy_id: int) -> Answer:
    """Remove a policy."""
    remove_policy(SLA_POLICIES.find(call, sla_policy_id), by=call.person)
    return NOTHING


@operation("PUT", "slas/policies/reorder")
def reorder_policies(call: Call) -> Answer:
    """Put policies in the order of `sla_policy_ids`; a ticket follows the first that matches."""
    wanted = IDS.read("sla_policy_ids", unwrap(call.body, "sla_policy_ids"))
    known = {policy.pk: policy for policy in customer_policies(call)}
    ids = [pk for pk in dict.fromkeys(wanted) if pk in known]
    for place, pk in enumerate([*ids, *(pk for pk in known if pk not in ids)]):
        save_policy(known[pk], by=call.person, position=place)
    return Answer({})


@operation("GET", "slas/policies/definitions")
def policy_definitions(call: Call) -> Json:
    """List what the filter of a policy can ask about, by the names of this desk."""
    require(may_change(call.person))
    fields = [
        {
            "value": field.name,
            "title": str(field.title),
            "group": str(field.group),
            "operators": [
                {"value": word, "title": operator_label(field.kind, word)} for word in field.comparisons
            ],
            "values": {
                "type": "list" if field.choices() else "text",
                "list": [{"value": word, "title": str(label)} for word, label in field.choices()],
            },
        }
        for field in condition_fields().values()
        if field.where and field.name not in PROMISE_FIELDS | BESIDE_THE_FOLD
    ]
    return {"definitions": {"all": fields, "any": fields}}


def _content(content: Content, given: Json) -> Content:
    if given.get("filter") is not None:
        tree = rule_tree({"conditions": given["filter"]})
        content = replace(content, conditions=tree or _EVERY)
    if given.get("policy_metrics") is not None:
        others = {key: target for key, target in content.targets.items() if key[0] == "third_party"}
        content = replace(content, targets={**others, **targets_of(given["policy_metrics"])})
    return content


def _columns(given: Json) -> dict[str, Any]:
    found = {
        own: given[name]
        for name, own in {"title": "name", "position": "position"}.items()
        if given.get(name) is not None
    }
    if "position" in found:
        found["position"] = max(0, min(found["position"], 32_000))
    return found
