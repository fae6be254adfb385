"""Promises between groups."""

from dataclasses import replace
from typing import Any

from opora.api.actions.keep_attributes import keep_attributes
from opora.api.nouns.group_sla_policies import (
    GROUP_SLA_POLICIES,
    INCLUDES,
    NOT_INCLUDES,
    group_policies,
)
from opora.api.nouns.promised import KEPT
from opora.api.wire.answers import NOTHING, Answer, changed, created
from opora.api.wire.bodies import OBJECT, OBJECTS, TEXTS, WHOLE, Body, Json, require_text, text, unwrap
from opora.api.wire.call import Call
from opora.api.wire.offers import offer_list, offer_one
from opora.api.wire.problems import invalid_record
from opora.api.wire.routing import operation
from opora.api.writes.group_sla_policies import group_targets, group_tree
from opora.people.policy import require
from opora.people.queries import groups
from opora.sla.actions.save_policy import latest_versions, remove_policy, save_policy
from opora.sla.content import Content
from opora.sla.policy import may_change

POLICY = Body(
    "group_sla_policy",
    {
        "title": text(120), "description": text(255), "position": WHOLE, "filter": OBJECT, "policy_metrics": OBJECTS,
    },
    ("title", "filter", "policy_metrics"),
)  # fmt: skip
MOST_POSITION = 32_000

offer_list(GROUP_SLA_POLICIES)
offer_one(GROUP_SLA_POLICIES)


@operation("POST", "group_slas/policies", takes=POLICY)
def create_group_policy(call: Call) -> Answer:
    """Create a promise of groups: how long they may keep a ticket."""
    given = call.read(POLICY)
    require_text(given, "title")
    for name in ("filter", "policy_metrics"):
        if not given.get(name):
            raise invalid_record(name, "cannot be blank", "BlankValue")
    content = _content(Content(conditions={"all": [], "any": []}, targets={}, agreement="ola"), given)
    policy = save_policy(by=call.person, content=content, **_columns(given))
    keep_attributes("sla_policy", policy.pk, given, KEPT)
    return created(call, GROUP_SLA_POLICIES, policy.pk)


@operation("PUT", "group_slas/policies/{group_sla_policy_id}", takes=POLICY)
def update_group_policy(call: Call, group_sla_policy_id: int) -> Any:
    """Update a promise of groups; targets that are given replace all there were."""
    policy = GROUP_SLA_POLICIES.find(call, group_sla_policy_id)
    given = call.read(POLICY)
    content = _content(Content.from_json(latest_versions()[policy.pk].content), given)
    save_policy(policy, by=call.person, content=content, **_columns(given))
    keep_attributes("sla_policy", policy.pk, given, KEPT)
    return changed(call, GROUP_SLA_POLICIES, policy.pk)


@operation("DELETE", "group_slas/policies/{group_sla_policy_id}")
def delete_group_policy(call: Call, group_sla_policy_id: int) -> Answer:
    """Remove a promise of groups."""
    remove_policy(GROUP_SLA_POLICIES.find(call, group_sla_policy_id), by=call.person)
    return NOTHING


@operation("PUT", "group_slas/policies/reorder")
def reorder_group_policies(call: Call) -> Answer:
    """Put promises of groups in the order of `group_sla_policy_ids`; a ticket follows the first that matches."""
    wanted = TEXTS.read("group_sla_policy_ids", unwrap(call.body, "group_sla_policy_ids"))
    known = {str(policy.pk): policy for policy in group_policies(call)}
    ids = [pk for pk in dict.fromkeys(wanted) if pk in known]
    for place, pk in enumerate([*ids, *(pk for pk in known if pk not in ids)]):
        save_policy(known[pk], by=call.person, position=place)
    return Answer({})


@operation("GET", "group_slas/policies/definitions")
def group_policy_definitions(call: Call) -> Json:
    """List the groups that promises can be about."""
    require(may_change(call.person))
    operators = [
        {"value": INCLUDES, "title": "Contains at least one of the following"},
        {"value": NOT_INCLUDES, "title": "Contains none of the following"},
    ]
    listed = [{"value": group.pk, "title": group.name} for group in groups()]
    asked = {
        "value": "group_id", "title": "Group", "group": "ticket", "operators": operators,
        "values": {"type": "list", "list": listed},
    }  # fmt: skip
    return {"definitions": {"all": [asked]}}


def _content(content: Content, given: Json) -> Content:
    if given.get("filter") is not None:
        content = replace(content, conditions=group_tree(given["filter"]))
    if given.get("policy_metrics") is not None:
        content = replace(content, targets=group_targets(given["policy_metrics"]))
    return content


def _columns(given: Json) -> dict[str, Any]:
    names = {"title": "name", "position": "position"}
    found = {own: given[name] for name, own in names.items() if given.get(name) is not None}
    if "position" in found:
        found["position"] = max(0, min(found["position"], MOST_POSITION))
    return found
