"""What clients ask more rarely: orders, revisions, the audit log, activities, deleted people."""

import pytest

from opora.events.delivering import run_overdue_deliveries
from opora.events.models import Event
from opora.tickets.actions.assign import assign_ticket
from opora.tickets.models import TicketType

CONDITIONS = {"all": [{"field": "status", "operator": "is", "value": "open"}], "any": []}
ACTIONS = [{"field": "current_tags", "value": "x"}]


@pytest.fixture
def triggers(api):
    made = [
        api.post("triggers", {"trigger": {"title": title, "conditions": CONDITIONS, "actions": ACTIONS}})
        for title in ("One", "Two", "Three")
    ]
    return [response.data["trigger"]["id"] for response in made]


def test_triggers_are_put_in_order_and_those_not_named_follow(api, triggers):
    one, two, three = triggers
    response = api.put("triggers/reorder", {"trigger_ids": [three]})
    assert [row["id"] for row in response.data["triggers"]] == [three, one, two]
    assert [row["id"] for row in api.get("triggers?sort_by=position").data["triggers"]] == [three, one, two]
    assert api.put("triggers/reorder", {"trigger_ids": [404]}).status_code == 422


def test_several_rules_change_at_once_or_none_of_them(api, api_of, cast, triggers):
    one, two, _three = triggers
    body = {"triggers": [{"id": one, "active": False}, {"id": two, "position": 9}]}
    shown = api.put("triggers/update_many", body).data["triggers"]
    assert [(row["active"], row["position"]) for row in shown] == [(False, 0), (True, 9)]
    assert (
        api.put("triggers/update_many", {"triggers": [{"id": two, "active": False}, {"id": 404}]}).status_code
        == 404
    )
    assert api.get(f"triggers/{two}").data["trigger"]["active"] is True
    assert api_of(cast.agent).put("triggers/update_many", body).status_code == 403


def test_views_and_macros_change_at_once(api):
    view = api.get("views").data["views"][0]["id"]
    macro = api.post("macros", {"macro": {"title": "M", "actions": ACTIONS}}).data["macro"]["id"]
    for many, pk in (("views", view), ("macros", macro)):
        assert (
            api.put(f"{many}/update_many", {many: [{"id": pk, "active": False}]}).data[many][0]["active"]
            is False
        )
    assert "priority" in {one["value"] for one in api.get("macros/actions").data["actions"]}


def test_fields_and_forms_are_put_in_order(api):
    for one, many in (("user_field", "user_fields"), ("organization_field", "organization_fields")):
        ids = [api.post(many, {one: {"key": key, "title": key}}).data[one]["id"] for key in ("a", "b")]
        shown = api.put(f"{many}/reorder", {f"{one}_ids": ids[::-1]}).data[many]
        assert [row["id"] for row in shown] == ids[::-1]
    forms = [row["id"] for row in api.get("ticket_forms").data["ticket_forms"]]
    forms.append(api.post("ticket_forms", {"ticket_form": {"name": "Refund"}}).data["ticket_form"]["id"])
    assert [
        row["id"]
        for row in api.put("ticket_forms/reorder", {"ticket_form_ids": forms[::-1]}).data["ticket_forms"]
    ] == forms[::-1]


def test_a_trigger_tells_what_it_was_before(api, triggers):
    path = f"triggers/{triggers[0]}"
    api.put(path, {"trigger": {"title": "Renamed"}})
    revisions = api.get(f"{path}/revisions").data["trigger_revisions"]
    assert [(row["id"], row["snapshot"]["title"]) for row in revisions] == [(2, "Renamed"), (1, "One")]
    assert api.get(f"{path}/revisions/1").data["trigger_revision"]["snapshot"]["actions"] == ACTIONS
    assert api.get(f"{path}/revisions/9").status_code == 404


def test_the_audit_log_says_who_changed_which_setting(api, api_of, cast, triggers, ticket):
    api.put(f"triggers/{triggers[0]}", {"trigger": {"title": "Renamed"}})
    entry = api.get("audit_logs").data["audit_logs"][0]
    assert (entry["action"], entry["source_type"], entry["source_id"]) == ("update", "rule", triggers[0])
    assert entry["actor_id"] == cast.owner.pk and "One → Renamed" in entry["change_description"]
    assert api.get(f"audit_logs/{entry['id']}").data["audit_log"] == entry
    created = Event.objects.get(kind="ticket.created").pk
    assert api.get(f"audit_logs/{created}").status_code == 404
    narrowed = api.get(f"audit_logs?filter[source_type]=rule&filter[actor_id]={cast.lead.pk}").data
    assert narrowed["audit_logs"] == []
    assert (
        len(
            api.get("audit_logs?filter[created_at]=2020-01-01&filter[created_at]=2020-02-01").data[
                "audit_logs"
            ]
        )
        == 0
    )
    assert api_of(cast.lead).get("audit_logs").status_code == 403


def test_activities_are_what_concerns_the_caller(api_of, cast, ticket):
    assign_ticket(ticket, by=cast.lead, assignee=cast.agent)
    run_overdue_deliveries()
    agent = api_of(cast.agent)
    found = agent.get("activities").data["activities"]
    assert [(row["verb"], row["actor_id"], row["target"]["ticket"]["id"]) for row in found] == [
        ("tickets.assignment", cast.lead.pk, ticket.pk)
    ]
    assert found[0]["actor"]["name"] == cast.lead.name
    assert agent.get(f"activities/{found[0]['id']}").data["activity"] == found[0]
    assert agent.get("activities/count").data["count"]["value"] == 1
    assert agent.get("activities?since=2999-01-01T00:00:00Z").data["activities"] == []
    assert api_of(cast.second).get("activities").data["activities"] == []


def test_deleted_people_are_listed_apart(api, api_of, cast):
    assert api.get("deleted_users").data["deleted_users"] == []
    api.delete(f"users/{cast.customer.pk}")
    listed = api.get("deleted_users").data["deleted_users"]
    assert [(row["id"], row["active"]) for row in listed] == [(cast.customer.pk, False)]
    assert api.get(f"deleted_users/{cast.customer.pk}").data["deleted_user"]["name"] == cast.customer.name
    assert api.get("deleted_users/count").data["count"]["value"] == 1
    assert api_of(cast.outsider).get("deleted_users").status_code == 403


def test_open_problems_are_found_by_a_part_of_their_subject(api, make_ticket):
    problem = make_ticket("Printer on fire", type=TicketType.PROBLEM)
    make_ticket("Printer smokes")
    for found in (
        api.post("problems/autocomplete?text=print"),
        api.post("problems/autocomplete", {"text": "fire"}),
    ):
        assert [row["id"] for row in found.data["tickets"]] == [problem.pk]
    assert api.post("problems/autocomplete", {"text": "ice"}).data["tickets"] == []
