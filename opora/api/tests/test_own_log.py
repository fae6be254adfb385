"""The log, its seals, circuits, notifications and merges of people under /api/v1; who may read what of them."""

from datetime import timedelta

import pytest

from opora.api.wire.routing import OPERATIONS
from opora.core import clock
from opora.events.delivering import run_overdue_deliveries
from opora.events.models import Event, Seal
from opora.events.sealing import seal_events
from opora.people.models import Person
from opora.tickets.actions.assign import assign_ticket
from opora.tickets.actions.solve import solve_ticket
from opora.webhooks.models import Health

V1 = "/api/v1/"


def test_what_happened_to_a_ticket_is_followed_with_a_cursor(api_of, cast, ticket):
    agent = api_of(cast.agent)
    path = f"{V1}events?subject=ticket:{ticket.pk}&page[size]=100"
    first = agent.get(path).data
    assert first["events"][0]["kind"] == "ticket.created" and first["meta"]["has_more"] is False
    solve_ticket(ticket, by=cast.agent)
    after = agent.get(f"{path}&page[after]={first['meta']['after_cursor']}").data["events"]
    assert "ticket.solved" in {one["kind"] for one in after}
    assert {one["id"] for one in after}.isdisjoint({one["id"] for one in first["events"]})
    solved = next(one for one in after if one["kind"] == "ticket.solved")
    assert (
        solved["actor"]["id"] == cast.agent.pk
        and solved["subject"] == f"ticket:{ticket.pk}"
        and solved["sentence"]
    )
    assert agent.get(solved["url"]).data["event"] == solved
    assert [one["id"] for one in agent.get(f"{path}&kind=ticket.solved").data["events"]] == [solved["id"]]


def test_the_log_shows_to_each_what_they_may_see(api, api_of, cast, ticket):
    agent, outsider = api_of(cast.agent), api_of(cast.outsider)
    assert api.get(f"{V1}events").data["count"] == Event.objects.count()
    assert agent.get(f"{V1}events").status_code == 403
    assert outsider.get(f"{V1}events?subject=ticket:{ticket.pk}").status_code == 404
    assert agent.get(f"{V1}events?subject=person:{cast.customer.pk}").data["events"]
    assert agent.get(f"{V1}events?subject=brand:1").status_code == 403
    created = Event.objects.get(kind="ticket.created")
    assert outsider.get(f"{V1}events/{created.pk}").status_code == 404
    for wrong in ("ticket", "ticket:", "ticket:x", "ticket:-1", f"ticket:{'9' * 30}"):
        assert api.get(f"{V1}events?subject={wrong}").status_code == 400


def test_seals_prove_that_the_log_is_whole(api, api_of, cast, ticket, later):
    later(600)
    seal_events()
    seal = api.get(f"{V1}seals").data["seals"][0]
    assert seal["events"] == Event.objects.filter(pk__lte=seal["last_event_id"]).count()
    assert api.get(f"{V1}seals/verification").data["verification"] == {
        "whole": True,
        "first_broken_seal_id": None,
    }
    Seal.objects.update(digest="0" * 64)
    assert api.get(f"{V1}seals/verification").data["verification"]["first_broken_seal_id"] == seal["id"]
    assert api_of(cast.lead).get(f"{V1}seals").status_code == 403


def test_a_broken_circuit_is_shown_and_closed(api, api_of, cast):
    hook = {"name": "ERP", "endpoint": "https://erp.example.com/in", "http_method": "POST", "request_format": "json", "status": "active"}  # fmt: skip
    made = api.post("webhooks", {"webhook": hook}).data["webhook"]
    path = f"{V1}webhooks/{made['id']}/circuit"
    assert api.get(path).data["circuit"]["state"] == "closed"
    now = clock.now()
    Health.objects.update(broken_since=now, paused_until=now + timedelta(minutes=5), pauses=2)
    shown = api.get(path).data["circuit"]
    assert (shown["state"], shown["failed_trials"], shown["webhook_name"]) == ("open", 2, "ERP")
    assert [one["webhook_id"] for one in api.get(f"{V1}webhook_circuits").data["circuits"]] == [made["id"]]
    assert api.put(path, {"circuit": {"state": "open"}}).status_code == 422
    assert api.put(path, {"circuit": {"state": "closed"}}).data["circuit"]["state"] == "closed"
    assert Event.objects.filter(kind="webhook.resumed").count() == 1
    assert (
        api_of(cast.agent).get(path).status_code == 403
        and api.get(f"{V1}webhooks/none/circuit").status_code == 404
    )


