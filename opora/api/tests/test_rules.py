"""Triggers and automations through the API."""

import pytest

from opora.automation.models import Rule
from opora.tickets.models import Priority


def condition(field, operator, value):
    return {"field": field, "operator": operator, "value": value}


def test_a_trigger_reads_back_as_it_was_written_and_does_what_it_says(api, cast):
    every = [
        condition("update_type", "is", "Create"), condition("status", "is_not", "solved"),
        condition("comment_is_public", "is", "not_relevant"), condition("current_tags", "not_includes", "calm"),
        condition("group_id", "is", str(cast.group.pk)), condition("assignee_id", "is", ""),
    ]  # fmt: skip
    some = [
        condition("subject_includes_word", "includes", "fire smoke"),
        condition("subject_includes_word", "is", "house burns"),
    ]
    actions = [
        {"field": "priority", "value": "urgent"}, {"field": "current_tags", "value": "alarm"},
        {"field": "assignee_id", "value": str(cast.agent.pk)}, {"field": "follower", "value": str(cast.lead.pk)},
        {"field": "notification_user", "value": ["requester_id", "We come", "Dear {{ticket.requester.name}}"]},
        {"field": "notification_group", "value": [str(cast.group.pk), "", ""]},
    ]  # fmt: skip
    sent = {"title": "Fire", "conditions": {"all": every, "any": some}, "actions": actions}
    response = api.post("triggers.json", {"trigger": sent})
    assert response.status_code == 201, response.content
    trigger = response.data["trigger"]
    assert trigger["conditions"] == {"all": every, "any": some}
    assert trigger["actions"] == actions and trigger["active"] is True
    assert api.get(f"triggers/{trigger['id']}").data["trigger"] == trigger
    body = {"subject": "smoke here", "comment": {"body": "Help"}, "group_id": cast.group.pk}
    made = api.post("tickets.json", {"ticket": body}).data["ticket"]
    after = api.get(f"tickets/{made['id']}").data["ticket"]
    assert (after["priority"], after["assignee_id"]) == (Priority.URGENT.word, cast.agent.pk)
    assert "alarm" in after["tags"]


def test_what_is_read_can_be_sent_back_without_a_change(api, cast):
    actions = [
        {"field": "status", "value": "closed"},
        {"field": "notification_user", "value": ["assignee_id", "", ""]},
    ]
    sent = {
        "title": "Close", "actions": actions,
        "all": [condition("status", "is", "solved"), condition("SOLVED", "greater_than", "96")],
    }  # fmt: skip
    automation = api.post("automations.json", {"automation": sent}).data["automation"]
    assert automation["conditions"] == {"all": sent["all"], "any": []} and automation["actions"] == actions
    path = f"automations/{automation['id']}.json"
    same = api.put(path, {"automation": automation}).data["automation"]
    assert same == automation and Rule.objects.get(pk=automation["id"]).version == 1
    off = api.put(path, {"automation": {"active": False}}).data["automation"]
    assert off["active"] is False and off["actions"] == actions
    assert [one["id"] for one in api.get("automations.json").data["automations"]] == [automation["id"]]
    assert api.get("automations/active.json").data["automations"] == []
    assert api.get(f"triggers/{automation['id']}.json").status_code == 404
    assert api.get("automations/search?query=clos").data["count"] == 1
    assert api.delete(path).status_code == 204 and api.get(path).status_code == 404


@pytest.mark.parametrize(
    "changes",
    [
        {"title": " "},
        {"actions": []},
        {"actions": [{"field": "explode", "value": "now"}]},
        {"actions": [{"field": "status", "value": "molten"}]},
        {"actions": [{"field": "notification_target", "value": ["1", "x"]}]},
        {"actions": [{"field": "notification_user", "value": ["all_agents", "Words", "for everybody"]}]},
        {"conditions": {"all": [condition("ticket_is_public", "is", "perhaps")]}},
        {"conditions": {"all": [condition("comment_is_public", "is_not", "true")]}},
        {"conditions": {"all": []}},
    ],
)
def test_what_means_nothing_here_is_refused_and_nothing_is_made(api, changes):
    sent = {
        "title": "x", "conditions": {"all": [condition("status", "is", "open")]},
        "actions": [{"field": "priority", "value": "low"}],
    }  # fmt: skip
    response = api.post("triggers.json", {"trigger": sent | changes})
    assert response.status_code == 422 and response.data["error"] == "RecordInvalid", response.content
    assert Rule.objects.count() == 0


def test_an_automation_without_a_time_is_refused_and_agents_may_only_read(api, api_of, cast):
    sent = {
        "title": "x",
        "all": [condition("status", "is", "open")],
        "actions": [{"field": "priority", "value": "low"}],
    }
    assert api.post("automations.json", {"automation": sent}).status_code == 422
    agent = api_of(cast.agent)
    assert agent.get("triggers.json").status_code == 200
    assert agent.post("triggers.json", {"trigger": sent}).status_code == 403


