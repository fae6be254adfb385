"""Queues, skills, presence, capacity, assignments and escalations under /api/v1."""

import pytest

from opora.events.actor import SYSTEM
from opora.events.models import Event
from opora.people.actions.save_group import save_group
from opora.routing.actions.admit_ticket import admit_ticket
from opora.routing.actions.distribute import distribute
from opora.routing.models import Escalation, Queue
from opora.tickets.models import Ticket

V1 = "/api/v1/"
EVERYTHING = {"all": [{"field": "status", "operator": "less_than", "value": "solved"}], "any": []}


@pytest.fixture
def queue(api):
    body = {"name": "All", "conditions": EVERYTHING, "strategy": "round_robin"}
    response = api.post(f"{V1}queues", {"queue": body})
    assert response.status_code == 201, response.content
    return response.data["queue"]


def test_a_queue_reads_back_changes_and_goes(api, cast, queue):
    assert (
        queue["conditions"] == EVERYTHING
        and queue["strategy"] == "round_robin"
        and queue["waiting_count"] == 0
    )
    given = {"group_id": cast.group.pk, "relax_minutes": 30, "active": False}
    changed = api.put(f"{V1}queues/{queue['id']}", {"queue": given}).data["queue"]
    assert changed == {**queue, **given}
    listed = api.get(f"{V1}queues?include=groups").data
    assert [one["name"] for one in listed["groups"]] == [cast.group.name]
    assert api.delete(f"{V1}queues/{queue['id']}").status_code == 204
    assert api.get(f"{V1}queues").data["queues"] == []


@pytest.mark.parametrize(
    "given", [{"conditions": {"all": [{"field": "colour", "operator": "is", "value": "red"}]}}, {"name": " "},
              {"relax_minutes": 99_999}, {"strategy": "dice"}, {"group_id": 404}],
)  # fmt: skip
def test_a_queue_that_makes_no_sense_is_refused(api, queue, given):
    assert api.put(f"{V1}queues/{queue['id']}", {"queue": given}).status_code == 422
    assert Queue.objects.get().name == "All"


def test_queues_are_for_those_who_may_change_them_and_waiting_work_for_those_who_see_it(api_of, cast, queue):
    assert api_of(cast.agent).get(f"{V1}queues").status_code == 403
    assert api_of(cast.agent).get(f"{V1}waiting_tickets").data["waiting_tickets"] == []


def test_waiting_work_is_given_to_who_is_online_and_the_account_says_why(api, cast, queue, make_ticket):
    ticket = make_ticket()
    admit_ticket(ticket)
    waiting = api.get(f"{V1}waiting_tickets?include=tickets").data
    assert (
        [one["ticket_id"] for one in waiting["waiting_tickets"]]
        == [ticket.pk]
        == [one["id"] for one in waiting["tickets"]]
    )
    standing = api.get(f"{V1}tickets/{ticket.pk}/routing").data["routing"]
    assert standing["waiting"] is True and standing["account"]["reason"] == "Nobody can have it now."
    path = f"{V1}users/{cast.agent.pk}/presence"
    assert api.put(path, {"presence": {"state": "online"}}).data["presence"]["state"] == "online"
    distribute()
    ticket.refresh_from_db()
    assert ticket.assignee == cast.agent
    made = api.get(f"{V1}tickets/{ticket.pk}/assignments").data["assignments"]
    assert [one["assignee"] for one in made] == [cast.agent.name]
    assert {one["why"] for one in made[0]["left_out"]} == {"offline"}
    assert api.get(f"{V1}tickets/{ticket.pk}/assignments/{made[0]['id']}").data["assignment"] == made[0]
    assert api.post(f"{V1}tickets/{ticket.pk}/return").data["return"] == {
        "ticket_id": ticket.pk,
        "assignee_id": None,
    }


def test_presence_is_set_for_others_by_leads_alone(api_of, cast):
    path = f"{V1}users/{cast.agent.pk}/presence"
    away = {"presence": {"state": "away", "reason": "Lunch", "closed_ways": ["voice", "pigeon"]}}
    shown = api_of(cast.lead).put(path, away).data["presence"]
    assert (shown["state"], shown["reason"], shown["closed_ways"]) == ("away", "Lunch", ["voice"])
    assert api_of(cast.second).put(path, away).status_code == 403
    assert api_of(cast.agent).put(path, {"presence": {"state": "asleep"}}).status_code == 422
    assert api_of(cast.agent).get(f"{V1}users/{cast.customer.pk}/presence").status_code == 404
    listed = api_of(cast.second).get(f"{V1}presences?page[size]=2").data
    assert len(listed["presences"]) == 2 and listed["meta"]["has_more"] is True


