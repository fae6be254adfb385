"""Clocks, attainment, what-ifs, calendars, rules and why they fired, under /api/v1."""

import pytest

from opora.automation.actions.try_rule import look_back
from opora.automation.models import Rule
from opora.events.models import Event
from opora.sla.actions.ask_what_if import answer_what_if
from opora.sla.models import WhatIf
from opora.tickets.actions.comment import NewComment, add_comment

V1 = "/api/v1/"
METRICS = [{"priority": "normal", "metric": "first_reply_time", "target": 60, "business_hours": False}]
EVERY = {"all": [{"field": "status", "operator": "less_than", "value": "solved"}], "any": []}


@pytest.fixture
def policy(api):
    response = api.post(
        "slas/policies", {"sla_policy": {"title": "Gold", "filter": EVERY, "policy_metrics": METRICS}}
    )
    assert response.status_code == 201, response.content
    return response.data["sla_policy"]


def test_a_clock_tells_why_it_runs_and_every_stretch_of_its_time(
    api, api_of, cast, policy, make_ticket, later
):
    ticket = make_ticket()
    later(1200)
    clocks = api.get(f"{V1}tickets/{ticket.pk}/clocks").data["clocks"]
    assert [(one["metric"], one["state"], one["elapsed"]) for one in clocks] == [
        ("first_reply", "running", pytest.approx(1200, abs=30))
    ]
    assert clocks[0]["target"] == 3600.0 and clocks[0]["policy"]["name"] == "Gold"
    assert [row["holds"] for row in clocks[0]["selection"]] == [True] and clocks[0]["segments"]
    assert api_of(cast.outsider).get(f"{V1}tickets/{ticket.pk}/clocks").status_code == 404


def test_a_reply_that_nobody_waits_for_is_waived_with_a_reason(api, policy, make_ticket):
    path = f"{V1}tickets/{make_ticket().pk}/reply_waivers"
    assert api.post(path, {"reply_waiver": {"reason": " "}}).status_code == 422
    assert api.post(path, {"reply_waiver": {"reason": "They thank us"}}).status_code == 201
    assert api.post(path, {"reply_waiver": {"reason": "again"}}).status_code == 422
    assert Event.objects.filter(kind="ticket.reply_not_needed").count() == 1


def test_attainment_counts_promises_and_opens_to_the_tickets(api, api_of, cast, policy, make_ticket, later):
    kept, late = make_ticket(), make_ticket()
    later(300)
    add_comment(kept, NewComment(html="Hello", author=cast.agent), by=cast.agent)
    later(7200)
    add_comment(late, NewComment(html="Sorry", author=cast.agent), by=cast.agent)
    later(60)
    shown = api.get(f"{V1}attainment?days=7").data["attainment"]
    assert (shown["clocks"]["met"], shown["clocks"]["total"], shown["clocks"]["percent"]) == (1, 2, 50.0)
    assert shown["by"]["metric"][0]["value"] == "first_reply"
    for outcome, ticket in (("met", kept), ("broken", late)):
        behind = api.get(f"{V1}attainment/tickets?outcome={outcome}&metric=first_reply").data["tickets"]
        assert [one["id"] for one in behind] == [ticket.pk] and "/api/v2/tickets/" in behind[0]["url"]
    assert api_of(cast.agent).get(f"{V1}attainment").status_code == 403
    for wrong in ("days=0", "days=9999", "agreement=love"):
        assert api.get(f"{V1}attainment?{wrong}").status_code == 400


def test_a_draft_is_held_against_the_past(api, api_of, cast, policy, make_ticket, later):
    ticket = make_ticket()
    later(3000)
    add_comment(ticket, NewComment(html="Hello", author=cast.agent), by=cast.agent)
    later(60)
    tighter = [{**METRICS[0], "target": 30}]
    body = {
        "days": 7,
        "name": "Tighter",
        "policy_id": policy["id"],
        "filter": EVERY,
        "policy_metrics": tighter,
    }
    response = api.post(f"{V1}what_ifs", {"what_if": body})
    assert response.status_code == 201, response.content
    asked = response.data["what_if"]
    assert asked["state"] == "running" and asked["policy_id"] == policy["id"]
    answer_what_if.func(asked["id"])
    found = api.get(f"{V1}what_ifs/{asked['id']}").data["what_if"]
    assert found["state"] == "done" and found["changes"] == 1
    assert [(one["ticket_id"], one["before"], one["after"]) for one in found["changed"]] == [
        (ticket.pk, "met", "breached")
    ]
    assert api_of(cast.agent).get(f"{V1}what_ifs").status_code == 403