@pytest.fixture
def told(cast, ticket):
    assign_ticket(ticket, by=cast.lead, assignee=cast.agent)
    run_overdue_deliveries()


def test_notifications_are_ones_own_and_are_marked_read(api, api_of, cast, ticket, told):
    agent = api_of(cast.agent)
    one = agent.get(f"{V1}notifications?unread=true&include=tickets").data
    assert [row["kind"] for row in one["notifications"]] == ["assigned"] and one["tickets"][0][
        "id"
    ] == ticket.pk
    row = one["notifications"][0]
    assert row["sentence"] == f"Assigned to you by {cast.lead.name}" and row["is_read"] is False
    assert agent.get(f"{V1}notifications/count").data["count"]["value"] == 1
    assert api.get(f"{V1}notifications/{row['id']}").status_code == 404
    assert api.put(f"{V1}notifications/{row['id']}/reading").status_code == 404
    assert agent.put(f"{V1}notifications/{row['id']}/reading").data["notification"]["is_read"] is True
    assert agent.get(f"{V1}notifications?unread=true").data["notifications"] == []
    assert agent.put(f"{V1}notifications/reading", {"reading": {"ticket_id": ticket.pk}}).status_code == 204


def test_everybody_chooses_what_they_are_told_of(api_of, cast):
    agent = api_of(cast.agent)
    path, choice = f"{V1}notification_preferences", {"kind": "replied", "by_mail": True}
    assert "webhook" not in {one["kind"] for one in agent.get(path).data["notification_preferences"]}
    shown = agent.put(path, {"notification_preferences": [choice]}).data["notification_preferences"]
    assert next(one for one in shown if one["kind"] == "replied")["by_mail"] is True
    for wrong in ([{"kind": "love"}], ["x"], [{"kind": ["replied"]}]):
        assert agent.put(path, {"notification_preferences": wrong}).status_code == 422
    assert Event.objects.filter(kind="person.notifications_chosen").count() == 1


def test_people_are_merged_and_made_two_again(api, api_of, cast, ticket):
    body = {"user_merge": {"source_id": cast.customer.pk, "into_id": cast.banker.pk}}
    assert api_of(cast.agent).post(f"{V1}user_merges", body).status_code == 403
    merge = api.post(f"{V1}user_merges", body).data["user_merge"]
    assert merge["tickets_moved"] == 1 and merge["can_be_undone"] is True
    ticket.refresh_from_db()
    assert ticket.requester == cast.banker
    assert api.post(f"{V1}user_merges", body).status_code == 422
    assert api.delete(f"{V1}user_merges/{merge['id']}").status_code == 204
    ticket.refresh_from_db()
    assert ticket.requester == cast.customer
    assert api.get(f"{V1}user_merges/{merge['id']}").data["user_merge"]["can_be_undone"] is False


def test_customers_and_strangers_get_nothing_of_ours(api_of, cast):
    stranger, left = api_of(None), api_of(cast.outsider)
    Person.objects.filter(pk=cast.outsider.pk).update(role=None)
    for made in (made for made in OPERATIONS if made.version == "v1"):
        path = V1 + "/".join("1" if part.startswith("{") else part for part in made.path.split("/"))
        body = None if made.method == "GET" else {}
        assert stranger.call(made.method.lower(), path, body).status_code == 401, made.path
        assert left.call(made.method.lower(), path, body).status_code == 403, made.path