def test_capacity_is_a_persons_own_or_the_desks(api, cast):
    path = f"{V1}users/{cast.agent.pk}/capacity"
    before = api.get(path).data["capacity"]
    assert before["own"] is False and before["mail"] == 10
    assert api.put(path, {"capacity": {"mail": 4}}).data["capacity"] == {**before, "own": True, "mail": 4}
    assert api.put(path, {"capacity": {"mail": None}}).data["capacity"] == before
    assert api.put(path, {"capacity": {"mail": -1}}).status_code == 422


def test_skills_are_made_and_given_to_people(api, api_of, cast):
    made = api.post(f"{V1}skills", {"skill": {"name": "Refunds", "kind": "product"}}).data["skill"]
    path = f"{V1}users/{cast.agent.pk}/skills"
    levels = {"skills": [{"skill_id": made["id"], "level": 3}]}
    assert api.put(path, levels).data == levels == api_of(cast.second).get(path).data
    assert api.get(f"{V1}skills/{made['id']}").data["skill"]["people_count"] == 1
    for wrong in ([{"skill_id": 404, "level": 1}], [{"skill_id": made["id"], "level": 9}], [{}]):
        assert api.put(path, {"skills": wrong}).status_code == 422
    assert api_of(cast.agent).put(path, levels).status_code == 403
    assert api.delete(f"{V1}skills/{made['id']}").status_code == 204 and api.get(path).data == {"skills": []}
    assert Event.objects.filter(kind="person_skills.saved").count() == 1


@pytest.fixture
def line(api, cast):
    developers = save_group(name="Developers", by=SYSTEM, members=[cast.second])
    checklist = [{"title": "Version", "required": True}, {"title": "Log", "kind": "file", "required": False}]
    response = api.put(f"{V1}groups/{developers.pk}/line", {"line": {"tier": 3, "checklist": checklist}})
    assert response.status_code == 200, response.content
    return response.data["line"]


def test_a_line_says_what_it_wants_to_know(api, line):
    assert [(one["title"], one["kind"], one["required"]) for one in line["checklist"]] == [
        ("Version", "text", True), ("Log", "file", False),
    ]  # fmt: skip
    kept = line["checklist"][:1]
    path = f"{V1}groups/{line['group_id']}/line"
    assert api.put(path, {"line": {"checklist": kept}}).data["line"] == {**line, "checklist": kept}
    assert api.put(path, {"line": {"checklist": [{"title": ""}]}}).status_code == 422
    assert api.delete(path).status_code == 204 and api.get(f"{V1}lines").data["lines"] == []


def test_an_escalation_goes_its_whole_way(api, api_of, cast, ticket, line):
    agent, developer = api_of(cast.agent), api_of(cast.second)
    item = line["checklist"][0]["id"]
    body = {
        "line_id": line["id"],
        "reason": "The export stops",
        "answers": [{"item_id": item, "text": "4.2"}],
    }
    response = agent.post(f"{V1}tickets/{ticket.pk}/escalations", {"escalation": body})
    assert response.status_code == 201, response.content
    made = response.data["escalation"]
    assert (made["state"], made["to_group_id"], made["answers"][0]["text"]) == (
        "open",
        line["group_id"],
        "4.2",
    )
    path = f"{V1}escalations/{made['id']}"
    assert agent.post(f"{path}/acceptance").status_code == 403
    assert developer.post(f"{path}/acceptance").data["escalation"]["accepted_by_id"] == cast.second.pk
    assert (
        developer.post(f"{path}/rejection", {"rejection": {"refusal": "not_ours", "words": "no"}}).status_code
        == 422
    )
    answered = developer.post(f"{path}/answer", {"answer": {"body": "Mended in 4.3"}}).data["escalation"]
    assert (answered["state"], answered["answer"]) == ("handed_back", "Mended in 4.3")
    assert [one["id"] for one in api.get(f"{V1}escalations?state=handed_back").data["escalations"]] == [
        made["id"]
    ]
    assert api.get(f"{V1}escalations?state=open").data["escalations"] == []
    assert api.get(f"{V1}escalations/measures").data["measures"]["accepted"] == 1
    assert api.get(f"{V1}tickets/{ticket.pk}/escalations").data["count"] == 1


def test_an_escalation_without_what_the_group_needs_is_refused(api, api_of, cast, ticket, line):
    path, body = f"{V1}tickets/{ticket.pk}/escalations", {"line_id": line["id"], "reason": "Help"}
    refused = api.post(path, {"escalation": body})
    assert refused.status_code == 422 and "Version" in str(refused.data["details"])
    for wrong in ([{"text": "4.2"}], [{"item_id": "x"}], [{"item_id": 1, "attachment_id": 404}]):
        assert api.post(path, {"escalation": {**body, "answers": wrong}}).status_code == 422
    assert api_of(cast.outsider).post(path, {"escalation": body}).status_code == 404
    assert not Escalation.objects.exists() and Ticket.objects.get().group == cast.group
