"""Promises through the API."""

import pytest

from opora.sla.actions.notice import notice_due_clocks
from opora.sla.models import PolicyVersion, SlaPolicy


def metric(word, priority, minutes, *, in_hours=False):
    return {
        "priority": priority, "metric": word, "target": minutes, "target_in_seconds": minutes * 60,
        "business_hours": in_hours,
    }  # fmt: skip


def policy(**changes):
    return {
        "title": "Incidents",
        "filter": {"all": [{"field": "type", "operator": "is", "value": "incident"}], "any": []},
        "policy_metrics": [
            metric("first_reply_time", "normal", 30, in_hours=True),
            metric("first_reply_time", "urgent", 10),
            metric("requester_wait_time", "urgent", 120),
        ],
    } | changes


def test_a_policy_reads_back_and_begins_clocks(api, cast):
    response = api.post("slas/policies.json", {"sla_policy": policy()})
    assert response.status_code == 201, response.content
    made = response.data["sla_policy"]
    assert {name: made[name] for name in policy()} == policy()
    assert api.get("slas/policies.json").data["sla_policies"] == [made]
    path = f"slas/policies/{made['id']}.json"
    assert api.get(path).data["sla_policy"] == made
    api.put(path, {"sla_policy": made})
    assert PolicyVersion.objects.count() == 1, "what is read can be sent back without a change"
    exact = {"metric": "next_reply_time", "priority": "low", "target_in_seconds": 90}
    changed = api.put(path, {"sla_policy": {"policy_metrics": [exact]}}).data["sla_policy"]
    assert changed["policy_metrics"] == [exact | {"target": 1, "business_hours": False}]
    assert changed["filter"] == made["filter"] and PolicyVersion.objects.count() == 2
    assert api.delete(path).status_code == 204 and api.get(path).status_code == 404
    assert api.get("slas/policies").data["count"] == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ""},
        {"policy_metrics": []},
        {"policy_metrics": [metric("coffee_time", "low", 5)]},
        {"policy_metrics": [metric("first_reply_time", "dire", 5)]},
        {"policy_metrics": [metric("first_reply_time", "low", 0)]},
        {"filter": {"all": [{"field": "moon", "operator": "is", "value": "full"}]}},
        {"filter": {"all": [{"field": "promise_broken", "operator": "is", "value": "true"}]}},
    ],
)
def test_what_cannot_be_promised_is_refused(api, changes):
    assert api.post("slas/policies.json", {"sla_policy": policy(**changes)}).status_code == 422
    assert SlaPolicy.objects.count() == 0


def test_policies_are_put_in_order_and_agents_do_not_see_them(api, api_of, cast):
    ids = [
        api.post("slas/policies", {"sla_policy": policy(title=title)}).data["sla_policy"]["id"]
        for title in ("A", "B", "C")
    ]
    assert api.put("slas/policies/reorder.json", {"sla_policy_ids": [ids[2], ids[0]]}).status_code == 200
    listed = api.get("slas/policies.json?page[size]=10").data["sla_policies"]
    assert [one["id"] for one in listed] == [ids[2], ids[0], ids[1]]
    assert api_of(cast.agent).get("slas/policies.json").status_code == 403
    assert api_of(cast.agent).put("slas/policies/reorder", {"sla_policy_ids": ids}).status_code == 403


def test_definitions_name_what_a_filter_can_ask(api):
    found = api.get("slas/policies/definitions.json").data["definitions"]["all"]
    names = {one["value"] for one in found}
    assert {"type", "organization"} <= names and not {"promise_broken", "update_type"} & names


def test_tickets_and_exports_tell_of_promises(api, later):
    api.post("slas/policies", {"sla_policy": policy()})
    ticket = {"subject": "Down", "comment": {"body": "Help."}, "type": "incident", "priority": "urgent"}
    made = api.post("tickets", {"ticket": ticket}).data["ticket"]
    shown = api.get(f"tickets/{made['id']}?include=slas").data["ticket"]["slas"]["policy_metrics"]
    metrics = {one["metric"]: one for one in shown}
    assert metrics["requester_wait_time"]["stage"] == "active" and metrics["requester_wait_time"]["breach_at"]
    assert "slas" not in api.get(f"tickets/{made['id']}").data["ticket"]
    later(150 * 60)
    notice_due_clocks()
    api.put(f"tickets/{made['id']}", {"ticket": {"status": "solved"}})
    told = api.get("incremental/ticket_metric_events?start_time=1").data["ticket_metric_events"]
    waiting = [one for one in told if one["metric"] == "requester_wait_time"]
    kinds = [one["type"] for one in waiting]
    assert kinds[:2] == ["activate", "apply_sla"] and {"breach", "fulfill", "update_status"} <= set(kinds)
    (applied,) = [one for one in waiting if one["type"] == "apply_sla"]
    assert applied["sla"]["target_in_seconds"] == 7200 and applied["sla"]["policy"]["title"] == "Incidents"
    (status,) = [one for one in waiting if one["type"] == "update_status"]
    assert status["status"]["calendar"] == 150 and len({one["id"] for one in told}) == len(told)