def test_definitions_name_what_can_be_asked_and_done(api):
    found = api.get("triggers/definitions.json").data["definitions"]
    status = next(one for one in found["conditions_all"] if one["subject"] == "status")
    assert {"value": "open", "title": "Open", "enabled": True} in status["values"]
    assert "changed" in [one["value"] for one in status["operators"]]
    assert "mail_requester" in [one["subject"] for one in found["actions"]]


def test_a_webhook_is_called_by_the_action_of_the_wire(api, cast):
    sent = {
        "name": "Warehouse", "endpoint": "https://erp.example.com/in", "http_method": "POST", "request_format": "json",
        "status": "active", "subscriptions": ["conditional_ticket_events"],
    }  # fmt: skip
    webhook = api.post("webhooks", {"webhook": sent}).data["webhook"]
    action = {"field": "notification_webhook", "value": [webhook["id"], '{"id": "{{ticket.id}}"}']}
    trigger = {
        "title": "Tell",
        "conditions": {"all": [condition("status", "is", "open")]},
        "actions": [action],
    }
    made = api.post("triggers.json", {"trigger": trigger})
    assert made.status_code == 201, made.content
    assert made.data["trigger"]["actions"] == [action]
    assert Rule.objects.get().steps[0]["field"] == "call_webhook"
    for wrong in (["nobody", "{}"], [webhook["id"], "{"], webhook, [webhook["id"], {"a": "{{ticket.title"}]):
        trigger["actions"] = [{"field": "notification_webhook", "value": wrong}]
        assert api.post("triggers.json", {"trigger": trigger}).status_code == 422
    trigger["actions"] = [
        {"field": "notification_webhook", "value": [webhook["id"], {"id": "{{ticket.id}}"}]}
    ]
    assert api.post("triggers.json", {"trigger": trigger}).status_code == 201


def test_triggers_stand_under_categories_whose_errors_are_listed(api):
    made = api.post("trigger_categories", {"trigger_category": {"name": "Routing", "position": 4}})
    category = made.data["trigger_category"]
    assert made.status_code == 201 and isinstance(category["id"], str) and category["position"] == 4
    path = f"trigger_categories/{category['id']}"
    assert api.get(path).data["trigger_category"] == category
    again = api.post("trigger_categories", {"trigger_category": {"name": "Routing"}})
    assert again.status_code == 422 and again.data["errors"][0]["code"] == "DuplicateValue"
    given = {"title": "T", "category_id": category["id"], "conditions": {"all": [{"field": "status", "operator": "is", "value": "open"}]}, "actions": [{"field": "priority", "value": "low"}]}  # fmt: skip
    trigger = api.post("triggers", {"trigger": given}).data["trigger"]
    assert trigger["category_id"] == category["id"]
    (counted,) = api.get("trigger_categories?include=rule_counts").data["trigger_categories"]
    assert (counted["active_count"], counted["inactive_count"]) == (1, 0)
    assert api.delete(path).status_code == 409 or api.delete(path).status_code == 422
    api.put(f"triggers/{trigger['id']}", {"trigger": {"category_id": None}})
    renamed = api.call("patch", path, {"trigger_category": {"name": "Where"}}).data["trigger_category"]
    assert renamed["name"] == "Where" and api.delete(path).status_code == 204


def test_notifications_to_colleagues_keep_their_words(api, cast):
    actions = [
        {"field": "notification_user", "value": ["assignee_id", "Look", "At #{{ticket.id}}"]},
        {"field": "notification_user", "value": [str(cast.agent.pk), "Look", "At it"]},
        {"field": "notification_group", "value": [str(cast.group.pk), "Look", "At it"]},
        {"field": "notification_user", "value": ["assignee_id", "", ""]},
    ]
    conditions = {"all": [{"field": "via_id", "operator": "is", "value": "4"}], "any": []}
    trigger = api.post("triggers", {"trigger": {"title": "T", "conditions": conditions, "actions": actions}})
    assert trigger.data["trigger"]["actions"] == actions
    assert trigger.data["trigger"]["conditions"] == conditions


def test_several_rules_are_changed_and_put_in_order_at_once(api):
    given = {"conditions": {"all": [{"field": "status", "operator": "is", "value": "open"}]}, "actions": [{"field": "priority", "value": "low"}]}  # fmt: skip
    ids = [api.post("triggers", {"trigger": given | {"title": name}}).data["trigger"]["id"] for name in "ab"]
    changed = api.put("triggers/update_many", {"triggers": [{"id": pk, "active": False} for pk in ids]}).data
    assert [(one["id"], one["active"]) for one in changed["triggers"]] == [(pk, False) for pk in ids]
    ordered = api.put("triggers/reorder", {"trigger_ids": ids[::-1]}).data["triggers"]
    assert [one["id"] for one in ordered[:2]] == ids[::-1]
    assert [one["id"] for one in api.get("triggers").data["triggers"][:2]] == ids[::-1]