@pytest.mark.parametrize(
    "given", [{"days": 8}, {"days": 7}, {"days": 7, "calendar_id": 404, "instead_of_id": 1},
              {"days": 7, "policy_id": 404, "policy_metrics": METRICS}, {"days": 7, "policy_metrics": [{"metric": "love"}]}],
)  # fmt: skip
def test_a_question_that_makes_no_sense_is_refused(api, given):
    assert api.post(f"{V1}what_ifs", {"what_if": given}).status_code == 422
    assert not WhatIf.objects.exists()


def test_a_calendar_keeps_what_it_said_before(api):
    schedule = api.post(
        "business_hours/schedules", {"schedule": {"name": "Kyiv", "time_zone": "Europe/Kyiv"}}
    ).data["schedule"]
    path = f"{V1}calendars/{schedule['id']}"
    calendar = api.get(path).data["calendar"]
    assert (
        calendar["time_zone"] == "Europe/Kyiv"
        and calendar["week"][0] == [[540, 1020]]
        and calendar["week"][6] == []
    )
    api.put(f"business_hours/schedules/{schedule['id']}", {"schedule": {"time_zone": "Europe/Warsaw"}})
    versions = api.get(f"{path}/versions").data["versions"]
    assert [one["time_zone"] for one in versions] == ["Europe/Kyiv", "Europe/Warsaw"]
    assert api.get(path).data["calendar"]["version"] == 2
    assert api.get(f"{path}/opening?at=2026-11-22T12:00:00Z").data["opening"]["open"] is False  # a Sunday
    assert api.get(f"{path}/opening?at=2026-11-23T12:00:00Z").data["opening"]["open"] is True
    assert api.get(f"{path}/opening?at=noon").status_code == 400
    assert api.get(f"{path}/uses").data["uses"] == []


@pytest.fixture
def rule(api):
    body = {"title": "Urgent", "conditions": {"all": [{"field": "priority", "operator": "is", "value": "urgent"}, {"field": "update_type", "operator": "is", "value": "Create"}]},
            "actions": [{"field": "current_tags", "value": "fire"}]}  # fmt: skip
    response = api.post("triggers", {"trigger": body})
    assert response.status_code == 201, response.content
    return response.data["trigger"]


def test_a_firing_says_which_conditions_held_and_what_was_seen(api, api_of, cast, rule, make_ticket):
    ticket = make_ticket(priority=4)
    fired = api.get(f"{V1}tickets/{ticket.pk}/firings").data["firings"]
    assert [(one["rule_id"], one["rule_version"]) for one in fired] == [(rule["id"], 1)]
    assert [one["holds"] for one in fired[0]["all"]] == [True, True] and len(fired[0]["actions"]) == 1
    assert api.get(f"{V1}rules/{rule['id']}/firings").data["firings"] == fired
    assert api.get(f"{V1}firings/{fired[0]['id']}").data["firing"] == fired[0]
    assert api_of(cast.agent).get(f"{V1}rules/{rule['id']}/firings").status_code == 403
    assert api_of(cast.outsider).get(f"{V1}firings/{fired[0]['id']}").status_code == 404


def test_a_verdict_says_what_stands_in_the_way(api, rule, make_ticket):
    ticket = make_ticket(priority=2)
    verdict = api.get(f"{V1}rules/{rule['id']}/verdict?ticket_id={ticket.pk}").data["verdict"]
    assert verdict["holds"] is False and [one["holds"] for one in verdict["all"]].count(False) >= 1
    assert api.get(f"{V1}rules/{rule['id']}/verdict").status_code == 400


def test_a_rule_is_tried_on_the_past(api, rule, make_ticket):
    Rule.objects.update(is_active=False)
    ticket = make_ticket(priority=4)
    path = f"{V1}rules/{rule['id']}/trials"
    assert api.post(path, {"trial": {"days": 3}}).status_code == 422
    trial = api.post(path, {"trial": {"days": 7}}).data["trial"]
    assert trial["state"] == "running"
    look_back.func(trial_id=trial["id"])
    done = api.get(f"{V1}trials/{trial['id']}").data["trial"]
    assert (done["state"], done["fired"]) == ("done", 1) and done["found"][0]["ticket"] == ticket.pk
